import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { SaxesParser } from 'saxes';
import { decodeBytes } from '../../server/src/core/text/encoding.ts';
import { parseXml, type XmlDocument, type XmlElement, XmlNodeKind } from '../../server/src/core/xml/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** An element in one line: name, attributes, text, and how it is closed. */
function outline(document: XmlDocument): string[] {
  return [...document.elements()].map((element) => {
    const attributes = element.attributes.map(({ name, value }) => `${name}=${value}`).join(',');
    return `${path(element)}[${attributes}]${JSON.stringify(element.content.value.trim())}${element.isClosed ? '' : '!'}`;
  });
}

function path(element: XmlElement): string {
  return element.parent ? `${path(element.parent)}/${element.name}` : element.name;
}

/** Half-typed and odd texts with the tree that they must give. `!` marks an element that nobody closed. */
const texts: readonly { name: string; text: string; tree: string[]; problems: string[] }[] = [
  { name: 'an empty text', text: '', tree: [], problems: [] },
  { name: 'text only', text: 'no markup', tree: [], problems: [] },
  { name: 'a byte order mark', text: '\ufeff<a/>', tree: ['a[]""'], problems: [] },
  { name: 'both kinds of quotes', text: `<a x="1>'" y='2"'/>`, tree: [`a[x=1>',y=2"]""`], problems: [] },
  {
    name: 'entities',
    text: '<a x="&lt;&#65;&#x42;">&amp;&unknown;&#46;</a>',
    tree: ['a[x=<AB]"&&unknown;."'],
    problems: [],
  },
  { name: 'a duplicate attribute', text: '<a x="1" x="2"/>', tree: ['a[x=1,x=2]""'], problems: [] },
  { name: 'CDATA between text', text: '<a>x<![CDATA[<b>&amp;]]>y</a>', tree: ['a[]"x<b>&amp;y"'], problems: [] },
  { name: 'a comment inside a value', text: '<a>v4<!-- <b> -->.5</a>', tree: ['a[]"v4.5"'], problems: [] },
  {
    name: 'a document type with a subset',
    text: '<!DOCTYPE a [ <!ENTITY x "]>"> <!-- > --> ]><a/>',
    tree: ['a[]""'],
    problems: [],
  },
  {
    name: 'a tag that is being typed',
    text: '<a>\n  <b>1</b>\n  <\n  <c>2</c>\n</a>',
    tree: ['a[]""', 'a/b[]"1"', 'a/c[]"2"'],
    problems: ['stray-less-than'],
  },
  {
    name: 'a name that is being typed',
    text: '<a>\n  <bb\n  <c>2</c>\n</a>',
    tree: ['a[]""', 'a/bb[]""!', 'a/c[]"2"'],
    problems: ['tag-not-ended', 'element-not-closed'],
  },
  {
    name: 'an attribute that is being typed',
    text: '<a>\n  <b x\n  <c>2</c>\n</a>',
    tree: ['a[]""', 'a/b[x=]""!', 'a/c[]"2"'],
    problems: ['attribute-without-value', 'tag-not-ended', 'element-not-closed'],
  },
  {
    name: 'an open quote',
    text: '<a>\n  <b x="1\n  <c y="2">3</c>\n</a>',
    tree: ['a[]""', 'a/b[x=1]""!', 'a/c[y=2]"3"'],
    problems: ['open-quote', 'tag-not-ended', 'element-not-closed'],
  },
  {
    name: 'an open quote before the end of its tag',
    text: '<a>\n  <b x="1 />\n  <c>3</c>\n</a>',
    tree: ['a[]""', 'a/b[x=1]""', 'a/c[]"3"'],
    problems: ['open-quote'],
  },
  {
    name: 'a missing closing tag',
    text: '<a>\n  <g>\n    <b>1</b>\n  <h>\n    <c>2</c>\n  </h>\n</a>',
    tree: ['a[]""', 'a/g[]""!', 'a/g/b[]"1"', 'a/h[]""', 'a/h/c[]"2"'],
    problems: ['element-not-closed'],
  },
  {
    name: 'a closing tag too many',
    text: '<a><b/></c></a>',
    tree: ['a[]""', 'a/b[]""'],
    problems: ['unmatched-close-tag'],
  },
  {
    name: 'a value without quotes',
    text: '<a x=1 y/>',
    tree: ['a[x=1,y=]""'],
    problems: ['attribute-without-quotes', 'attribute-without-value'],
  },
  { name: 'a comment without an end', text: '<a/><!-- <b/>', tree: ['a[]""'], problems: ['comment-not-ended'] },
  { name: 'a template with placeholders', text: '$if$ (x)<a>$v$</a>$endif$', tree: ['a[]"$v$"'], problems: [] },
];

for (const { name, text, tree, problems } of texts) {
  test(`the reader keeps the tree of ${name}`, () => {
    const document = parseXml(text);
    assert.deepEqual(outline(document), tree);
    assert.deepEqual(
      document.problems.map(({ kind }) => kind),
      problems,
    );
  });
}

test('every range is the text that it names', () => {
  const text = '\ufeff<P a="1">\r\n  <V b=\'x&amp;y\'>v4&#46;5<!-- c -->.2</V>\r\n</P>';
  const [project, value] = [...parseXml(text).elements()] as [XmlElement, XmlElement];
  const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  assert.equal(slice(project.openTagRange), '<P a="1">');
  assert.equal(slice(project.closeTagRange ?? { start: 0, end: 0 }), '</P>');
  assert.equal(slice(value.nameRange), 'V');
  assert.equal(slice(value.innerRange), 'v4&#46;5<!-- c -->.2');
  const attribute = value.attribute('b');
  assert.equal(attribute?.value, 'x&y');
  assert.equal(slice(attribute?.valueRange ?? { start: 0, end: 0 }), 'x&amp;y');
  assert.equal(value.content.value, 'v4.5.2');
  assert.deepEqual(value.content.sourceRuns(0, 6).map(slice), ['v4&#46;5', '.2']);
  assert.equal(slice(value.content.sourceRange(2, 3)), '&#46;');
  assert.deepEqual(
    value.nodes.map(({ kind }) => kind),
    [XmlNodeKind.text, XmlNodeKind.comment, XmlNodeKind.text],
  );
});

test('the element under an offset is the innermost one', () => {
  const text = '<a><b>1</b> <c/></a>';
  const document = parseXml(text);
  assert.deepEqual(
    [0, 4, 6, 12, 14].map((offset) => document.elementAt(offset)?.name),
    ['a', 'b', 'b', 'c', 'c'],
  );
});

const projectFiles = globSync('{scenarios,rules}/**/*.{csproj,vbproj,fsproj,vcxproj,props,targets,config,slnx}', {
  cwd: root,
});

test(`names, attributes and places agree with other parsers on ${projectFiles.length} files`, () => {
  assert.ok(projectFiles.length > 200);
  let compared = 0;
  for (const file of projectFiles) {
    const decoded = decodeBytes(readFileSync(`${root}/${file}`));
    if ('notText' in decoded || !isWellFormed(decoded.text)) {
      continue;
    }
    compared++;
    assert.deepEqual(ownFacts(decoded.text), otherFacts(decoded.text), file);
  }
  assert.ok(compared > 200, `${compared} files are well formed`);
});

test('a text cut at every position keeps what stands before the cut', () => {
  const text = readFileSync(`${root}/scenarios/contoso/src/Contoso.Sync.Console/Contoso.Sync.Console.csproj`, 'utf8');
  const whole = outline(parseXml(text));
  for (let cut = 0; cut < text.length; cut++) {
    const elements = [...parseXml(text.slice(0, cut)).elements()];
    const closed = elements.filter((element) => element.isClosed && element.children.length === 0);
    for (const element of closed) {
      assert.ok(element.range.end <= cut);
    }
    const names = closed.map(
      (element) =>
        `${path(element)}[${element.attributes.map(({ name, value }) => `${name}=${value}`).join(',')}]${JSON.stringify(element.content.value.trim())}`,
    );
    assert.ok(
      names.every((name) => whole.includes(name)),
      `cut at ${cut}`,
    );
  }
});

test('whatever the text, ranges lie inside it, parents enclose children, and nothing throws', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '</',
    '/>',
    '<a',
    '<b ',
    'x=',
    '"',
    "'",
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '&amp;',
    '&#',
    'a',
    ' ',
    '\n',
    '</a>',
    '<a>',
    '<!D',
    '[',
    ']',
    '=',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      for (const element of parseXml(text).elements()) {
        assert.ok(
          element.range.start >= 0 && element.range.end <= text.length && element.range.start < element.range.end,
        );
        assert.ok(element.innerRange.start <= element.innerRange.end);
        assert.ok(element.openTagRange.end <= element.range.end);
        const parent = element.parent;
        assert.ok(!parent || (parent.range.start < element.range.start && parent.range.end >= element.range.start));
        assert.equal(typeof element.content.value, 'string');
        for (const { nameRange, valueRange } of element.attributes) {
          assert.ok(
            nameRange.end <= element.openTagRange.end && (!valueRange || valueRange.end <= element.openTagRange.end),
          );
        }
      }
    }),
    { numRuns: 3000, seed: 7 },
  );
});

/** Each hostile text in two sizes: the larger one must not need much more than its share of the steps. */
const hostile: readonly { name: string; make: (count: number) => string }[] = [
  { name: 'nested elements', make: (n) => '<a>'.repeat(n) },
  { name: 'nested elements on lines', make: (n) => '<a>\n'.repeat(n) },
  { name: 'half tags', make: (n) => '<a <a'.repeat(n) },
  { name: 'open quotes', make: (n) => '<a x="'.repeat(n) },
  { name: 'stray closing tags in depth', make: (n) => '<a>'.repeat(n / 2) + '</b>'.repeat(n / 2) },
  { name: 'comments without end', make: (n) => '<!--'.repeat(n) },
  { name: 'attributes', make: (n) => `<a ${'x="1" '.repeat(n)}/>` },
];

for (const { name, make } of hostile) {
  test(`100,000 ${name} are read without a stack overflow`, () => {
    const document = parseXml(make(100_000));
    let last: XmlElement | undefined;
    for (const element of document.elements()) {
      last = element;
    }
    assert.ok(document.problems.length <= 100);
    assert.ok(last === undefined || last.content.value.length >= 0);
  });
}

function isWellFormed(text: string): boolean {
  let hasFailed = false;
  const parser = new SaxesParser();
  parser.on('error', () => {
    hasFailed = true;
  });
  parser.write(text).close();
  return !hasFailed;
}

function ownFacts(text: string): string[] {
  return [...parseXml(text).elements()].flatMap((element) => [
    `${element.nameRange.start} ${element.name}`,
    ...element.attributes.map(({ name, value }) => `${name}=${normalizeSpace(value)}`),
  ]);
}

function otherFacts(text: string): string[] {
  const facts: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const start = text.indexOf('<', parser.startIndex) + 1;
        facts.push(
          `${start} ${name}`,
          ...Object.entries(attributes).map(([key, value]) => `${key}=${normalizeSpace(value)}`),
        );
      },
    },
    { xmlMode: true },
  );
  parser.write(text);
  parser.end();
  return facts;
}

function normalizeSpace(value: string): string {
  return value.replace(/\s+/g, ' ');
}

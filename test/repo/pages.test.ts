import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import {
  type Analyzer,
  applyEdits,
  createAnalyzer,
  defaultSettings,
  fileKind,
  fixAll,
  formatMessage,
  type Rule,
  resolvePath,
  rules,
} from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';
import { type Example, type ExampleBlock, readExamples } from '../harness/page-examples.ts';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

/** Headings below the generated head, in this order. */
const headings = [
  'What it finds',
  'Why it matters',
  'An example that reports',
  'An example that does not',
  'How to fix',
  'When to ignore it',
  'Sources',
];

for (const rule of rules) {
  const page = `docs/rules/${rule.id}.md`;
  const examples = existsSync(`${repositoryRoot}${page}`) ? readExamples(`${repositoryRoot}${page}`) : [];

  test(`${page} has all sections`, () => {
    const found = [...readRepositoryFile(page).matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    assert.deepEqual(found, headings);
  });

  test(`${page} shows an example that reports and one that does not`, () => {
    const kinds = new Set(examples.flatMap(({ blocks }) => blocks.map(({ kind }) => kind)));
    assert.ok(kinds.has('reports'), `${page} has no block "reports"`);
    assert.ok(kinds.has('accepts'), `${page} has no block "accepts"`);
  });

  test(`${page} names its sources`, () => {
    const sources = readRepositoryFile(page).split('\n## Sources\n')[1] ?? '';
    assert.match(sources, /\]\(https:\/\//);
  });

  for (const example of examples) {
    test(`${page}: example ${example.name}`, () => checkExample(page, rule, example));
  }
}

function checkExample(page: string, rule: Rule, { blocks }: Example): void {
  const analyzer = analyzerFor(rule, blocks);
  const { findings, failures } = analyzer.analyze();
  assert.deepEqual(failures, []);
  const own = findings.filter((finding) => finding.rule === rule.id);
  for (const block of blocks) {
    const here = own.filter(({ path }) => path === pathOf(block)).map(({ message }) => formatMessage(message));
    const place = `${page}:${block.line}`;
    if (block.kind === 'reports') {
      assert.notDeepEqual(here, [], `${place} reports ${rule.id}`);
    } else if (block.kind === 'accepts') {
      assert.deepEqual(here, [], `${place} accepts`);
    } else if (block.kind === 'fixed') {
      checkFix(place, rule, block, blocks, analyzer);
    }
  }
  if (blocks.every(({ kind }) => kind !== 'reports')) {
    assert.deepEqual(own, [], `the case at ${page}:${blocks[0]?.line} has no finding at all`);
  }
}

function checkFix(
  place: string,
  rule: Rule,
  expected: ExampleBlock,
  blocks: readonly ExampleBlock[],
  analyzer: Analyzer,
): void {
  const before = blocks.find(({ kind, file }) => kind !== 'fixed' && file === expected.file);
  assert.ok(before, `${place} has a block with the text before the fix`);
  const { changes } = fixAll(analyzer, { isWanted: (finding) => finding.rule === rule.id });
  const edits = changes.find(({ path }) => path === pathOf(expected))?.edits ?? [];
  assert.equal(applyEdits(before.text, edits), expected.text, place);
}

/** A rule that is off by default is on for its own page. */
function analyzerFor(rule: Rule, blocks: readonly ExampleBlock[]): Analyzer {
  const files = blocks.filter(({ kind }) => kind !== 'fixed');
  const host = new MemoryHost(Object.fromEntries(files.map((block) => [pathOf(block), block.text])));
  const settings = rule.isOffByDefault ? { ...defaultSettings, rules: { [rule.id]: rule.severity } } : defaultSettings;
  const analyzer = createAnalyzer({ host, settingsFor: () => settings, today: () => '2026-11-25' });
  analyzer.setFiles(files.map(pathOf).filter((path) => fileKind(path) !== undefined));
  return analyzer;
}

function pathOf(block: ExampleBlock): string {
  return resolvePath('/workspace/example', block.file);
}

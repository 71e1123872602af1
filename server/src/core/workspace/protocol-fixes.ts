import type { CodeLanguage } from '../code/index.ts';
import { compareVersions } from '../facts/dotnet-frameworks.ts';
import { protocolList } from '../facts/tls-versions.ts';
import type { Fix, Message, TextEdit, TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { ProtocolName } from '../model/protocol-use.ts';
import { removeStatement } from './code-edits.ts';
import type { CodeProcess } from './code-process.ts';
import type { JudgedUse } from './code-reports.ts';

/** What a fix is made from. */
export interface FixInput extends JudgedUse {
  readonly path: FilePath;
  readonly text: string;
  readonly language: CodeLanguage;
}

/** What the processes that run a line offer by default, as far as it decides how to write the line. */
type Ground = 'obsolete' | 'up-to-1.2' | 'system' | 'modern' | 'unknown' | 'several';

/** Takes obsolete protocols away: the list without them, the default where it is right, or an addition where it is not. */
export function obsoleteFixes(input: FixInput): Fix[] {
  const { use, judgement } = input;
  const ground = groundOf(input.processes);
  if (use.api === 'value' || use.api === 'call' || judgement.problem === 'possible') {
    return [];
  }
  if (use.api !== 'service-point-manager') {
    return obsoleteSslFix(input, ground);
  }
  const isDefaultRight = ground === 'system' || ground === 'up-to-1.2';
  if (judgement.problem === 'mixed') {
    return present(ground === 'system' ? toDefault(input, ground) : withoutProtocols(input, judgement.protocols));
  }
  if (judgement.problem === 'added') {
    return present(remove(input));
  }
  return present(isDefaultRight ? toDefault(input, ground) : ground === 'several' ? undefined : toAddition(input));
}

function obsoleteSslFix(input: FixInput, ground: Ground): Fix[] {
  if (ground === 'system' || ground === 'modern') {
    return present(replaceValue(input, 'None', 'system'));
  }
  if (input.judgement.problem === 'mixed') {
    return present(withoutProtocols(input, input.judgement.protocols));
  }
  return ground === 'several' ? [] : present(replaceValue(input, 'Tls12', 'tls12'));
}

/** Gives the choice back to the runtime or to Windows, or keeps what is allowed and adds to it. */
export function hardCodedFixes(input: FixInput): Fix[] {
  const { use } = input;
  const ground = groundOf(input.processes);
  if (use.api !== 'service-point-manager') {
    return ground === 'system' || ground === 'modern' ? present(replaceValue(input, 'None', 'system')) : [];
  }
  if (ground === 'system' || ground === 'up-to-1.2') {
    return present(toDefault(input, ground));
  }
  return use.effect === 'replaces' && (ground === 'obsolete' || ground === 'unknown') ? present(toAddition(input)) : [];
}

/** An addition in place of a toggle. */
export function toggleFixes(input: FixInput): Fix[] {
  const ground = groundOf(input.processes);
  return ground === 'system' ? present(remove(input)) : ground === 'several' ? [] : present(toAddition(input));
}

/** TLS 1.2 in place of TLS 1.3, or the list without it. */
export function notAvailableFixes(input: FixInput): Fix[] {
  const { use } = input;
  const others = use.protocols.known ? use.protocols.value.filter((name) => name !== 'TLS 1.3') : [];
  return present(others.length > 0 ? withoutProtocols(input, ['TLS 1.3']) : replaceValue(input, 'Tls12', 'tls12'));
}

/** The line goes where no process that runs it looks at it. */
export function withoutEffectFixes(input: FixInput): Fix[] {
  return input.processes.every(({ runtime }) => runtime === 'modern') ? present(remove(input)) : [];
}

function groundOf(processes: readonly CodeProcess[]): Ground {
  const grounds = new Set(
    processes.map(({ runtime, defaults }): Ground => (runtime === 'modern' ? 'modern' : (defaults ?? 'unknown'))),
  );
  // Where the modern runtime does not look at a line, the others decide.
  if (grounds.size === 2 && grounds.has('modern')) {
    grounds.delete('modern');
  }
  const [ground] = grounds;
  return grounds.size === 1 && ground ? ground : 'several';
}

function present(fix: Fix | undefined): Fix[] {
  return fix ? [fix] : [];
}

function makeFix({ path, judgement, processes, use }: FixInput, title: Message, edits: readonly TextEdit[]): Fix {
  const isCertain = processes.every(
    ({ project, runtime, isTest }) => project !== undefined && runtime !== 'unknown' && !isTest,
  );
  return {
    title,
    isPreferred: true,
    bulk: isCertain && judgement.severity !== 'information' && !use.where.isConditional ? 'safe' : 'confirm',
    changes: [{ path, edits }],
    claims: [{ path, range: use.range }],
  };
}

function remove(input: FixInput): Fix | undefined {
  const { text, language, use } = input;
  const target = targetOf(input);
  const isWhole = target !== undefined && target.start === use.range.start;
  const edits = isWhole ? removeStatement(text, language, use.range) : undefined;
  return (
    edits &&
    makeFix(
      input,
      { key: 'remove', template: 'Remove the line: the default of the process is right', values: {} },
      edits,
    )
  );
}

/** The line goes; where it cannot, it names the system's default. */
function toDefault(input: FixInput, ground: Ground): Fix | undefined {
  const removal = remove(input);
  if (removal || ground !== 'system') {
    return removal ?? toAddition(input);
  }
  const operator = operatorOf(input);
  const type = typeOf(input);
  return operator && type !== undefined
    ? makeFix(input, { key: 'system-default', template: 'Leave the choice to Windows (SystemDefault)', values: {} }, [
        { range: operator, newText: input.language === 'fsharp' ? '<-' : '=' },
        { range: input.use.valueRange, newText: `${type}SystemDefault` },
      ])
    : undefined;
}

/** `|= Tls12`: what is allowed stays. Compilers for targets before 4.5 do not know the name. */
function toAddition(input: FixInput): Fix | undefined {
  const { language, use, processes, text } = input;
  const target = targetOf(input);
  const operator = operatorOf(input);
  const type = typeOf(input);
  if (!target || !operator || type === undefined) {
    return undefined;
  }
  const isNamed = processes.every(({ version }) => version === undefined || compareVersions(version, '4.5') >= 0);
  const name = isNamed ? `${type}Tls12` : castOf(language, type === '' ? 'SecurityProtocolType.' : type);
  const left = text.slice(target.start, target.end);
  const edits: TextEdit[] =
    language === 'csharp'
      ? [
          { range: operator, newText: '|=' },
          { range: use.valueRange, newText: name },
        ]
      : [{ range: use.valueRange, newText: `${left} ${language === 'fsharp' ? '|||' : 'Or'} ${name}` }];
  return makeFix(input, { key: 'add', template: 'Add TLS 1.2 to what is allowed', values: {} }, edits);
}

function castOf(language: CodeLanguage, type: string): string {
  const name = type.slice(0, -1);
  switch (language) {
    case 'csharp':
      return `(${name})3072`;
    case 'visual-basic':
      return `CType(3072, ${name})`;
    default:
      return `enum<${name}> 3072`;
  }
}

/** The same list without some protocols. Only a list that stands where it is used is written anew. */
function withoutProtocols(input: FixInput, unwanted: readonly ProtocolName[]): Fix | undefined {
  const { use, language, text } = input;
  const inside = use.places.filter(
    ({ range }) => range.start >= use.valueRange.start && range.end <= use.valueRange.end,
  );
  const type = typeOf(input);
  if (inside.length < use.places.length || type === undefined) {
    return undefined;
  }
  const kept = use.places.filter(
    ({ protocol, range }) =>
      !unwanted.includes(protocol) &&
      !use.places.some((other) => other.range.start === range.start && unwanted.includes(other.protocol)),
  );
  const isList =
    kept.length > 0 &&
    kept.every(
      ({ range }) => /^[\w.:]+$/.test(text.slice(range.start, range.end)) && /[a-z]/i.test(text[range.start] ?? ''),
    );
  const isQuoted = text.slice(use.valueRange.start, use.valueRange.end).includes('"');
  const wanted = use.protocols.known ? use.protocols.value.filter((name) => !unwanted.includes(name)) : [];
  const names =
    isList && !isQuoted
      ? kept.map(({ range }) => text.slice(range.start, range.end))
      : wanted.map((name) => `${type}${memberOf(name)}`);
  const operator = { csharp: ' | ', 'visual-basic': ' Or ', fsharp: ' ||| ' }[language];
  const own = ownValue(input, names.join(operator));
  return (
    own &&
    makeFix(input, { key: 'drop', template: 'Leave out {protocols}', values: { protocols: protocolList(unwanted) } }, [
      own,
    ])
  );
}

/** Where the value repeats what is allowed (`x = x Or ...`), that part stays. */
function ownValue({ use, language, text }: FixInput, names: string): TextEdit | undefined {
  const written = text.slice(use.valueRange.start, use.valueRange.end);
  const repeated = use.effect === 'adds' ? /^[\w.:]*SecurityProtocol\s*(?:\|\|\||\||Or)\s*/i.exec(written)?.[0] : '';
  if (repeated === undefined) {
    return language === 'csharp' ? { range: use.valueRange, newText: names } : undefined;
  }
  return { range: { start: use.valueRange.start + repeated.length, end: use.valueRange.end }, newText: names };
}

function memberOf(name: ProtocolName): string {
  return {
    'SSL 2.0': 'Ssl2',
    'SSL 3.0': 'Ssl3',
    'TLS 1.0': 'Tls',
    'TLS 1.1': 'Tls11',
    'TLS 1.2': 'Tls12',
    'TLS 1.3': 'Tls13',
  }[name];
}

const titles: Readonly<Record<'system' | 'tls12', Message>> = {
  system: { key: 'system-default', template: 'Leave the choice to the system (None)', values: {} },
  tls12: { key: 'tls12', template: 'Use TLS 1.2', values: {} },
};

function replaceValue(input: FixInput, member: string, title: 'system' | 'tls12'): Fix | undefined {
  const type = typeOf(input);
  const isSpelledHere = input.use.places.every(
    ({ range }) => range.start >= input.use.valueRange.start && range.end <= input.use.valueRange.end,
  );
  return type === undefined || !isSpelledHere
    ? undefined
    : makeFix(input, titles[title], [{ range: input.use.valueRange, newText: `${type}${member}` }]);
}

/** `ServicePointManager.SecurityProtocol`, as the line writes it. */
function targetOf({ text, use }: FixInput): TextRange | undefined {
  const before = text.slice(use.range.start, use.valueRange.start);
  const match = /([\w.:]*SecurityProtocol)[ \t]*(?:=|[|&^+-]=|<-)\s*$/i.exec(before);
  return match
    ? { start: use.range.start + match.index, end: use.range.start + match.index + (match[1]?.length ?? 0) }
    : undefined;
}

function operatorOf({ text, use }: FixInput): TextRange | undefined {
  const before = text.slice(use.range.start, use.valueRange.start);
  const match = /(=|[|&^+-]=|<-)\s*$/.exec(before);
  const start = use.range.start + (match?.index ?? 0);
  return match ? { start, end: start + (match[1]?.length ?? 0) } : undefined;
}

/** The enumeration as the line spells it, with a dot; empty where its members are imported. */
function typeOf(input: FixInput): string | undefined {
  const { text, use } = input;
  for (const { range } of use.places) {
    const written = text.slice(range.start, range.end);
    if (/^[A-Za-z_][\w.:]*\.\w+$/.test(written)) {
      return written.slice(0, written.lastIndexOf('.') + 1);
    }
  }
  const value = text.slice(use.valueRange.start, use.valueRange.end);
  const named = /[\w.:]*\b(?:SecurityProtocolType|SslProtocols)\b/.exec(value)?.[0];
  if (named !== undefined) {
    return `${named}.`;
  }
  const isBare = use.places.some(({ range }) => /^(?:Ssl|Tls)/i.test(text.slice(range.start, range.end)));
  if (
    isBare &&
    use.places.every(({ range }) => range.start >= use.valueRange.start && range.end <= use.valueRange.end)
  ) {
    return '';
  }
  const target = targetOf(input);
  return target
    ? `${text.slice(target.start, target.end).replace(/ServicePointManager\.SecurityProtocol$/i, 'SecurityProtocolType')}.`
    : undefined;
}

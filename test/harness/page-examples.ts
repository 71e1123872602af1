import { readFileSync } from 'node:fs';

/**
 * What a block of a rule's page says of its file: `reports` (at least one finding of the rule stands in it), `accepts`
 * (none does), `with` (it belongs to the case, nothing more), `fixed` (its text after all fixes).
 */
export type ExampleKind = 'reports' | 'accepts' | 'with' | 'fixed';

/** One fenced block whose info string is `LANGUAGE KIND file=NAME [case=NAME]`. */
export interface ExampleBlock {
  readonly kind: ExampleKind;
  readonly file: string;
  readonly text: string;
  /** One-based, of the opening fence. */
  readonly line: number;
}

/** Blocks that share a case, or one block alone. */
export interface Example {
  readonly name: string;
  readonly blocks: readonly ExampleBlock[];
}

const infoString = /^```\S+ (reports|accepts|with|fixed) file=(\S+)(?: case=(\S+))?$/;

/** The examples of a page in their order. Throws for a fence that is meant as an example and is not written as one. */
export function readExamples(path: string): Example[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const cases = new Map<string, ExampleBlock[]>();
  for (let i = 0; i < lines.length; i++) {
    const info = lines[i] ?? '';
    if (!info.startsWith('```')) {
      continue;
    }
    const end = lines.indexOf('```', i + 1);
    const match = infoString.exec(info);
    if (!match && (info.includes('file=') || /^```xml\b/.test(info))) {
      throw new Error(`${path}:${i + 1}: "${info}" is not LANGUAGE reports|accepts|with|fixed file=NAME [case=NAME]`);
    }
    if (match) {
      const name = match[3] ?? `line ${i + 1}`;
      const block: ExampleBlock = {
        kind: match[1] as ExampleKind,
        file: match[2] ?? '',
        text: `${lines.slice(i + 1, end).join('\n')}\n`,
        line: i + 1,
      };
      cases.set(name, [...(cases.get(name) ?? []), block]);
    }
    i = end;
  }
  return [...cases].map(([name, blocks]) => ({ name, blocks }));
}

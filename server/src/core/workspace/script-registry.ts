import { netFrameworkValues } from '../facts/registry-keys.ts';
import type { TextEdit, TextRange } from '../model/finding.ts';
import type { RegistryWrite as ScriptWrite, TlsUse } from '../model/protocol-use.ts';
import { lineEndAt } from '../text/edits.ts';
import type { RegistryProblem } from './judge-registry.ts';
import { toRegistryWrites } from './registry-of-code.ts';
import type { RegistryWrite } from './registry-writes.ts';

/** The registry as a script leaves it. */
export interface ScriptRegistry {
  readonly writes: readonly RegistryWrite[];
  /** True where a key, a name or a value is known at run time only: then nobody can say what is missing. */
  readonly isPartlyKnown: boolean;
}

/** The changes that a script makes, in the words of everything that judges the registry. */
export function scriptRegistry(text: string, uses: readonly TlsUse[]): ScriptRegistry {
  const all = uses.filter((use) => use.kind === 'registry-write');
  const known = all.map((use) => withPlainKey(text, use));
  return {
    writes: toRegistryWrites(known.filter((use) => !isEitherWay(use, known))),
    isPartlyKnown: all.some(({ key, name, data }) => !key.known || !data.known || (!name.known && key.known)),
  };
}

/** `Registry::HKEY_LOCAL_MACHINE\...`, `HKLM:/...`: the path from the hive on, with its place. */
function withPlainKey(text: string, use: ScriptWrite): ScriptWrite {
  if (!use.key.known) {
    return use;
  }
  const written = use.key.value;
  const provider = /^(?:Microsoft\.PowerShell\.Core\\)?Registry::/i.exec(written)?.[0].length ?? 0;
  const path = written.slice(provider).replaceAll('/', '\\').replace(/\\+$/, '');
  const place = contentOf(text, use.keyRange, written);
  return {
    ...use,
    key: { known: true, value: path },
    keyRange: place ? { start: place.start + provider, end: place.end } : use.keyRange,
    nameRange: (use.name.known && contentOf(text, use.nameRange, use.name.value)) || use.nameRange,
  };
}

/** The text between quotes, where it is written as it reads. */
function contentOf(text: string, { start, end }: TextRange, value: string): TextRange | undefined {
  const at = text.slice(start, end).indexOf(value);
  return at < 0 ? undefined : { start: start + at, end: start + at + value.length };
}

/** A script that can switch something on and off again says nothing about how it leaves it. */
function isEitherWay(use: ScriptWrite, all: readonly ScriptWrite[]): boolean {
  return all.some(
    (other) =>
      isSameValue(use, other) &&
      (use.where.isConditional ||
        use.where.member !== undefined ||
        other.where.isConditional ||
        other.where.member !== undefined) &&
      JSON.stringify(use.data) !== JSON.stringify(other.data),
  );
}

function isSameValue(a: ScriptWrite, b: ScriptWrite): boolean {
  return (
    a.key.known &&
    b.key.known &&
    a.name.known &&
    b.name.known &&
    a.view === b.view &&
    a.key.value.toLowerCase() === b.key.value.toLowerCase() &&
    a.name.value.toLowerCase() === b.name.value.toLowerCase()
  );
}

/** Edits that correct a write of a script; undefined where its text is not a literal one. */
export function scriptRegistryEdits(
  text: string,
  { goal, range, write, message }: RegistryProblem,
): TextEdit[] | undefined {
  const written = text.slice(range.start, range.end);
  if (message === 'native' || message === 'wow64') {
    return otherView(text, write);
  }
  if (typeof goal === 'number') {
    const isLiteral = range === write.dataRange && write.data.type === 'dword' && /^(?:\d+|0x[\da-f]+)$/i.test(written);
    return isLiteral ? [{ range, newText: String(goal) }] : undefined;
  }
  if (goal === undefined) {
    return undefined;
  }
  if (message === 'hive') {
    const newText = /^HKCU/i.test(written) ? (written.endsWith(':') ? 'HKLM:' : 'HKLM') : goal;
    const isWritten = write.path.toLowerCase().startsWith(written.toLowerCase()) && written !== '';
    return isWritten ? [{ range, newText }] : undefined;
  }
  return write.path.includes(written) || written === write.name ? [{ range, newText: goal }] : undefined;
}

/** The same line once more, for the programs of the other kind. */
function otherView(text: string, write: RegistryWrite): TextEdit[] | undefined {
  const { range, pathRange, path } = write;
  const isInside = pathRange.start >= range.start && pathRange.end <= range.end;
  if (!isInside || text.slice(pathRange.start, pathRange.end) !== path) {
    return undefined;
  }
  const before = text.slice(range.start, pathRange.start);
  const after = text.slice(pathRange.end, range.end);
  const switched = /\\Wow6432Node\\/i.test(path)
    ? path.replace(/\\Wow6432Node\\/i, '\\')
    : path.replace(/^([^\\]+\\SOFTWARE\\)/i, '$1Wow6432Node\\');
  const isByOption = write.view !== undefined;
  const line = isByOption
    ? before +
      path +
      after.replace(/([/-]reg:)(32|64)/i, (_, option: string, view: string) => option + (view === '32' ? '64' : '32'))
    : before + switched + after;
  const lineStart = Math.max(text.lastIndexOf('\n', range.start - 1), text.lastIndexOf('\r', range.start - 1)) + 1;
  const indentation = text.slice(lineStart, range.start);
  const end = /^[ \t]*;/.exec(text.slice(range.end, range.end + 200))?.[0] ?? '';
  const at = range.end + end.length;
  const isAlone = /^[ \t\uFEFF]*$/.test(indentation) && /^[ \t]*(?:[\r\n]|$)/.test(text.slice(at, at + 200));
  return isAlone
    ? [
        {
          range: { start: at, end: at },
          newText: `${lineEndAt(text, range.start)}${indentation.replace('\uFEFF', '')}${line}${end}`,
        },
      ]
    : undefined;
}

/** True for problems of which a script with unknown writes may be free. */
export function needsWholeScript({ message, write }: RegistryProblem): boolean {
  return (
    (message === 'native' || message === 'wow64') &&
    netFrameworkValues.some((name) => name.toLowerCase() === write.name.toLowerCase())
  );
}

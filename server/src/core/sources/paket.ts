import type { TextRange } from '../model/finding.ts';

/** A package of a paket.dependencies or paket.lock. */
export interface PaketPackage {
  readonly id: string;
  /** The name of its group in lower case; empty for the group without a name. */
  readonly group: string;
  /** The lowest version that is allowed, or the one that was resolved; empty where nothing bounds it. */
  readonly version: string;
  /** The text of the version, or of the name where there is none. */
  readonly range: TextRange;
  /** True where the version is the only one of its line, so that it can be written anew. */
  readonly isEditable: boolean;
}

/**
 * Reads a paket.dependencies: `nuget Microsoft.CrmSdk.CoreTools ~> 9.1`.
 * Source: https://fsprojects.github.io/Paket/dependencies-file.html
 */
export function readPaketDependencies(text: string): PaketPackage[] {
  const packages: PaketPackage[] = [];
  for (const { line, start, group } of linesWithGroup(text)) {
    const match = /^\s*(?:nuget|clitool)\s+([\w.-]+)[ \t]*(.*)$/i.exec(line);
    if (!match?.[1]) {
      continue;
    }
    const idStart = start + line.indexOf(match[1], line.search(/\s(?=[\w.-]+)/));
    const rest = match[2]?.replace(/\s*(?:\/\/|#).*$/, '') ?? '';
    const restStart = start + match[0].length - (match[2]?.length ?? 0);
    const bounds = [...rest.matchAll(/(?:^|\s)[@!]?(~>|==|=|>=|>|<=|<)?\s*(\d+(?:\.\d+)*(?:-[\w.-]+)?)(?=\s|$|,)/g)];
    const lower = bounds.find(([, operator]) => !operator?.startsWith('<'));
    const version = lower?.[2] ?? '';
    const at = lower ? restStart + lower.index + lower[0].length - version.length : idStart;
    packages.push({
      id: match[1],
      group,
      version,
      range: { start: at, end: at + (version || match[1]).length },
      isEditable: lower !== undefined && bounds.length === 1 && lower[1] !== '>',
    });
  }
  return packages;
}

/**
 * Reads what a paket.lock resolved. Lines that are indented further name what a package wants, and are left out.
 * Source: https://fsprojects.github.io/Paket/lock-file.html
 */
export function readPaketLock(text: string): PaketPackage[] {
  const packages: PaketPackage[] = [];
  for (const { line, start, group } of linesWithGroup(text)) {
    const match = /^( {4})([\w.-]+) \((\d[^)\s]*)\)/.exec(line);
    if (match?.[2] && match[3]) {
      const at = start + match[0].length - 1 - match[3].length;
      packages.push({
        id: match[2],
        group,
        version: match[3],
        range: { start: at, end: at + match[3].length },
        isEditable: false,
      });
    }
  }
  return packages;
}

/** The names of the packages that a paket.references gives to a project, in lower case. */
export function readPaketReferences(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { line } of linesWithGroup(text)) {
    const match = /^\s*([\w.-]+)/.exec(line);
    if (match?.[1] && !/^(?:group|file:?|version)$/i.test(match[1])) {
      names.add(match[1].toLowerCase());
    }
  }
  return names;
}

function* linesWithGroup(text: string): Generator<{ line: string; start: number; group: string }> {
  let group = '';
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const head = /^\s*group\s+(\S+)/i.exec(match[0]);
    if (head) {
      group = head[1]?.toLowerCase() ?? '';
      group = group === 'main' ? '' : group;
    } else if (!/^\s*(?:\/\/|#)/.test(match[0])) {
      yield { line: match[0], start: match.index, group };
    }
  }
}

import { baseType, type CodeSign, codeSigns, codeSignWords } from '../facts/project-roles.ts';
import type { Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { FileSource } from '../msbuild/index.ts';
import { blankCommentsAndStrings, codeLanguage } from '../sources/blank-code.ts';

/** A place in the code that shows a role. */
export interface FoundSign {
  readonly sign: CodeSign;
  /** The class that shows it; undefined where only an attribute or a property was seen. */
  readonly className: string | undefined;
  readonly at: Location;
}

/** A class that derives from another one. */
export interface DerivedClass {
  readonly name: string | undefined;
  readonly base: string;
  readonly at: Location;
}

/** Signs by file. Many projects look at the base classes of one: they stay while the text of the file is the same. */
export type SignTable = Map<FilePath, { readonly text: string; readonly signs: readonly FoundSign[] }>;

const tables = new WeakMap<FileSource, SignTable>();

/** The table of a source of files: it lives as long as the source does. */
export function signTableOf(files: FileSource): SignTable {
  const table = tables.get(files) ?? new Map();
  tables.set(files, table);
  return table;
}

/** Looks for classes and attributes in source files. */
export class CodeReader {
  readonly #readText: (path: FilePath) => string | undefined;
  readonly #signs: SignTable;

  constructor(readText: (path: FilePath) => string | undefined, signs: SignTable) {
    this.#readText = readText;
    this.#signs = signs;
  }

  /** Every sign of a role in a source file. */
  signsIn(path: FilePath): readonly FoundSign[] {
    const text = this.#readText(path);
    const language = codeLanguage(path);
    if (text === undefined || !language || !codeSignWords.test(text)) {
      return [];
    }
    const before = this.#signs.get(path);
    if (before?.text === text) {
      return before.signs;
    }
    const code = blankCommentsAndStrings(text, language);
    const signs = codeSigns.flatMap((sign) =>
      Array.from(code.matchAll(sign.pattern), (match) => ({
        sign,
        className: classOf(code, match),
        at: locate(path, match),
      })),
    );
    this.#signs.set(path, { text, signs });
    return signs;
  }

  /** Classes that derive from one of some classes, which may stand in other files. */
  derivedFrom(bases: Iterable<string>, paths: readonly FilePath[]): readonly DerivedClass[] {
    const names = [...bases].join('|');
    if (names === '') {
      return [];
    }
    const mention = new RegExp(`\\b(?:${names})\\b`);
    const declaration = baseType(names);
    return paths.flatMap((path) => {
      const text = this.#readText(path);
      const language = codeLanguage(path);
      if (text === undefined || !language || !mention.test(text)) {
        return [];
      }
      const code = blankCommentsAndStrings(text, language);
      return Array.from(code.matchAll(declaration), (match) => ({
        name: classOf(code, match),
        base: /\w+$/.exec(match[0])?.[0] ?? '',
        at: locate(path, match),
      }));
    });
  }

  /** True when one of the files matches outside comments and strings. */
  has(pattern: RegExp, paths: readonly FilePath[]): boolean {
    return paths.some((path) => {
      const text = this.#readText(path);
      const language = codeLanguage(path);
      return text !== undefined && language !== undefined && pattern.test(text)
        ? pattern.test(blankCommentsAndStrings(text, language))
        : false;
    });
  }
}

/** The class of a match: named by it, or the one that its line stands in where the base has a line of its own. */
function classOf(code: string, match: RegExpMatchArray): string | undefined {
  if (match[1] !== undefined || !/^(?:Inherits|Implements|inherit|interface)\b/.test(match[0])) {
    return match[1];
  }
  const before = code.slice(0, match.index);
  return [...before.matchAll(/\b(?:class|type)\s+(\w+)/gi)].at(-1)?.[1];
}

function locate(path: FilePath, { 0: text, index = 0 }: RegExpMatchArray): Location {
  return { path, range: { start: index, end: index + text.length } };
}

import type { TlsUse } from '../model/protocol-use.ts';
import { readCertificateUses } from './certificate-uses.ts';
import { Code, type CodeLanguage } from './code.ts';
import { lexCSharp } from './lex-csharp.ts';
import { lexFSharp } from './lex-fsharp.ts';
import { lexVisualBasic } from './lex-visual-basic.ts';
import { readNames } from './names.ts';
import { conditionsAt, deadRanges, mentionedSymbols, type SymbolSet } from './preprocessor.ts';
import { readAssignments, toUses } from './protocol-assignments.ts';
import { readMentions } from './protocol-mentions.ts';
import { readRegistryWrites } from './registry-uses.ts';
import { structureOf } from './structure.ts';
import { readSwitches } from './switch-uses.ts';
import type { LexedFile } from './tokens.ts';
import { Evaluator } from './values.ts';

/** A source file, read once; what it does depends on the symbols that a build defines. */
export interface SourceFile {
  readonly language: CodeLanguage;
  /** True for code that a tool has written and will write again. */
  readonly isGenerated: boolean;
  /** Offsets where something begins that never ends; the rest is read all the same. */
  readonly unfinished: readonly number[];
  /** True for a file with branches of the preprocessor. */
  readonly hasConditions: boolean;
  /** What a build with these symbols does; `undefined` for symbols that nobody knows: then every branch counts. */
  usesFor(symbols: SymbolSet | undefined): readonly TlsUse[];
  /** The tokens of a build, for edits. */
  codeFor(symbols: SymbolSet | undefined): Code;
}

/** The language of a source file by its extension. */
export function sourceLanguage(path: string): CodeLanguage | undefined {
  const extension = path.slice(path.lastIndexOf('.')).toLowerCase();
  return extensions[extension];
}

const extensions: Readonly<Record<string, CodeLanguage>> = {
  '.cs': 'csharp',
  '.vb': 'visual-basic',
  '.fs': 'fsharp',
  '.fsx': 'fsharp',
};

const lexers: Readonly<Record<CodeLanguage, (text: string) => LexedFile>> = {
  csharp: lexCSharp,
  'visual-basic': lexVisualBasic,
  fsharp: lexFSharp,
};

/** Reads a source file. Never throws. */
export function readSource(path: string, language: CodeLanguage, text: string): SourceFile {
  return new ReadFile(path, language, text);
}

/** Files with more symbols than this are read with all of them, with none, and with one at a time. */
const maximumSymbols = 3;

class ReadFile implements SourceFile {
  readonly language: CodeLanguage;
  readonly isGenerated: boolean;
  readonly #lexed: LexedFile;
  readonly #variants = new Map<string, Variant>();
  readonly #answers = new Map<string, readonly TlsUse[]>();

  constructor(path: string, language: CodeLanguage, text: string) {
    this.language = language;
    this.isGenerated = isGeneratedFile(path, text);
    this.#lexed = lexers[language](text);
  }

  get unfinished(): readonly number[] {
    return this.#lexed.unfinished;
  }

  get hasConditions(): boolean {
    return this.#lexed.directives.length > 0;
  }

  codeFor(symbols: SymbolSet | undefined): Code {
    return this.#variant(symbols ?? new Set(mentionedSymbols(this.#lexed.directives))).code;
  }

  usesFor(symbols: SymbolSet | undefined): readonly TlsUse[] {
    if (this.#lexed.directives.length === 0) {
      return this.#variant(new Set()).uses;
    }
    const sets = symbols ? [symbols] : this.#possibleSets();
    const key = sets
      .flatMap((set) => [this.#variant(withDebug(set, false)), this.#variant(withDebug(set, true))])
      .map(({ id }) => id)
      .join();
    const known = this.#answers.get(key);
    if (known) {
      return known;
    }
    const found = new Map<string, TlsUse>();
    for (const isDebug of [false, true]) {
      for (const set of sets) {
        for (const use of this.#variant(withDebug(set, isDebug)).uses) {
          const place = `${use.kind} ${use.range.start} ${'valueRange' in use ? use.valueRange.start : ''} ${'effect' in use ? use.effect : ''}`;
          if (!found.has(place)) {
            found.set(place, withCondition(use, isDebug, conditionsAt(this.#lexed.directives, use.range.start)));
          }
        }
      }
    }
    const uses = [...found.values()].sort((a, b) => a.range.start - b.range.start);
    this.#answers.set(key, uses);
    return uses;
  }

  #possibleSets(): SymbolSet[] {
    const symbols = mentionedSymbols(this.#lexed.directives).filter((symbol) => !isDebugSymbol(symbol));
    if (symbols.length > maximumSymbols) {
      return [new Set(), new Set(symbols), ...symbols.map((symbol) => new Set([symbol]))];
    }
    const sets: Set<string>[] = [new Set()];
    for (const symbol of symbols) {
      sets.push(...sets.map((set) => new Set([...set, symbol])));
    }
    return sets;
  }

  /** Sets of symbols that leave the same parts out are one variant. */
  #variant(symbols: SymbolSet): Variant {
    const dead = deadRanges(this.#lexed, symbols, this.language === 'visual-basic');
    const key = dead.map(({ start, end }) => `${start}-${end}`).join();
    const known = this.#variants.get(key);
    if (known) {
      return known;
    }
    const variant = new Variant(this.#variants.size, new Code(this.language, this.#lexed, dead));
    this.#variants.set(key, variant);
    return variant;
  }
}

/** One file as one build compiles it. */
class Variant {
  readonly id: number;
  readonly code: Code;
  #uses: readonly TlsUse[] | undefined;

  constructor(id: number, code: Code) {
    this.id = id;
    this.code = code;
  }

  get uses(): readonly TlsUse[] {
    this.#uses ??= readUses(this.code);
    return this.#uses;
  }
}

function readUses(code: Code): TlsUse[] {
  const evaluator = new Evaluator(code, readNames(code), structureOf(code));
  const assignments = readAssignments(evaluator);
  const taken = new Set(assignments.flatMap(({ value }) => value.places.map(({ range }) => range.start)));
  const mentions = readMentions(evaluator, (offset) => taken.has(offset));
  return [
    ...[...assignments, ...mentions].flatMap((found) => toUses(evaluator, found)),
    ...readCertificateUses(evaluator),
    ...readSwitches(evaluator),
    ...readRegistryWrites(evaluator),
  ].sort((a, b) => a.range.start - b.range.start);
}

function isDebugSymbol(symbol: string): boolean {
  return symbol.toUpperCase() === 'DEBUG';
}

function withDebug(symbols: SymbolSet, isDebug: boolean): SymbolSet {
  const others = [...symbols].filter((symbol) => !isDebugSymbol(symbol));
  return new Set(isDebug ? [...others, 'DEBUG'] : others);
}

/** A line that only appears with DEBUG is one of debug builds. */
function withCondition(use: TlsUse, isDebugOnly: boolean, condition: readonly string[]): TlsUse {
  return { ...use, where: { ...use.where, isDebugOnly, condition } };
}

/** Names and first lines that tools give to what they write. */
function isGeneratedFile(path: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    /\.(?:designer|generated|g|g\.i|Reference)\.\w+$/i.test(name) ||
    /^reference\.(?:cs|vb)$/i.test(name) ||
    /<auto-?generated/i.test(text.slice(0, 2000))
  );
}

/**
 * The items' pass: Include, Exclude, Remove, Update, metadata and definitions, for the types that somebody asks for.
 * Rules follow https://github.com/dotnet/msbuild/tree/main/src/Build/Evaluation (LazyItemEvaluator.cs).
 */
import type { Location, TextRange } from '../model/finding.ts';
import { type FilePath, resolvePath } from '../model/path.ts';
import { splitList, unescapeText } from './escapes.ts';
import type { EvaluationState, ItemWork, LoadedFile } from './evaluation-state.ts';
import type { Expression } from './expression.ts';
import { expandGlob, hasWildcard, type PathMatcher, pathMatcher } from './globs.ts';
import {
  type ItemPlace,
  type ItemReference,
  parseReference,
  readWellKnownMetadata,
  wellKnownMetadata,
} from './item-references.ts';
import { nativePath } from './path-functions.ts';
import { cachedCondition } from './project-document.ts';
import type { ConditionSource, ItemStatement, MetadataStatement } from './statements.ts';
import { concatenate, either, UnknownValue, type Value } from './value.ts';

/** An item during evaluation. Texts have escapes. */
export interface WorkingItem {
  readonly include: Value;
  /** The full path of a file that a pattern found. */
  readonly recursiveFolder: string;
  readonly metadata: ReadonlyMap<string, WorkingMetadata>;
  readonly statement: ItemStatement;
  readonly file: LoadedFile;
  /** False when it is not known whether the item is there. */
  readonly isCertain: boolean;
}

export interface WorkingMetadata {
  readonly name: string;
  readonly value: Value;
  readonly location: Location | undefined;
  readonly valueRange: TextRange | undefined;
}

/** The items of a type and what is not known about them. */
export interface ItemList {
  readonly items: readonly WorkingItem[];
  /** Why items may be missing, or not be there; empty when the list is complete. */
  readonly unknownReasons: readonly string[];
}

const maximumReferenceDepth = 40;
const maximumItems = 100_000;

/** Evaluates items of one project on demand. */
export class ItemEvaluator {
  readonly #state: EvaluationState;
  readonly #byType = new Map<string, number[]>();
  readonly #lists = new Map<string, ItemList>();
  readonly #conditions = new Map<ConditionSource, boolean | readonly string[]>();
  readonly #windows: boolean;

  constructor(state: EvaluationState) {
    this.#state = state;
    this.#windows = state.request.system === 'windows';
    state.itemWork.forEach((work, index) => {
      const indexes = this.#byType.get(work.statement.key);
      if (indexes) {
        indexes.push(index);
      } else {
        this.#byType.set(work.statement.key, [index]);
      }
    });
  }

  /** Lower-case names of the types that the project mentions. */
  get types(): Iterable<string> {
    return this.#byType.keys();
  }

  /** All items of a type. */
  list(type: string): ItemList {
    return this.#listUntil(type.toLowerCase(), this.#state.itemWork.length, 0);
  }

  #listUntil(key: string, end: number, depth: number): ItemList {
    const indexes = (this.#byType.get(key) ?? []).filter((index) => index < end);
    const cacheKey = `${key}\n${indexes.length}`;
    const cached = this.#lists.get(cacheKey);
    if (cached) {
      return cached;
    }
    if (depth > maximumReferenceDepth) {
      return { items: [], unknownReasons: ['items refer to each other too deeply'] };
    }
    const builder = new ListBuilder();
    this.#define(key, depth, builder);
    for (const index of indexes) {
      this.#apply(this.#state.itemWork[index] as ItemWork, index, key, depth, builder);
    }
    const reasons = [...builder.unknownReasons, ...this.#state.missingReasons];
    const list = { items: builder.items, unknownReasons: [...new Set(reasons)] };
    this.#lists.set(cacheKey, list);
    return list;
  }

  /** Definitions come before all items, wherever they stand. */
  #define(key: string, depth: number, builder: ListBuilder): void {
    for (const index of this.#byType.get(key) ?? []) {
      const work = this.#state.itemWork[index] as ItemWork;
      if (work.statement.kind !== 'item-definition') {
        continue;
      }
      const scope: Scope = { work, index, depth };
      const certainty = this.#holdsAll([...work.conditions, work.statement.condition], scope);
      const reasons = [...(work.uncertain ?? []), ...(typeof certainty === 'boolean' ? [] : certainty)];
      for (const metadata of certainty === false ? [] : work.statement.metadata) {
        const written = this.#metadataOf(metadata, scope, undefined);
        const old = builder.definitions.get(metadata.key)?.value ?? '';
        const value = reasons.length > 0 ? either(old, written.value, reasons) : written.value;
        builder.definitions.set(metadata.key, { ...written, value });
      }
    }
  }

  #apply(work: ItemWork, index: number, key: string, depth: number, builder: ListBuilder): void {
    const scope: Scope = { work, index, depth };
    const certainty = this.#holdsAll([...work.conditions, work.statement.condition], scope);
    if (certainty === false) {
      return;
    }
    const reasons = [...(work.uncertain ?? []), ...(certainty === true ? [] : certainty)];
    const { statement } = work;
    if (statement.kind === 'item-definition') {
      return;
    }
    if (statement.include) {
      this.#include(statement, scope, reasons, builder);
    } else if (statement.remove) {
      this.#remove(statement.remove, scope, reasons, builder);
    } else if (statement.update) {
      this.#update(statement, statement.update, scope, reasons, key, builder);
    }
  }

  #include(statement: ItemStatement, scope: Scope, reasons: readonly string[], builder: ListBuilder): void {
    const include = statement.include as Expression;
    const excludes = statement.exclude ? this.#matchers(statement.exclude, scope, builder.unknownReasons) : [];
    const found = this.#expandList(include, scope, excludes, builder.unknownReasons);
    if (reasons.length > 0) {
      builder.unknownReasons.push(...reasons);
    }
    for (const one of found) {
      if (builder.items.length >= maximumItems) {
        builder.unknownReasons.push('there are too many items');
        return;
      }
      const draft: WorkingItem = {
        include: one.include,
        recursiveFolder: one.recursiveFolder,
        metadata: mergeMetadata(builder.definitions, one.metadata),
        statement,
        file: scope.work.file,
        isCertain: reasons.length === 0 && one.isCertain,
      };
      builder.items.push(this.#withMetadata(draft, statement.metadata, scope, []));
    }
  }

  #remove(remove: Expression, scope: Scope, reasons: readonly string[], builder: ListBuilder): void {
    const matchers = this.#matchers(remove, scope, builder.unknownReasons);
    builder.items = builder.items.flatMap((item) => {
      if (!this.#matchesAny(item, matchers)) {
        return [item];
      }
      builder.unknownReasons.push(...reasons);
      return reasons.length > 0 ? [{ ...item, isCertain: false }] : [];
    });
  }

  #update(
    statement: ItemStatement,
    update: Expression,
    scope: Scope,
    reasons: readonly string[],
    key: string,
    builder: ListBuilder,
  ): void {
    const problems: string[] = [];
    const updatesAll = update.literal?.trim().toLowerCase() === `@(${key})`;
    const matchers = updatesAll ? [] : this.#matchers(update, scope, problems);
    builder.items = builder.items.map((item) => {
      const isMatch = updatesAll || this.#matchesAny(item, matchers);
      if (!isMatch && problems.length === 0) {
        return item;
      }
      return this.#withMetadata(item, statement.metadata, scope, [...reasons, ...problems]);
    });
  }

  #withMetadata(
    item: WorkingItem,
    statements: readonly MetadataStatement[],
    scope: Scope,
    reasons: readonly string[],
  ): WorkingItem {
    if (statements.length === 0) {
      return item;
    }
    const metadata = new Map(item.metadata);
    let current: WorkingItem = { ...item, metadata };
    for (const statement of statements) {
      const holds = statement.condition ? this.#holds(statement.condition, scope, current) : true;
      if (holds === false) {
        continue;
      }
      const written = this.#metadataOf(statement, scope, current);
      const doubts = [...reasons, ...(holds === true ? [] : holds)];
      const old = metadata.get(statement.key)?.value ?? '';
      metadata.set(statement.key, {
        ...written,
        value: doubts.length > 0 ? either(old, written.value, doubts) : written.value,
      });
      current = { ...current, metadata };
    }
    return current;
  }

  #metadataOf(statement: MetadataStatement, scope: Scope, item: WorkingItem | undefined): WorkingMetadata {
    const { file } = scope.work;
    return {
      name: statement.name,
      value: this.#expandWithItems(statement.value, scope, item),
      location: file.document && statement.nameRange ? { path: file.path, range: statement.nameRange } : undefined,
      valueRange: statement.valueRange,
    };
  }

  #holdsAll(conditions: readonly (ConditionSource | undefined)[], scope: Scope): boolean | readonly string[] {
    const reasons: string[] = [];
    for (const condition of conditions) {
      if (condition) {
        const outcome = this.#holds(condition, scope, undefined);
        if (outcome === false) {
          return false;
        }
        if (outcome !== true) {
          reasons.push(...outcome);
        }
      }
    }
    return reasons.length === 0 ? true : reasons;
  }

  /** True, false, or why it is not known. */
  #holds(source: ConditionSource, scope: Scope, item: WorkingItem | undefined): boolean | readonly string[] {
    const hasItems = source.mentionsItems;
    const cached = hasItems ? undefined : this.#conditions.get(source);
    if (cached !== undefined) {
      return cached;
    }
    const resolved = hasItems ? this.#resolveItems(source, scope, item) : source;
    if (!('text' in resolved)) {
      return resolved.reasons;
    }
    const outcome = this.#state.scope.evaluateCondition(resolved, scope.work.file);
    const result =
      typeof outcome === 'boolean' ? outcome : outcome.kind === 'unknown' ? outcome.reasons : [outcome.explanation];
    if (!hasItems) {
      this.#conditions.set(source, result);
    }
    return result;
  }

  /** Puts the items and metadata that a condition mentions in their places. */
  #resolveItems(source: ConditionSource, scope: Scope, item: WorkingItem | undefined): ConditionSource | UnknownValue {
    const value = this.#replaceItems(source.text, scope, item);
    if (typeof value !== 'string') {
      return value;
    }
    return { ...source, text: value, condition: cachedCondition(value) };
  }

  #expandWithItems(expression: Expression, scope: Scope, item: WorkingItem | undefined): Value {
    this.#state.scope.enter(scope.work.file);
    const value = this.#state.scope.expand(expression);
    if (typeof value !== 'string' || !/[@%]\(/.test(value)) {
      return value;
    }
    return this.#replaceItems(value, scope, item);
  }

  /** Replaces `@(...)` by lists and `%(...)` by metadata. */
  #replaceItems(text: string, scope: Scope, item: WorkingItem | undefined): Value {
    const parts: Value[] = [];
    const reference = /@\(([^()]*(?:\([^()]*\)[^()]*)*)\)|%\(\s*(?:([\w-]+)\s*\.\s*)?([\w-]+)\s*\)/g;
    let position = 0;
    for (const match of text.matchAll(reference)) {
      parts.push(text.slice(position, match.index));
      position = match.index + match[0].length;
      if (match[1] !== undefined) {
        parts.push(this.#joined(match[1], scope));
      } else {
        // Metadata of another type is not there while items are evaluated one by one.
        const isOwn = match[2] === undefined || match[2].toLowerCase() === scope.work.statement.key;
        parts.push(item && isOwn ? this.#readMetadata(item, match[3] ?? '') : '');
      }
    }
    parts.push(text.slice(position));
    return concatenate(parts);
  }

  /** `Type`, `Type->'...'`, with a separator where one is given, as one text. */
  #joined(body: string, scope: Scope): Value {
    const reference = parseReference(body);
    if (!reference) {
      return new UnknownValue([`the item expression "@(${body})" is not supported`]);
    }
    const list = this.#referenced(reference, scope);
    if (list.unknownReasons.length > 0) {
      return new UnknownValue(list.unknownReasons);
    }
    const parts: Value[] = [];
    list.found.forEach((one, index) => {
      parts.push(index === 0 ? '' : reference.separator, one.include);
    });
    return concatenate(parts);
  }

  #referenced(reference: ItemReference, scope: Scope): { found: FoundItem[]; unknownReasons: readonly string[] } {
    const list = this.#listUntil(reference.key, scope.index, scope.depth + 1);
    const found = list.items.map((item): FoundItem => {
      const transformed =
        reference.transform === undefined ? item.include : this.#replaceItems(reference.transform, scope, item);
      return {
        include: transformed,
        recursiveFolder: item.recursiveFolder,
        metadata: item.metadata,
        isCertain: item.isCertain,
      };
    });
    return { found, unknownReasons: list.unknownReasons };
  }

  #readMetadata(item: WorkingItem, name: string): Value {
    const key = name.toLowerCase();
    const written = item.metadata.get(key);
    if (written) {
      return written.value;
    }
    if (!wellKnownMetadata.has(key)) {
      return '';
    }
    return typeof item.include === 'string'
      ? readWellKnownMetadata(this.#place(item), item.include, key)
      : item.include;
  }

  #place(item: WorkingItem): ItemPlace {
    return {
      projectFolder: this.#state.scope.projectFolder,
      definingPath: item.file.path,
      recursiveFolder: item.recursiveFolder,
      isWindows: this.#windows,
    };
  }

  #expandList(expression: Expression, scope: Scope, excludes: readonly PathMatcher[], problems: string[]): FoundItem[] {
    this.#state.scope.enter(scope.work.file);
    const value = this.#state.scope.expand(expression);
    if (typeof value !== 'string') {
      problems.push(...value.reasons);
      return [{ include: value, recursiveFolder: '', metadata: noMetadata, isCertain: false }];
    }
    return splitList(value).flatMap((part) => this.#expandPart(part, scope, excludes, problems));
  }

  #expandPart(part: string, scope: Scope, excludes: readonly PathMatcher[], problems: string[]): FoundItem[] {
    const body = /^@\((.*)\)$/s.exec(part)?.[1];
    if (body !== undefined) {
      const reference = parseReference(body);
      if (!reference) {
        problems.push(`the item expression "${part}" is not supported`);
        return [];
      }
      const { found, unknownReasons } = this.#referenced(reference, scope);
      problems.push(...unknownReasons);
      return found.filter((one) => !this.#isExcluded(one.include, excludes));
    }
    if (part.includes('@(')) {
      const value = this.#replaceItems(part, scope, undefined);
      return [{ include: value, recursiveFolder: '', metadata: noMetadata, isCertain: typeof value === 'string' }];
    }
    if (hasWildcard(part)) {
      return this.#expandPattern(part, excludes, problems);
    }
    if (this.#isExcluded(part, excludes)) {
      return [];
    }
    return [{ include: part, recursiveFolder: '', metadata: noMetadata, isCertain: true }];
  }

  #expandPattern(pattern: string, excludes: readonly PathMatcher[], problems: string[]): FoundItem[] {
    const { scope } = this.#state;
    const matches = expandGlob(scope.projectFolder, unescapeText(pattern), excludes, scope.globHost);
    if (!matches) {
      problems.push(`the pattern "${pattern}" finds too many files`);
      return [];
    }
    return matches.map((match) => ({
      include: nativePath(match.spelling, this.#windows ? 'windows' : 'unix'),
      recursiveFolder: match.recursiveFolder,
      metadata: noMetadata,
      isCertain: true,
    }));
  }

  #isExcluded(include: Value, excludes: readonly PathMatcher[]): boolean {
    if (excludes.length === 0 || typeof include !== 'string') {
      return false;
    }
    const path = resolvePath(this.#state.scope.projectFolder, unescapeText(include));
    return excludes.some((exclude) => exclude.matches(path));
  }

  #matchers(expression: Expression, scope: Scope, problems: string[]): PathMatcher[] {
    this.#state.scope.enter(scope.work.file);
    const value = this.#state.scope.expand(expression);
    if (typeof value !== 'string') {
      problems.push(...value.reasons);
      return [];
    }
    const folder = this.#state.scope.projectFolder;
    return splitList(value).flatMap((part): PathMatcher[] => {
      const body = /^@\((.*)\)$/s.exec(part)?.[1];
      const reference = body === undefined ? undefined : parseReference(body);
      if (body !== undefined && reference) {
        const { found, unknownReasons } = this.#referenced(reference, scope);
        problems.push(...unknownReasons);
        return [setMatcher(folder, found)];
      }
      if (part.includes('@(') || part.includes('%(')) {
        problems.push(`the item expression "${part}" is not supported`);
        return [];
      }
      return [pathMatcher(folder, unescapeText(part))];
    });
  }

  #matchesAny(item: WorkingItem, matchers: readonly PathMatcher[]): boolean {
    return this.#isExcluded(item.include, matchers);
  }
}

/** Where in the list of statements an expression stands. */
interface Scope {
  readonly work: ItemWork;
  readonly index: number;
  readonly depth: number;
}

interface FoundItem {
  readonly include: Value;
  readonly recursiveFolder: string;
  readonly metadata: ReadonlyMap<string, WorkingMetadata>;
  readonly isCertain: boolean;
}

class ListBuilder {
  items: WorkingItem[] = [];
  readonly definitions = new Map<string, WorkingMetadata>();
  readonly unknownReasons: string[] = [];
}

const noMetadata: ReadonlyMap<string, WorkingMetadata> = new Map();

function mergeMetadata(
  below: ReadonlyMap<string, WorkingMetadata>,
  above: ReadonlyMap<string, WorkingMetadata>,
): ReadonlyMap<string, WorkingMetadata> {
  if (below.size === 0) {
    return above;
  }
  return above.size === 0 ? new Map(below) : new Map([...below, ...above]);
}

/** Matches the paths of items, all at once. */
function setMatcher(folder: FilePath, found: readonly FoundItem[]): PathMatcher {
  const paths = new Set(
    found.flatMap((one) =>
      typeof one.include === 'string' ? [resolvePath(folder, unescapeText(one.include)).toLowerCase()] : [],
    ),
  );
  return { matches: (path) => paths.has(path.toLowerCase()), coversFolder: () => false, spelling: undefined };
}

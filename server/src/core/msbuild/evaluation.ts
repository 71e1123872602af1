/** The answer of an evaluation, as others read it. */
import type { Location, TextRange } from '../model/finding.ts';
import { type Known, known } from '../model/known.ts';
import type { FilePath } from '../model/path.ts';
import type { XmlElement } from '../xml/index.ts';
import { type Configuration, mentionedConfigurations } from './configurations.ts';
import { type Declaration, propertyStatements, publish, toDeclaration } from './declarations.ts';
import { unescapeText } from './escapes.ts';
import type { EvaluationProblem, EvaluationState, ImportRecord, Write } from './evaluation-state.ts';
import { type Framework, readMoniker, readShortName } from './framework.ts';
import { ItemEvaluator, type WorkingItem } from './items.ts';
import { decidingWrite, type Segment, segmentsOf } from './origins.ts';
import type { SdkReference } from './project-document.ts';
import type { Value } from './value.ts';
import { reservedProperties } from './well-known.ts';

/** Where a value comes from when no file wrote it. */
export type ValueOrigin = 'file' | 'default' | 'global' | 'environment' | 'unknown-import' | 'none';

export interface PropertyResult {
  readonly name: string;
  /** Unescaped, as `-getProperty` prints it; empty for a property that is not defined. */
  readonly value: Known<string>;
  /** For an unknown value: the texts that it may have, where they could be listed. */
  readonly alternatives: readonly string[] | undefined;
  readonly origin: ValueOrigin;
  /** Every write in the files that were read, in their order; the last effective one is the decider. */
  readonly declarations: readonly Declaration[];
  readonly decider: Declaration | undefined;
}

export interface ItemMetadata {
  readonly name: string;
  readonly value: Known<string>;
  readonly location: Location | undefined;
  readonly valueRange: TextRange | undefined;
}

export interface Item {
  readonly type: string;
  readonly include: Known<string>;
  /** By lower-case name. */
  readonly metadata: ReadonlyMap<string, ItemMetadata>;
  /** The element; undefined for items of the SDK itself. */
  readonly location: Location | undefined;
  readonly element: XmlElement | undefined;
  /** False when it is not known whether the item is there. */
  readonly isCertain: boolean;
}

export interface ItemResult {
  readonly items: readonly Item[];
  /** True when the list is complete and every item in it is certain. */
  readonly isComplete: boolean;
  readonly reasons: readonly string[];
}

/** The literal text that decides a target, and the way to it. */
export interface TargetSite {
  /** The property that MSBuild reads. */
  readonly property: string;
  /** The text itself. */
  readonly text: string;
  /** Where it stands: what a fix changes. */
  readonly location: Location;
  /** From the property that MSBuild reads to the one that holds the text; one entry when there is no reference. */
  readonly chain: readonly Declaration[];
}

/** One entry of `TargetFrameworks`. */
export interface FrameworkToken {
  readonly text: string;
  /** Undefined for a name that NuGet does not know. */
  readonly framework: Framework | undefined;
  readonly site: TargetSite | undefined;
}

/** What decides the target; a part that nobody wrote (a default, the command line) is undefined. */
export interface TargetSites {
  /** An explicit `TargetFrameworkMoniker`; the other parts are then without effect. */
  readonly moniker: TargetSite | undefined;
  readonly version: TargetSite | undefined;
  readonly identifier: TargetSite | undefined;
  readonly profile: TargetSite | undefined;
  /** True when the version is the toolset's default: nothing in the project says it. */
  readonly isDefaultVersion: boolean;
}

/** The result of evaluating one project for one set of global properties. */
export class Evaluation {
  readonly path: FilePath;
  readonly globalProperties: Readonly<Record<string, string>>;
  readonly imports: readonly ImportRecord[];
  /** What MSBuild would refuse, what could not be evaluated, and notes. */
  readonly problems: readonly EvaluationProblem[];
  readonly #state: EvaluationState;
  #items: ItemEvaluator | undefined;

  constructor(state: EvaluationState, globalProperties: Readonly<Record<string, string>>) {
    this.#state = state;
    this.path = state.request.path;
    this.globalProperties = globalProperties;
    this.imports = state.imports;
    this.problems = state.problems;
  }

  /** True when the project file itself could be read and has a `Project` root. */
  get isProject(): boolean {
    return this.#state.project?.document?.isProject === true;
  }

  /** True for a project that uses an SDK, in any of the three forms. */
  get isSdkStyle(): boolean {
    return this.sdks.length > 0;
  }

  /** The SDKs that the project file names, in order. */
  get sdks(): readonly SdkReference[] {
    const document = this.#state.project?.document;
    return document ? [...document.sdks, ...document.importedSdks] : [];
  }

  /** Every file that was read and every path that was looked for, existing or not. Items add to it when asked for. */
  get dependencies(): ReadonlySet<FilePath> {
    return this.#state.dependencies;
  }

  /** The files that make up the project, in the order of reading; the project itself is the first. */
  get files(): readonly FilePath[] {
    return this.#state.files.map((file) => file.path);
  }

  /** Names of all properties that were written, as first written. */
  properties(): string[] {
    return Array.from(this.#state.properties.values(), (write) => firstOf(write).name);
  }

  /** Only the value of a property. */
  value(name: string): Known<string> {
    return publish(this.#value(name));
  }

  #value(name: string): Value {
    const key = name.toLowerCase();
    const { project, scope } = this.#state;
    if (project) {
      scope.enter(project);
    }
    return scope.read(key, name);
  }

  /** The value of a property with everything that wrote it. */
  property(name: string): PropertyResult {
    const key = name.toLowerCase();
    const write = this.#state.properties.get(key);
    const value = this.#value(name);
    const declarations = this.#declarations(key, write);
    return {
      name,
      value: publish(value),
      alternatives: typeof value === 'string' ? undefined : value.alternatives?.map(unescapeText),
      origin: originOf(key, write),
      declarations,
      decider: declarations.findLast((declaration) => declaration.isEffective),
    };
  }

  #declarations(key: string, final: Write | undefined): Declaration[] {
    const effective = final?.statement;
    const isShadowed = this.#state.shadowed.has(key);
    return this.#state.files.flatMap((file) =>
      propertyStatements(file, key).map((statement) => {
        const write = this.#state.writes.get(statement);
        return toDeclaration(statement, file.path, write, !isShadowed && statement === effective);
      }),
    );
  }

  /** The items of a type, and whether the list is complete. */
  items(type: string): ItemResult {
    this.#items ??= new ItemEvaluator(this.#state);
    const list = this.#items.list(type);
    const items = list.items.map((item) => publishItem(type, item));
    return { items, isComplete: list.unknownReasons.length === 0, reasons: list.unknownReasons };
  }

  /** The `Include` texts of a type as the files write them, unevaluated. */
  writtenIncludes(type: string): string[] {
    const key = type.toLowerCase();
    return this.#state.itemWork.flatMap(({ statement, file }) =>
      statement.kind === 'item' && statement.key === key && statement.include && file.document
        ? [statement.include.source]
        : [],
    );
  }

  /**
   * The target of this build, as MSBuild composes it. Undefined inside for a project without one: native code, the
   * outer build of several targets, a file that is only imported.
   */
  framework(): Known<Framework | undefined> {
    const moniker = this.value('TargetFrameworkMoniker');
    return moniker.known ? known(readMoniker(moniker.value)) : moniker;
  }

  /** The entries of `TargetFrameworks` when this is the outer build of several targets; empty otherwise. */
  targetFrameworks(): Known<readonly FrameworkToken[]> {
    const list = this.value('TargetFrameworks');
    const single = this.value('TargetFramework');
    if (!list.known) {
      return list;
    }
    if (list.value.trim() === '' || !this.isSdkStyle || (single.known && single.value !== '')) {
      return known([]);
    }
    const segments = this.#segments('targetframeworks');
    return known(
      distinctTokens(list.value).map(({ text, start }) => ({
        text,
        framework: readShortName(text),
        site: segments && this.#siteAt('TargetFrameworks', segments, start, start + text.length),
      })),
    );
  }

  #segments(key: string): Segment[] | undefined {
    const write = this.#state.properties.get(key);
    return write && segmentsOf(write);
  }

  /** Where the parts of the target are decided. */
  targetSites(): TargetSites {
    const moniker = this.#state.properties.get('targetframeworkmoniker');
    if (!moniker) {
      return { ...noSites };
    }
    if (moniker.origin !== 'built-in') {
      return { ...noSites, moniker: this.#siteOf(moniker) };
    }
    const source = (key: string): Write | undefined => moniker.sources.find((write) => write.key === key);
    const version = source('targetframeworkversion');
    const decider = version && decidingWrite(version);
    return {
      moniker: undefined,
      version: decider && this.#siteOf(decider),
      identifier: this.#siteOfPart(source('targetframeworkidentifier')),
      profile: this.#siteOfPart(source('targetframeworkprofile')),
      isDefaultVersion: decider?.origin === 'built-in',
    };
  }

  #siteOfPart(write: Write | undefined): TargetSite | undefined {
    return write && this.#siteOf(decidingWrite(write));
  }

  #siteOf(write: Write): TargetSite | undefined {
    const segments = segmentsOf(write);
    const text = segments?.map((segment) => segment.text).join('') ?? '';
    if (!segments || text.trim() === '') {
      return undefined;
    }
    const start = text.length - text.trimStart().length;
    return this.#siteAt(write.name, segments, start, start + text.trim().length);
  }

  /** The place of a part of a joined value: its own when it lies in one literal, else that of the outermost writer. */
  #siteAt(property: string, segments: readonly Segment[], from: number, to: number): TargetSite | undefined {
    let position = 0;
    for (const segment of segments) {
      const end = position + segment.text.length;
      if (from >= position && to <= end && segment.text !== '') {
        return this.#toSite(property, segment, segment.text.slice(from - position, to - position), {
          from: from - position,
          to: to - position,
        });
      }
      position = end;
    }
    const first = segments.find((segment) => segment.chain[0]?.file?.document);
    const outermost = first?.chain[0];
    const declaration = outermost && this.#declarationOf(outermost);
    const text = segments
      .map((segment) => segment.text)
      .join('')
      .slice(from, to);
    return declaration
      ? {
          property,
          text,
          location: { path: declaration.path, range: declaration.valueRange },
          chain: [declaration],
        }
      : undefined;
  }

  #toSite(
    property: string,
    segment: Segment,
    text: string,
    part: { from: number; to: number },
  ): TargetSite | undefined {
    const chain = segment.chain.flatMap((write) => this.#declarationOf(write) ?? []);
    const last = chain.at(-1);
    const range = segment.rangeOf(part.from, part.to);
    return last && range ? { property, text, location: { path: last.path, range }, chain } : undefined;
  }

  #declarationOf(write: Write): Declaration | undefined {
    const { statement, file } = write;
    if (!statement?.element || !file?.document) {
      return undefined;
    }
    const isEffective = this.#state.properties.get(write.key)?.statement === statement;
    return toDeclaration(statement, file.path, write, isEffective);
  }

  /** Every configuration that the project mentions; the one that a plain build takes is the first. */
  configurations(): readonly Configuration[] {
    const document = this.#state.project?.document;
    const text = (name: string, fallback: string): string => {
      const value = this.value(name);
      return value.known && value.value !== '' ? value.value : fallback;
    };
    const first: Configuration = {
      configuration: text('Configuration', 'Debug'),
      platform: text('Platform', 'AnyCPU'),
    };
    const mentioned = document ? mentionedConfigurations(document) : { pairs: [], configurations: [], platforms: [] };
    const platforms = mentioned.platforms.length > 0 ? mentioned.platforms : [first.platform];
    const configurations = mentioned.configurations.length > 0 ? mentioned.configurations : [first.configuration];
    const product =
      mentioned.configurations.length + mentioned.platforms.length === 0
        ? []
        : configurations.flatMap((configuration) => platforms.map((platform) => ({ configuration, platform })));
    return distinctConfigurations([first, ...mentioned.pairs, ...product]);
  }

  /** @internal */
  get state(): EvaluationState {
    return this.#state;
  }
}

const noSites: TargetSites = {
  moniker: undefined,
  version: undefined,
  identifier: undefined,
  profile: undefined,
  isDefaultVersion: false,
};

/** A project with more configurations than this is a generator's work; the first ones stand for the rest. */
const maximumConfigurations = 64;

function distinctConfigurations(all: readonly Configuration[]): Configuration[] {
  const seen = new Map<string, Configuration>();
  for (const one of all) {
    const key = `${one.configuration}|${one.platform}`.toLowerCase();
    if (!seen.has(key) && seen.size < maximumConfigurations) {
      seen.set(key, one);
    }
  }
  return [...seen.values()];
}

/** Tokens of a list with their places; a repeated token is built once. */
function distinctTokens(list: string): { text: string; start: number }[] {
  const tokens: { text: string; start: number }[] = [];
  for (const match of list.matchAll(/[^;]+/g)) {
    const text = match[0].trim();
    const isRepeated = tokens.some((token) => token.text.toLowerCase() === text.toLowerCase());
    if (text !== '' && !isRepeated) {
      tokens.push({ text, start: match.index + (match[0].length - match[0].trimStart().length) });
    }
  }
  return tokens;
}

function firstOf(write: Write): Write {
  let current = write;
  while (current.previous) {
    current = current.previous;
  }
  return current;
}

function originOf(key: string, write: Write | undefined): ValueOrigin {
  if (!write) {
    return reservedProperties.has(key) ? 'default' : 'none';
  }
  return write.origin === 'built-in' ? 'default' : write.origin;
}

function publishItem(type: string, item: WorkingItem): Item {
  const element = item.statement.element;
  const metadata = new Map<string, ItemMetadata>();
  for (const [key, one] of item.metadata) {
    metadata.set(key, { ...one, value: publish(one.value) });
  }
  return {
    type,
    include: publish(item.include),
    metadata,
    location: element && item.file.document ? { path: item.file.path, range: element.range } : undefined,
    element,
    isCertain: item.isCertain,
  };
}

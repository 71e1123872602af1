import { readSource, type SourceFile, sourceLanguage } from '../code/index.ts';
import { classifyHost } from '../facts/dynamics-hosts.ts';
import { isAccepted, type ProtocolChoice, protocolsUpTo12 } from '../facts/net-tls-defaults.ts';
import { type TlsVersion, tlsVersions } from '../facts/tls-versions.ts';
import { basename, type FilePath } from '../model/path.ts';
import type { RegistryWrite as CodeWrite, ProtocolUse, SwitchUse, TlsUse } from '../model/protocol-use.ts';
import { findDynamicsUrls } from '../sources/dynamics-urls.ts';
import type { ProjectModel, TargetFramework, WorkspaceModel } from '../workspace/model.ts';
import { toRegistryWrites } from '../workspace/registry-of-code.ts';
import { writtenRegistry } from './machine-registry.ts';
import { fileStep } from './machine-steps.ts';
import {
  apiChoice,
  applyChanges,
  type ProcessSettings,
  type ProtocolChange,
  plainMachine,
} from './process-settings.ts';
import { type ReasoningStep, switchStep } from './program-steps.ts';
import { projectName } from './wording.ts';

/** A use with the file that it stands in, and whether the program itself compiles it. */
interface PlacedUse<T extends TlsUse> {
  readonly use: T;
  readonly path: FilePath;
  readonly owner: ProjectModel;
  readonly isOwn: boolean;
  readonly isForOnline: boolean;
}

/**
 * What the code of a process does: that of the program, and that of the libraries that it loads. What harms is taken to
 * run; what helps counts for certain only in the program itself, outside of conditions and before a connection.
 */
export function codeSteps(
  project: ProjectModel,
  framework: TargetFramework,
  workspace: WorkspaceModel,
  before: ProcessSettings,
): ReasoningStep[] {
  const uses = [project, ...workspace.librariesOf(project.path)].flatMap((owner) =>
    usesOf(owner, owner === project ? framework : undefined, workspace).map((entry) => ({
      ...entry,
      isOwn: owner === project,
    })),
  );
  if (uses.length === 0) {
    return [];
  }
  const steps: ReasoningStep[] = [];
  let present = before;
  const add = (step: ReasoningStep | undefined) => {
    if (step) {
      steps.push(step);
      present = step.settings ?? present;
    }
  };
  for (const entry of uses) {
    if (isKind(entry, 'switch')) {
      add(switchUseStep(entry, present));
    }
  }
  for (const entry of uses) {
    if (isKind(entry, 'protocol')) {
      add(ownListStep(entry, present));
    }
  }
  const groups = groupUses(uses);
  for (const group of groups.filter((candidate) => !isHarmful(candidate))) {
    add(groupStep(group, present));
  }
  for (const group of groups.filter(isHarmful)) {
    add(groupStep(group, present));
  }
  steps.push(...registrySteps(uses, present));
  return steps;
}

function isKind<K extends TlsUse['kind']>(
  entry: PlacedUse<TlsUse>,
  kind: K,
): entry is PlacedUse<Extract<TlsUse, { kind: K }>> {
  return entry.use.kind === kind;
}

/** What one project's source files do, in the builds that matter. */
function usesOf(
  owner: ProjectModel,
  framework: TargetFramework | undefined,
  workspace: WorkspaceModel,
): Omit<PlacedUse<TlsUse>, 'isOwn'>[] {
  return workspace.sourcesOf(owner.path).flatMap((path) => {
    const text = workspace.readText(path);
    const language = sourceLanguage(path);
    const compilers = text === undefined || language === undefined ? [] : workspace.compilersOf(path);
    if (text === undefined || language === undefined || compilers === 'excluded') {
      return [];
    }
    const file = readCached(path, text);
    const builds = compilers
      .filter(({ project }) => project.path === owner.path)
      .flatMap((compiler) => compiler.builds)
      .filter((build) => !framework || !build.framework.known || build.framework.value.moniker === framework.moniker);
    const uses = new Set<TlsUse>();
    for (const build of builds) {
      const sets = file.hasConditions ? build.symbolSets() : undefined;
      for (const set of sets?.known ? sets.value : [undefined]) {
        for (const use of file.usesFor(set)) {
          uses.add(use);
        }
      }
    }
    const isForOnline = [...uses].length > 0 && namesOnlineHost(text);
    return distinct([...uses]).map((use) => ({ use, path, owner, isForOnline }));
  });
}

/** Builds with other symbols read the same line anew. */
function distinct(uses: readonly TlsUse[]): TlsUse[] {
  const seen = new Map<string, TlsUse>();
  for (const use of uses) {
    seen.set(
      `${use.kind} ${use.range.start} ${'effect' in use ? use.effect : ''} ${'valueRange' in use ? use.valueRange.start : ''}`,
      use,
    );
  }
  return [...seen.values()].sort((a, b) => a.range.start - b.range.start);
}

function namesOnlineHost(text: string): boolean {
  return findDynamicsUrls(text).some(({ authority }) => {
    const { kind } = classifyHost(authority.split(':')[0] ?? '');
    return kind === 'dataverse' || kind === 'dynamics-other';
  });
}

/** A library's files are read for each program that loads it. */
const read = new Map<FilePath, { readonly text: string; readonly file: SourceFile }>();
const maximumRead = 200;

function readCached(path: FilePath, text: string): SourceFile {
  const known = read.get(path);
  if (known?.text === text) {
    return known.file;
  }
  const language = sourceLanguage(path);
  if (language === undefined) {
    throw new Error(`${path} is no source file`);
  }
  if (read.size >= maximumRead) {
    read.clear();
  }
  const file = readSource(path, language, text);
  read.set(path, { text, file });
  return file;
}

/** Changes of one member, in their order. */
type Group = readonly [PlacedUse<ProtocolUse>, ...PlacedUse<ProtocolUse>[]];

function groupUses(uses: readonly PlacedUse<TlsUse>[]): Group[] {
  const groups = new Map<string, PlacedUse<ProtocolUse>[]>();
  for (const entry of uses) {
    if (isKind(entry, 'protocol') && isProcessWide(entry.use) && !entry.use.where.isDebugOnly) {
      const key = `${entry.path}\n${entry.use.where.member ?? ''}`;
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
  }
  return [...groups.values()].filter(
    (group): group is [PlacedUse<ProtocolUse>, ...PlacedUse<ProtocolUse>[]] => group.length > 0,
  );
}

function isProcessWide({ api, effect, form }: ProtocolUse): boolean {
  return api === 'service-point-manager' && effect !== 'names' && form !== 'collection' && form !== 'default';
}

/** Known changes; what only the running program knows is left out, and told. */
function changesOf(group: Group): ProtocolChange[] {
  return group.flatMap(({ use }) => {
    const protocols = choiceOf(use);
    return protocols === undefined || use.effect === 'names' ? [] : [{ effect: use.effect, protocols }];
  });
}

function choiceOf(use: ProtocolUse): ProtocolChoice | undefined {
  if (use.isSystemDefault) {
    return 'system';
  }
  if (!use.protocols.known) {
    return undefined;
  }
  const { value } = use.protocols;
  return tlsVersions.filter((version) => value.includes(version));
}

/** True where not even a process that offers TLS 1.2 does so afterwards. */
function isHarmful(group: Group): boolean {
  const after = applyChanges(protocolsUpTo12, changesOf(group));
  return after !== 'system' && !isAccepted(after);
}

function groupStep(group: Group, present: ProcessSettings): ReasoningStep {
  const last = group[group.length - 1] as PlacedUse<ProtocolUse>;
  const { path, use } = last;
  const at = { path, range: use.valueRange };
  const changes = changesOf(group);
  const text = `${sourceName(last)} ${group.map(({ use: own }) => changeWords(own)).join(' and ')}`;
  const settings = { ...present, changes: [...present.changes, ...changes] };
  if (changes.length < group.length) {
    // The value may be anything: neither good nor bad is certain.
    const worst = { ...present, changes: [...present.changes, pinOf(['TLS 1.0'])] };
    const best = { ...present, changes: [...present.changes, pinOf(['TLS 1.2'])] };
    const perhaps = { settings: isSafeChoice(present) ? worst : best, machine: plainMachine, harm: 'unknown' } as const;
    return { text: `${text}, which only the running program knows.`, at, perhaps };
  }
  if (isHarmful(group)) {
    const title = `Leave the TLS versions to the target, or allow TLS 1.2 as well, in ${basename(path)}`;
    return { text: `${text}.`, at, settings, fix: { title, at } };
  }
  if (group.some(({ use: own }) => own.timing.kind === 'late')) {
    return { text: `${text}, but only after a request was made or a connection opened.`, at };
  }
  const isCertain = last.isOwn && group.every(({ use: own }) => !own.where.isConditional || own.where.isGuarded);
  return isCertain
    ? { text: `${text}.`, at, settings }
    : {
        text: `${text}, where that code runs before the first connection.`,
        at,
        perhaps: { settings, machine: plainMachine, harm: 'unknown' },
      };
}

function pinOf(protocols: readonly TlsVersion[]): ProtocolChange {
  return { effect: 'replaces', protocols };
}

function isSafeChoice(settings: ProcessSettings): boolean {
  const { protocols } = apiChoice(settings, plainMachine, 'http');
  return protocols === 'system' || isAccepted(protocols);
}

function sourceName({ path, owner, isOwn, use }: PlacedUse<TlsUse>): string {
  const member = use.where.member === undefined ? '' : ` (${use.where.member})`;
  return `${basename(path)}${member}${isOwn ? '' : ` of ${projectName(owner)}`}`;
}

function changeWords(use: ProtocolUse): string {
  const choice = choiceOf(use);
  const names = choice === undefined ? 'a value' : choice === 'system' ? 'the choice' : choice.join(', ');
  switch (use.effect) {
    case 'replaces':
      return choice === 'system'
        ? 'leaves the choice to Windows'
        : choice === undefined
          ? 'allows a value'
          : `allows only ${names}`;
    case 'adds':
      return `adds ${names} to what is allowed`;
    case 'removes':
      return `takes ${names} from what is allowed`;
    default:
      return `toggles ${names}`;
  }
}

/** `AppContext.SetSwitch`: before the first use of System.Net, in the program itself. */
function switchUseStep(entry: PlacedUse<SwitchUse>, present: ProcessSettings): ReasoningStep | undefined {
  const { use, path, isOwn } = entry;
  if (!use.name.known || !use.value.known || use.where.isDebugOnly) {
    return undefined;
  }
  const set = {
    name: use.name.value,
    value: use.value.value,
    source: sourceName(entry),
    at: { path, range: use.valueRange },
  };
  const step = switchStep(set, present);
  if (!step?.settings || (isOwn && !use.where.isConditional) || set.value) {
    return step;
  }
  const { settings, ...rest } = step;
  return { ...rest, perhaps: { settings, machine: plainMachine, harm: 'unknown' } };
}

/** Lists that SslStream and transports of WCF are given; they count where the file names an online host. */
function ownListStep(entry: PlacedUse<ProtocolUse>, present: ProcessSettings): ReasoningStep | undefined {
  const { use, path } = entry;
  const protocols = choiceOf(use);
  const api = use.api === 'ssl-stream' ? 'sslStream' : use.api === 'wcf' ? 'wcfTransport' : undefined;
  if (!api || use.effect !== 'replaces' || protocols === undefined || use.where.isDebugOnly) {
    return undefined;
  }
  const at = { path, range: use.valueRange };
  const subject = api === 'sslStream' ? 'SslStream' : 'a transport of WCF';
  const words = protocols === 'system' ? 'the choice of Windows' : protocols.join(', ');
  return {
    text: `${sourceName(entry)} gives ${subject} ${words}.`,
    at,
    settings: { ...present, [api]: protocols },
    ...(entry.isForOnline ? { counts: api === 'sslStream' ? ('sslstream' as const) : ('wcf-tcp' as const) } : {}),
    fix: { title: `Leave the TLS versions to ${subject}`, at },
  };
}

/** What the code writes to the registry changes the next start, where it is allowed to. */
function registrySteps(uses: readonly PlacedUse<TlsUse>[], present: ProcessSettings): ReasoningStep[] {
  const byPath = new Map<FilePath, CodeWrite[]>();
  for (const entry of uses) {
    if (isKind(entry, 'registry-write')) {
      byPath.set(entry.path, [...(byPath.get(entry.path) ?? []), entry.use]);
    }
  }
  return [...byPath].flatMap(
    ([path, writes]) => fileStep(path, writtenRegistry(toRegistryWrites(writes)), present) ?? [],
  );
}

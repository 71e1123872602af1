import { schannelDefaults, type WindowsId } from '../facts/tls-windows.ts';
import type { Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { version } from '../model/version.ts';
import { offerWords } from '../verdict/offer-words.ts';
import type { ProcessKind, ProcessVerdict, Verdict } from '../verdict/process-verdict.ts';
import { versionWords } from '../verdict/wording.ts';
import { fileKind } from '../workspace/file-kinds.ts';

/** What a report is made of, and what its host knows about files. */
export interface ReportRequest {
  /** The name of the folder or solution. */
  readonly title: string;
  /** `YYYY-MM-DD`; empty where there is no clock. */
  readonly date: string;
  readonly processes: readonly ProcessVerdict[];
  /** The file for people, with `/`. */
  display(path: FilePath): string;
  /** Counted from 1. */
  line(at: Location): number;
  /** Where a link from the report leads, not escaped; null where the reader has no such file. */
  href(path: FilePath): string | null;
}

/** A file, or a line of it. */
export interface ReportPlace {
  readonly text: string;
  readonly href: string | null;
}

export interface ReportReason {
  readonly text: string;
  readonly place: ReportPlace | null;
  readonly counts: boolean;
}

/** One process, or one target or configuration of it. */
export interface ReportEntry {
  readonly name: string;
  readonly file: ReportPlace;
  /** `a program, .NET Framework 4.5.2`. */
  readonly what: string;
  /** `offers TLS 1.0 only`. */
  readonly offer: string;
  readonly verdict: Verdict;
  readonly reasons: readonly ReportReason[];
  readonly fix: { readonly title: string; readonly place: ReportPlace } | null;
}

export type ReportSectionId = 'recompile' | 'change' | 'libraries' | 'unknown' | 'safe' | 'plug-ins' | 'not-affected';

export interface ReportSection {
  readonly id: ReportSectionId;
  readonly title: string;
  readonly intro: string;
  /** Whether all reasons are told, or only those that decide. */
  readonly isDetailed: boolean;
  readonly entries: readonly ReportEntry[];
}

/** What a process gets on Windows versions that are alike for all processes. */
export interface ReportWindows {
  /** `Windows 10, Server 2016, 2019`. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly file: ReportPlace;
    readonly cells: readonly { readonly verdict: Verdict; readonly offer: string }[];
  }[];
}

/** A page for a customer: what must be recompiled, what is a plug-in, what is safe, what could not be judged. */
export interface TlsReport {
  readonly title: string;
  readonly date: string;
  readonly tool: string;
  /** What the whole page says, in one or two sentences. */
  readonly summary: string;
  readonly counts: readonly { readonly verdict: Verdict; readonly count: number }[];
  /** Only those with entries, the urgent ones first. */
  readonly sections: readonly ReportSection[];
  readonly windows: ReportWindows;
}

/** Puts the verdicts of all processes into the order of a report. Plain data: formats are made from it. */
export function createTlsReport(request: ReportRequest): TlsReport {
  const { title, date, processes } = request;
  const sections = sectionKinds.map(({ holds, ...section }) => ({
    ...section,
    entries: processes.filter(holds).map((process) => entryOf(process, section.isDetailed, request)),
  }));
  return {
    title,
    date,
    tool: `Dynamics TLS ${version}`,
    summary: summaryOf(processes),
    counts: verdicts.map((verdict) => ({
      verdict,
      count: processes.filter((process) => process.verdict === verdict).length,
    })),
    sections: sections.filter(({ entries }) => entries.length > 0),
    windows: windowsOf(request),
  };
}

const verdicts: readonly Verdict[] = ['unsafe', 'unknown', 'safe', 'not-affected'];

interface SectionKind extends Omit<ReportSection, 'entries'> {
  holds(process: ProcessVerdict): boolean;
}

const isUnsafe = ({ verdict, kind }: ProcessVerdict) => verdict === 'unsafe' && kind !== 'library';
const isPlugIn = ({ verdict, kind }: ProcessVerdict) => verdict === 'not-affected' && kind === 'plugin-host';

/** Each process stands in exactly one section. */
const sectionKinds: readonly SectionKind[] = [
  {
    id: 'recompile',
    title: 'Must be recompiled',
    intro:
      'These programs offer no TLS version that the service accepts. Each needs the change that is named here, and a new build.',
    isDetailed: true,
    holds: (process) => isUnsafe(process) && isCompiled(process),
  },
  {
    id: 'change',
    title: 'Must be changed, without recompiling',
    intro: 'These connect once a configuration, a script or a setting of the machine is changed.',
    isDetailed: true,
    holds: (process) => isUnsafe(process) && !isCompiled(process),
  },
  {
    id: 'libraries',
    title: 'Libraries of these programs',
    intro: 'A library decides nothing about TLS. It connects as soon as the program that loads it does.',
    isDetailed: false,
    holds: ({ verdict, kind }) => verdict === 'unsafe' && kind === 'library',
  },
  {
    id: 'unknown',
    title: 'Could not be judged',
    intro: 'The files do not say what decides here. Look at the reasons, and at the machines on which these run.',
    isDetailed: true,
    holds: ({ verdict }) => verdict === 'unknown',
  },
  {
    id: 'plug-ins',
    title: 'Plug-ins and workflow activities',
    intro: 'They run inside the service or another host, which decides about TLS. Their target stays as it is.',
    isDetailed: false,
    holds: isPlugIn,
  },
  {
    id: 'safe',
    title: 'Safe',
    intro: 'These offer TLS 1.2 or later on every Windows version in support.',
    isDetailed: false,
    holds: ({ verdict }) => verdict === 'safe',
  },
  {
    id: 'not-affected',
    title: 'Not affected',
    intro: 'The target framework of these decides nothing about TLS to the service.',
    isDetailed: false,
    holds: (process) => process.verdict === 'not-affected' && !isPlugIn(process),
  },
];

/** Whether the change that helps is one of a project or of code, after which a program has to be built anew. */
function isCompiled({ fix, at }: ProcessVerdict): boolean {
  const kind = fileKind((fix?.at ?? at).path);
  return kind === 'project' || kind === 'msbuild-file' || kind === 'source';
}

function entryOf(process: ProcessVerdict, isDetailed: boolean, request: ReportRequest): ReportEntry {
  const steps = process.because.filter(({ effect }) => isDetailed || effect === 'decides');
  return {
    name: nameOf(process),
    file: { text: request.display(process.path), href: request.href(process.path) },
    what: whatOf(process),
    offer: offerWords(process),
    verdict: process.verdict,
    reasons: steps.map(({ text, at, effect }) => ({
      text,
      place: at && placeOf(at, request),
      counts: effect !== 'none',
    })),
    fix: process.fix && { title: process.fix.title, place: placeOf(process.fix.at, request) },
  };
}

function placeOf(at: Location, request: ReportRequest): ReportPlace {
  const line = request.line(at);
  const href = request.href(at.path);
  return { text: `${request.display(at.path)}:${line}`, href: href === null ? null : `${href}#L${line}` };
}

const kinds: Readonly<Record<ProcessKind, string>> = {
  exe: 'program',
  web: 'web application',
  test: 'test project',
  'plugin-host': 'loaded by a host',
  script: 'script',
  library: 'library',
};

function whatOf({ kind, framework, target, configurations }: ProcessVerdict): string {
  return [kinds[kind], frameworkWords(target ?? framework ?? ''), ...configurations].filter(Boolean).join(', ');
}

/** The name, with what tells several targets or configurations of a project apart. */
function nameOf({ name, target, configurations }: ProcessVerdict): string {
  const which = [frameworkWords(target ?? ''), ...configurations].filter(Boolean).join(', ');
  return which === '' ? name : `${name} (${which})`;
}

function frameworkWords(moniker: string): string {
  return moniker
    .replace(/^\.NETFramework,Version=v/, '.NET Framework ')
    .replace(/^\.NETCoreApp,Version=v/, '.NET ')
    .replace(/^\.NETStandard,Version=v/, '.NET Standard ')
    .replace(',Profile=Client', ' Client Profile');
}

function summaryOf(processes: readonly ProcessVerdict[]): string {
  const requirement = 'Dynamics 365 and Dataverse online accept TLS 1.2 and later only.';
  if (processes.length === 0) {
    return `${requirement} No project of .NET was found.`;
  }
  const count = (holds: (process: ProcessVerdict) => boolean) => processes.filter(holds).length;
  const failing = count(isUnsafe);
  const unknown = count(({ verdict }) => verdict === 'unknown');
  const failed =
    failing === 0
      ? 'No program was found that cannot connect.'
      : `${failing} ${failing === 1 ? 'program cannot connect and needs a change' : 'programs cannot connect and need a change'}.`;
  const open = unknown === 0 ? '' : ` ${unknown} could not be judged from the files.`;
  return `${requirement} ${failed}${open}`;
}

/** Windows versions that are alike for every process share a column. What is not affected has no row. */
function windowsOf(request: ReportRequest): ReportWindows {
  const rows = request.processes.filter(
    ({ windows, verdict }) => verdict !== 'not-affected' && windows.some(({ protocols }) => protocols.length > 0),
  );
  const cellOf = (process: ProcessVerdict, id: WindowsId) => {
    const offer = process.windows.find((candidate) => candidate.id === id);
    return { verdict: offer?.verdict ?? 'unknown', offer: offer ? versionWords(offer.protocols) : '' };
  };
  const columns = new Map<string, WindowsId[]>();
  for (const { id } of schannelDefaults) {
    const key = JSON.stringify(rows.map((process) => cellOf(process, id)));
    columns.set(key, [...(columns.get(key) ?? []), id]);
  }
  return {
    columns: rows.length === 0 ? [] : [...columns.values()].map(columnName),
    rows: rows.map((process) => ({
      name: nameOf(process),
      file: { text: request.display(process.path), href: request.href(process.path) },
      cells: [...columns.values()].map(([id]) => cellOf(process, id as WindowsId)),
    })),
  };
}

function columnName(ids: readonly WindowsId[]): string {
  const names = ids.map((id) => schannelDefaults.find((system) => system.id === id)?.name ?? id);
  return names
    .map((name, i) => (i > 0 && sameFamily(names[i - 1], name) ? name.replace(/^\w+ /, '') : name))
    .join(', ');
}

function sameFamily(one: string | undefined, other: string): boolean {
  return one?.split(' ')[0] === other.split(' ')[0];
}

/** What a verdict is called in a report. */
export const verdictWords: Readonly<Record<Verdict, { readonly word: string; readonly mark: string }>> = {
  unsafe: { word: 'cannot connect', mark: '\u2717' },
  unknown: { word: 'could not be judged', mark: '?' },
  safe: { word: 'safe', mark: '\u2713' },
  'not-affected': { word: 'not affected', mark: '\u2013' },
};

/** What a verdict means on one Windows version. */
export const connectionWords: Readonly<Record<Verdict, string>> = {
  unsafe: 'fails',
  unknown: 'not known',
  safe: 'connects',
  'not-affected': 'not affected',
};

/** Where the requirement and the defaults are documented, for the foot of a report. */
export const reportSources: readonly { readonly title: string; readonly href: string }[] = [
  {
    title: 'the requirement',
    href: 'https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity',
  },
  {
    title: 'TLS in .NET Framework',
    href: 'https://learn.microsoft.com/dotnet/framework/network-programming/tls',
  },
  {
    title: 'what the service accepts',
    href: 'https://learn.microsoft.com/power-platform/admin/server-cipher-tls-requirements',
  },
];

/** What every report says at its foot about itself. */
export const reportLimits =
  'Made from the files of the workspace alone: nothing was executed, and no server was contacted. Windows versions count as first released; updates, policies and the registry of a machine may differ.';

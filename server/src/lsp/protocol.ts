/**
 * Requests and notifications besides LSP's own. The only file of the server that the client imports.
 */
import type { ProcessVerdict, WindowsGroup } from '../core/index.ts';
import type { ProbeReport, TargetView } from '../probe/index.ts';

export type { ApiOffer, ProcessKind, Verdict, WindowsGroup, WindowsOffer } from '../core/index.ts';
export type { TargetView, TonedText } from '../probe/index.ts';

/** Server to client, whenever it changes: what the language status item shows. */
export const statusNotification = 'dynamicsTls/status';

export interface ServerStatus {
  readonly state: 'busy' | 'idle';
  /** Projects done and to do while busy. */
  readonly done: number;
  readonly total: number;
  readonly errors: number;
  readonly warnings: number;
  readonly informations: number;
  readonly projects: number;
}

/** The language of the logs that tools of Dynamics 365 write, as package.json contributes it. */
export const logLanguage = 'dynamics-log';

/** Client to server, from the command "Audit Workspace": look for files anew, analyse all, answer with the counts. */
export const auditRequest = 'dynamicsTls/audit';

/** Server to client, where the server has no disk: all relevant files of a workspace folder. */
export const findFilesRequest = 'dynamicsTls/findFiles';

export interface FindFilesParams {
  /** URI of the workspace folder. */
  readonly folder: string;
  /** Extensions with a dot, in lower case. */
  readonly extensions: readonly string[];
  /** Whole names in lower case; one with `*` at its end is the beginning of a name. */
  readonly names: readonly string[];
}

/** Server to client, where the server has no disk: the bytes of a file as base64, or null when it is not there. */
export const readFileRequest = 'dynamicsTls/readFile';

/** Server to client, where the server has no disk: what stands at a URI, and the names in a folder. */
export const readFolderRequest = 'dynamicsTls/readFolder';

export interface FolderContent {
  readonly kind: 'file' | 'folder';
  readonly entries: readonly { readonly name: string; readonly isFolder: boolean }[];
}

/** What the client tells the server at start, in `initializationOptions`. */
export interface InitializationOptions {
  /** Set for workspaces that no disk holds: the server then asks the client for files. */
  readonly clientFiles?: boolean;
  /** Set for clients that have {@link showSummaryCommand}. */
  readonly showsSummaries?: boolean;
  /** Settings for clients without `workspace/configuration`. */
  readonly settings?: unknown;
}

/** Client to server, from the command "Check Visual Studio 2015 Hosting Process" and the notice at start. */
export const hostingProcessRequest = 'dynamicsTls/hostingProcess';

export interface HostingProcessResult {
  /** Programs that Visual Studio 2015 debugs in its hosting process, and what shows it: only a solution is sure. */
  readonly programs: readonly {
    readonly uri: string;
    readonly place: { readonly uri: string; readonly range: WireRange };
    readonly sign: 'solution' | 'tools-version' | 'folder';
  }[];
  /** Committed files of the hosting process. */
  readonly files: readonly string[];
  /** LSP's WorkspaceEdit that switches the process off in all programs. */
  readonly edit: unknown;
  /** True where the machine says that Visual Studio 2015 is installed on it. */
  readonly isInstalled: boolean;
}

/** A command of the client that shows a page of Markdown: what is left to do after a retarget. */
export const showSummaryCommand = 'dynamicsTls.showRetargetSummary';

/** Client to server, from {@link showSummaryCommand}: the page of the code action that was chosen last. */
export const retargetSummaryRequest = 'dynamicsTls/retargetSummary';

/** Client to server, from the commands "Retarget Project" and "Retarget Solution": what there is to choose from. */
export const retargetChoicesRequest = 'dynamicsTls/retargetChoices';

export interface RetargetChoices {
  readonly targets: readonly {
    readonly version: string;
    readonly description: string;
    readonly isPreferred: boolean;
  }[];
  /** Projects with a target of .NET Framework. */
  readonly projects: readonly {
    readonly uri: string;
    readonly name: string;
    readonly versions: readonly string[];
    readonly role: string;
  }[];
  readonly solutions: readonly { readonly uri: string; readonly name: string; readonly projects: number }[];
}

/** Client to server: what retargeting changes. Nothing is changed before the client applies the edit. */
export const retargetRequest = 'dynamicsTls/retarget';

export interface RetargetParams {
  /** Without `v`. */
  readonly goal: string;
  /** URI of one project, which is retargeted even if it is a plug-in. */
  readonly project: string | null;
  /** URI of a solution, whose projects are retargeted; the workspace where both are null. */
  readonly solution: string | null;
}

export interface RetargetAnswer {
  /** LSP's WorkspaceEdit with change annotations. */
  readonly edit: unknown;
  /** Projects that are retargeted, and files that change. */
  readonly projects: number;
  readonly files: number;
  /** Projects that are left as they are. */
  readonly leftAlone: number;
  /** What is done and what is left to do. */
  readonly markdown: string;
}

/** Client to server, from the command "Fix All Findings in Workspace": safe fixes, and those to be confirmed apart. */
export const fixAllRequest = 'dynamicsTls/fixAll';

export interface FixAllAnswer {
  /** LSP's WorkspaceEdit with change annotations. */
  readonly edit: unknown;
  readonly safe: number;
  readonly toConfirm: number;
  /** Fixes to be confirmed in files that change now: they are offered the next time. */
  readonly later: number;
  readonly files: number;
}

/** LSP's range. */
export interface WireRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** What the server declares in `capabilities.experimental`. */
export interface ExperimentalCapabilities {
  /** Whether there are sockets: without them {@link probeRequest} and the requests beside it are not answered. */
  readonly dynamicsTlsProbe: boolean;
  /** Whether the server runs on a machine with a registry: without one, {@link machineRequest} wants exported files. */
  readonly dynamicsTlsMachine: boolean;
}

/**
 * Client to server, from the command "Check Dynamics TLS": probe one URL. The only request upon which the server
 * contacts a host. Cancelling it closes every connection.
 */
export const probeRequest = 'dynamicsTls/probe';

export interface ProbeParams {
  readonly url: string;
  /** Sends one request without a token to learn the sign-in host, and probes that host too. */
  readonly asksSignIn: boolean;
  /** Asks a well-known host as well when this one is blocked, to tell the two kinds of trouble apart. */
  readonly asksControl: boolean;
  readonly proxy: ProxySettings;
}

/** The editor's settings below `http.`; environment variables are read by the server itself. */
export interface ProxySettings {
  /** `http.proxySupport` is `off`: no proxy at all, whatever else is set. */
  readonly isOff: boolean;
  /** `http.proxy`, empty where it is not set. */
  readonly url: string;
  /** `http.noProxy`. */
  readonly noProxy: readonly string[];
  /** `http.proxyAuthorization`; null where it is not set. */
  readonly authorization: string | null;
  /** `http.proxyStrictSSL`: whether the certificate of a proxy that speaks TLS itself must be good. */
  readonly isStrict: boolean;
}

export interface ProbeAnswer {
  readonly report: ProbeReport;
  /** One for each target of the report, in words. */
  readonly views: readonly TargetView[];
  /** The verdict of the first target in one sentence. */
  readonly sentence: string;
  readonly markdown: string;
  /** What the command line prints with `--format json`; schema `probe.schema.json`. */
  readonly json: string;
}

/** Server to client while it probes: what it does now, for the progress notification. */
export const probeProgressNotification = 'dynamicsTls/probeProgress';

/** Server to client while it probes: user name and password for a proxy that wants them; null when nobody knows. */
export const proxyCredentialsRequest = 'dynamicsTls/proxyCredentials';

export interface ProxyPlace {
  readonly host: string;
  readonly port: number;
}

export interface ProxyCredentials {
  readonly username: string;
  readonly password: string;
}

/** Server to client while it probes: may the sign-in host that the server named be contacted? */
export const confirmSignInHostRequest = 'dynamicsTls/confirmSignInHost';

/** Client to server, while a person types a URL: what is wrong with it, or what would be contacted. Contacts nobody. */
export const checkUrlRequest = 'dynamicsTls/checkUrl';

export type CheckedUrl =
  | { readonly url: string; readonly place: string; readonly service: string }
  | { readonly problem: string };

/** Client to server, before a person types a URL: the Dynamics URLs in the files of the workspace. Contacts nobody. */
export const workspaceUrlsRequest = 'dynamicsTls/workspaceUrls';

/** One Dynamics host of the workspace. */
export interface WorkspaceUrl {
  /** Without user, query and fragment. */
  readonly url: string;
  /** Files that name it, relative to their workspace folder; at most {@link maximalFilesOfUrl}. */
  readonly files: readonly string[];
}

export const maximalFilesOfUrl = 3;

/** Client to server, for the code lenses of a document: the Dynamics URLs in a text. Contacts nobody. */
export const urlsInTextRequest = 'dynamicsTls/urlsInText';

export interface UrlInText {
  readonly url: string;
  /** UTF-16 units from the start of the text. */
  readonly start: number;
  readonly end: number;
}

/** Client to server, from the command "Explain Connection Error": what do these errors mean? Contacts nobody. */
export const explainErrorRequest = 'dynamicsTls/explainError';

/** A text that the person selected or copied, or the bytes of a file, whose encoding the server finds out. */
export type ExplainErrorParams = { readonly text: string } | { readonly base64: string };

export interface ExplainErrorAnswer {
  /** The first cause in one sentence; null when nothing was recognised. */
  readonly sentence: string | null;
  /** What the client may offer as buttons. */
  readonly actions: readonly ('audit' | 'probe' | 'registry')[];
  readonly markdown: string;
}

/**
 * Client to server, from the command "Check This Machine": what does the registry do to TLS? Without files, the server
 * reads the registry of its machine with the reg.exe of Windows; that is the only request upon which it starts a program.
 */
export const machineRequest = 'dynamicsTls/machine';

export interface MachineParams {
  /** Exported registry files as base64; null for the machine itself. */
  readonly files: readonly { readonly name: string; readonly base64: string }[] | null;
  /** The id of the Windows that the files come from, where a person told it. */
  readonly windows: string | null;
}

export type MachineAnswer =
  | {
      readonly sentence: string;
      readonly hasProblem: boolean;
      /** False where the files do not tell the version of Windows. */
      readonly knowsWindows: boolean;
      /** Whether values of .NET Framework, Schannel or WinHTTP are to be created. */
      readonly wantsRegistryFile: boolean;
      readonly markdown: string;
    }
  | { readonly problem: string };

/** Client to server: the versions of Windows that a person can choose from. */
export const windowsVersionsRequest = 'dynamicsTls/windowsVersions';

export interface WindowsVersion {
  readonly id: string;
  readonly name: string;
}

/** Client to server, from the command "Create Registry File": the files to write. Nothing is written by the server. */
export const registryFilesRequest = 'dynamicsTls/registryFiles';

export interface RegistryFilesParams {
  readonly schannel: boolean;
  readonly winHttp: boolean;
  /** Exports of the machine as it is, as base64; empty where there are none. */
  readonly before: readonly string[];
}

export type RegistryFilesAnswer =
  | { readonly files: readonly { readonly name: string; readonly purpose: string; readonly base64: string }[] }
  | { readonly problem: string };

/** Client to server, from the command "Create Registry File": edits that set the switch in one configuration file. */
export const switchEditsRequest = 'dynamicsTls/switchEdits';

export interface SwitchEditsParams {
  /** The last part of its path. */
  readonly name: string;
  /** Empty for a file that is not there. */
  readonly text: string;
}

export type SwitchEditsAnswer =
  /** Offsets in UTF-16 units. */
  | { readonly edits: readonly { readonly start: number; readonly end: number; readonly newText: string }[] }
  | { readonly problem: string };

/**
 * Client to server, for the tree of processes and the report: the verdict of every process of the workspace, by
 * project. Contacts nobody.
 */
export const processesRequest = 'dynamicsTls/processes';

/** Server to client, after an analysis that gave another verdict, another reason or another place than the last one. */
export const processesChangedNotification = 'dynamicsTls/processesChanged';

export interface ProcessesAnswer {
  readonly processes: readonly WireProcess[];
}

/** Core's ProcessVerdict with URIs and LSP's ranges in place of paths and offsets, and the words of its offer. */
export interface WireProcess extends Omit<ProcessVerdict, 'path' | 'because' | 'fix' | 'at' | 'programs'> {
  /** Of the project file, the script, or the `web.config` of a web site. */
  readonly uri: string;
  /** The same for people: relative to its workspace folder. */
  readonly file: string;
  /** `offers TLS 1.0 only`. */
  readonly offer: string;
  readonly groups: readonly WindowsGroup[];
  readonly because: readonly {
    readonly text: string;
    readonly effect: ProcessVerdict['because'][number]['effect'];
    readonly at: WireLocation | null;
  }[];
  readonly fix: { readonly title: string; readonly at: WireLocation } | null;
  readonly at: WireLocation;
  /** For a library: the URIs of the programs that load it. */
  readonly programs: readonly string[];
}

export interface WireLocation {
  readonly uri: string;
  readonly range: WireRange;
  /** The file for people, with its line counted from 1: `src/App/App.csproj:7`. */
  readonly label: string;
}

/**
 * The command of the code lenses about processes, which the server carries out itself: it shows the place that decides,
 * and the chain as a message where the client cannot show a document. Its argument is the id of the process.
 */
export const showProcessCommand = 'dynamicsTls.showProcess';

/** Client to server, from the command "Create TLS Report": the page about all processes. Contacts nobody. */
export const reportRequest = 'dynamicsTls/report';

export interface ReportParams {
  readonly format: 'html' | 'markdown';
  /** URI of the folder where the page will be; its links to files begin there. */
  readonly folder: string;
}

export interface ReportAnswer {
  readonly text: string;
  /** What the whole page says, in one or two sentences. */
  readonly summary: string;
}

import { type CodeLens, CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';
import {
  type FilePath,
  type Location,
  lensTitle,
  offerWords,
  type ProcessVerdict,
  relativePath,
  windowsGroups,
} from '../core/index.ts';
import type { Converter } from './convert.ts';
import {
  type ProcessesAnswer,
  processesChangedNotification,
  processesRequest,
  showProcessCommand,
  type WireLocation,
  type WireProcess,
} from './protocol.ts';
import type { ServerWorkspace } from './workspace.ts';

/** What of the client matters here. */
export interface ProcessClient {
  readonly showsDocuments: boolean;
  readonly refreshesCodeLenses: boolean;
}

/** Answers with the verdicts of all processes, says when they are others, and carries the lenses' command out. */
export function handleProcesses(
  connection: Connection,
  workspace: ServerWorkspace,
  converter: Converter,
  client: () => ProcessClient,
): void {
  connection.onRequest(processesRequest, async (): Promise<ProcessesAnswer> => {
    const { processes } = await workspace.analysis();
    const wire = wireConverter(workspace, converter);
    return { processes: processes.map(wire) };
  });
  let last: readonly ProcessVerdict[] = [];
  workspace.onAnalysis(({ processes }) => {
    // A verdict that did not change is the same object as before.
    if (processes.length !== last.length || processes.some((process, index) => process !== last[index])) {
      last = processes;
      void connection.sendNotification(processesChangedNotification);
      if (client().refreshesCodeLenses) {
        void connection.sendRequest(CodeLensRefreshRequest.type);
      }
    }
  });
  connection.onExecuteCommand(async ({ command, arguments: [id] = [] }) => {
    const { processes } = await workspace.analysis();
    const process = command === showProcessCommand ? processes.find((candidate) => candidate.id === id) : undefined;
    if (process) {
      await showProcess(process, connection, converter, client());
    }
  });
}

/** The place that decides; the chain as a message where the client cannot open a document. */
async function showProcess(
  process: ProcessVerdict,
  connection: Connection,
  converter: Converter,
  client: ProcessClient,
): Promise<void> {
  if (client.showsDocuments) {
    const place = process.because.find(({ at, effect }) => at && effect === 'decides')?.at ?? process.at;
    const { uri, range } = converter.location(place);
    await connection.window.showDocument({ uri, selection: range, takeFocus: true });
    return;
  }
  const steps = process.because.map(({ text }) => text).join(' ');
  connection.window.showInformationMessage(`${process.name} ${offerWords(process)}. ${steps}`);
}

/** The code lenses of a file: one for each place that decides what a process runs like. */
export function processLenses(path: FilePath, processes: readonly ProcessVerdict[], converter: Converter): CodeLens[] {
  const byPlace = new Map<number, ProcessVerdict[]>();
  for (const process of processes) {
    for (const at of lensPlaces(process)) {
      if (at.path === path) {
        byPlace.set(at.range.start, [...(byPlace.get(at.range.start) ?? []), process]);
      }
    }
  }
  return [...byPlace].map(([start, here]) => {
    const [first] = here as [ProcessVerdict, ...ProcessVerdict[]];
    const title = here.length === 1 ? lensTitle(first) : sharedTitle(here);
    return {
      range: converter.range(path, { start, end: start + 1 }),
      command: { title, command: showProcessCommand, arguments: [first.id] },
    };
  });
}

/** The value of the target, and for a site the one that decides in its configuration. */
function lensPlaces({ kind, at, because }: ProcessVerdict): Location[] {
  const deciding = because.find(({ effect }) => effect === 'decides')?.at;
  const isSite = kind === 'web' && deciding && deciding.path !== at.path && deciding.path.endsWith('.config');
  return isSite ? [at, deciding] : [at];
}

/** Of a place that several processes share. */
function sharedTitle(processes: readonly ProcessVerdict[]): string {
  const offers = new Map<string, number>();
  for (const process of processes) {
    const words = offerWords(process);
    offers.set(words, (offers.get(words) ?? 0) + 1);
  }
  const parts = [...offers].map(([words, count]) => (offers.size === 1 ? words : `${count} ${words}`));
  return `${processes.length} processes: ${parts.join(', ')}`;
}

/** Turns a verdict into what the client understands. */
function wireConverter(workspace: ServerWorkspace, converter: Converter): (process: ProcessVerdict) => WireProcess {
  const nowhere = { start: 0, end: 0 };
  const uri = (path: FilePath) => converter.location({ path, range: nowhere }).uri;
  const display = (path: FilePath) => {
    const root = workspace.roots.find((candidate) => path.startsWith(`${candidate}/`));
    return root === undefined ? path : relativePath(root, path);
  };
  const location = (at: Location): WireLocation => {
    const { range } = converter.location(at);
    return { uri: uri(at.path), range, label: `${display(at.path)}:${range.start.line + 1}` };
  };
  return ({ path, because, fix, at, programs, ...process }) => ({
    ...process,
    uri: uri(path),
    file: display(path),
    offer: offerWords({ ...process, path, because, fix, at, programs }),
    groups: windowsGroups({ ...process, path, because, fix, at, programs }),
    because: because.map((step) => ({ text: step.text, effect: step.effect, at: step.at && location(step.at) })),
    fix: fix && { title: fix.title, at: location(fix.at) },
    at: location(at),
    programs: programs.map(uri),
  });
}

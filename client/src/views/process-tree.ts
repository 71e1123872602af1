import {
  type Disposable,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type ProcessesAnswer,
  processesChangedNotification,
  processesRequest,
  type Verdict,
  type WireLocation,
  type WireProcess,
} from '../../../server/src/lsp/protocol.ts';
import { toRange } from './wire-range.ts';

/** A process, or a line about one. */
export type ProcessNode =
  | { readonly kind: 'process'; readonly process: WireProcess }
  | {
      readonly kind: 'line';
      readonly process: WireProcess;
      readonly id: string;
      readonly text: string;
      readonly icon: string;
      readonly at: WireLocation | null;
      readonly note: string;
    };

/** The view "Dynamics TLS": every process of the workspace with its verdict, and below it the reasons. */
export function createProcessTree(client: BaseLanguageClient, started: Promise<void>): Disposable {
  const changed = new EventEmitter<undefined>();
  let processes: readonly WireProcess[] = [];
  const provider: TreeDataProvider<ProcessNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    async getChildren(node) {
      if (node) {
        return node.kind === 'process' ? linesOf(node.process) : [];
      }
      await started;
      ({ processes } = await client.sendRequest<ProcessesAnswer>(processesRequest));
      showCount(view, processes);
      return [...processes].sort(byUrgency).map((process): ProcessNode => ({ kind: 'process', process }));
    },
    getParent: (node) => (node.kind === 'line' ? { kind: 'process', process: node.process } : undefined),
  };
  const view = window.createTreeView('dynamicsTls.processes', { treeDataProvider: provider, showCollapseAll: true });
  const listener = client.onNotification(processesChangedNotification, () => changed.fire(undefined));
  return {
    dispose() {
      view.dispose();
      listener.dispose();
      changed.dispose();
    },
  };
}

interface Look {
  readonly word: string;
  readonly icon: string;
  readonly color: string;
}

const looks: Readonly<Record<Verdict, Look>> = {
  unsafe: { word: 'unsafe', icon: 'error', color: 'problemsErrorIcon.foreground' },
  unknown: { word: 'not known', icon: 'question', color: 'problemsWarningIcon.foreground' },
  safe: { word: 'safe', icon: 'pass', color: 'testing.iconPassed' },
  'not-affected': { word: 'not affected', icon: 'circle-slash', color: 'disabledForeground' },
};

const urgency: readonly Verdict[] = ['unsafe', 'unknown', 'safe', 'not-affected'];

function byUrgency(a: WireProcess, b: WireProcess): number {
  return urgency.indexOf(a.verdict) - urgency.indexOf(b.verdict) || a.file.localeCompare(b.file);
}

function showCount(view: TreeView<ProcessNode>, processes: readonly WireProcess[]): void {
  const unsafe = processes.filter(({ verdict }) => verdict === 'unsafe').length;
  view.badge =
    unsafe === 0
      ? undefined
      : { value: unsafe, tooltip: `${unsafe} ${unsafe === 1 ? 'process offers' : 'processes offer'} no TLS 1.2` };
}

function treeItem(node: ProcessNode): TreeItem {
  return node.kind === 'process' ? processItem(node.process) : lineItem(node);
}

function processItem(process: WireProcess): TreeItem {
  const { word, icon, color } = looks[process.verdict];
  const offer = process.offer.endsWith(word) ? '' : process.offer;
  const which = [process.target, ...process.configurations].filter(Boolean).join(', ');
  const item = new TreeItem(process.name, TreeItemCollapsibleState.Collapsed);
  item.id = process.id;
  item.description = [word, offer, which].filter(Boolean).join(' \u00b7 ');
  item.iconPath = new ThemeIcon(icon, new ThemeColor(color));
  item.contextValue = `process ${process.verdict}`;
  item.tooltip = `${process.file}\n${verdictText(process)}`;
  item.accessibilityInformation = { label: [process.name, word, offer, which].filter(Boolean).join(', ') };
  return item;
}

function lineItem(node: Extract<ProcessNode, { kind: 'line' }>): TreeItem {
  const item = new TreeItem(node.text, TreeItemCollapsibleState.None);
  item.id = node.id;
  item.description = node.at?.label ?? '';
  item.iconPath = new ThemeIcon(node.icon);
  item.contextValue = 'line';
  item.tooltip = [node.text, node.note].filter(Boolean).join('\n');
  item.accessibilityInformation = { label: [node.note, node.text, node.at?.label].filter(Boolean).join(', ') };
  if (node.at) {
    item.command = {
      command: 'vscode.open',
      title: 'Open',
      arguments: [Uri.parse(node.at.uri), { selection: toRange(node.at.range) }],
    };
  }
  return item;
}

const effectIcons = { decides: 'debug-breakpoint', raises: 'arrow-up', lowers: 'arrow-down', none: 'dash' } as const;
const effectNotes = {
  decides: 'This decides.',
  raises: 'This speaks against it.',
  lowers: 'This speaks for it.',
  none: 'This does not decide.',
} as const;

/** The change that helps, the reasons, and the Windows versions where it is otherwise. */
function linesOf(process: WireProcess): ProcessNode[] {
  const line = (id: string, text: string, icon: string, at: WireLocation | null, note: string): ProcessNode => ({
    kind: 'line',
    process,
    id: `${process.id}\n${id}`,
    text,
    icon,
    at,
    note,
  });
  const { fix } = process;
  return [
    ...(fix ? [line('fix', fix.title, 'wrench', fix.at, 'The smallest change that helps.')] : []),
    ...process.because.map(({ text, effect, at }, i) =>
      line(`because ${i}`, text, effectIcons[effect], at, effectNotes[effect]),
    ),
    ...process.groups.map(({ names, offer, verdict }, i) =>
      line(`windows ${i}`, `${names}: ${offer}, ${looks[verdict].word}`, 'vm', null, 'By Windows version.'),
    ),
  ];
}

/** A process and its reasons as text, to be copied. */
export function verdictText(process: WireProcess): string {
  const reasons = process.because.map(({ text, at }) => `- ${text}${at ? ` (${at.label})` : ''}`);
  const fix = process.fix ? [`Change: ${process.fix.title} (${process.fix.at.label})`] : [];
  return [`${process.name}: ${looks[process.verdict].word}, ${process.offer}`, ...reasons, ...fix].join('\n');
}

/** What a command of the tree was called with; undefined for anything else. */
export function nodeOf(argument: unknown): ProcessNode | undefined {
  const node = argument as ProcessNode | undefined;
  return node?.kind === 'process' || node?.kind === 'line' ? node : undefined;
}

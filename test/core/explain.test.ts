import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  createAnalyzer,
  defaultSettings,
  LineIndex,
  type Location,
  type ProcessVerdict,
} from '../../server/src/core/index.ts';
import { runCli } from '../harness/cli-io.ts';
import { LspClient, uriOf } from '../harness/lsp-client.ts';
import { MemoryHost } from '../harness/memory-host.ts';
import { type PlannedProcess, plannedProcesses, scenarioFiles } from '../harness/planned-processes.ts';
import { checkJson } from '../harness/schema.ts';

const folder = fileURLToPath(new URL('../scenarios/misleading', import.meta.url));
const planned = plannedProcesses(folder);

test('core: single findings mislead, and the verdicts with their chains do not', () => {
  const host = new MemoryHost(scenarioFiles(folder, '/w'));
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(host.files.keys());
  const place = (at: Location) => {
    const { line } = new LineIndex(host.readText(at.path) ?? '').positionAt(at.range.start);
    return `${at.path.slice('/w/'.length)}:${line + 1}`;
  };
  const plain = (process: ProcessVerdict): PlannedProcess => ({
    project: process.path.slice('/w/'.length),
    kind: process.kind,
    verdict: process.verdict,
    chain: process.because.flatMap(({ at, effect }) => (at ? [`${effect} ${place(at)}`] : [])),
    offer: process.windows.find(({ id }) => id === '10')?.protocols ?? [],
    fix: process.fix && place(process.fix.at),
  });
  assertPlanned(analyzer.analyze().processes.map(plain));
});

test('command line: explain gives the same verdicts, chains and fixes, and audit the same verdicts', async () => {
  const { stdout, exitCode } = await runCli(['explain', '--format', 'json'], folder);
  assert.equal(exitCode, 1);
  const { processes } = checkJson('explain', stdout);
  assertPlanned(processes.map(fromJson));
  const audit = checkJson('audit', (await runCli(['audit', '--format', 'json'], folder)).stdout);
  assert.deepEqual(
    audit.projects.map(({ file, verdict }: { file: string; verdict: string }) => [file, verdict]),
    planned.map(({ project, verdict }) => [project, verdict]),
  );
});

interface Place {
  readonly file: string | null;
  readonly line: number | null;
}

interface JsonProcess extends Omit<PlannedProcess, 'chain' | 'offer' | 'fix'> {
  readonly because: readonly (Place & { readonly effect: string })[];
  readonly windows: readonly { readonly id: string; readonly protocols: readonly string[] }[];
  readonly fix: Place | null;
}

function fromJson({ project, kind, verdict, because, windows, fix }: JsonProcess): PlannedProcess {
  return {
    project,
    kind,
    verdict,
    chain: because.filter(({ file }) => file !== null).map(({ file, line, effect }) => `${effect} ${file}:${line}`),
    offer: windows.find(({ id }) => id === '10')?.protocols ?? [],
    fix: fix && `${fix.file}:${fix.line}`,
  };
}

test('language server: the request, the code lenses and the hover say the same', async (t) => {
  const client = await LspClient.start({ folders: [folder] });
  t.after(() => client.stop());
  const { processes } = await client.connection.sendRequest<{ processes: readonly WireProcess[] }>(
    'dynamicsTls/processes',
  );
  assertPlanned(processes.map(fromWire));
  const lens = async (file: string) => {
    const path = join(folder, file);
    await client.open(path, readFileSync(path, 'utf8'));
    const lenses = await client.connection.sendRequest<readonly Lens[]>('textDocument/codeLens', {
      textDocument: { uri: uriOf(path) },
    });
    return lenses.map(({ range, command }) => `${range.start.line + 1}: ${command.title}`);
  };
  assert.deepEqual(await lens('Portal/Web.config'), ['5: offers TLS 1.0 only · 3 reasons']);
  assert.deepEqual(await lens('Portal/Portal.csproj'), ['6: offers TLS 1.0 only · 3 reasons']);
  assert.deepEqual(await lens('Billing/Billing.csproj'), ['4: offers what Windows offers · 3 reasons']);
  const hover = await client.connection.sendRequest<{ contents: { value: string } }>('textDocument/hover', {
    textDocument: { uri: uriOf(join(folder, 'Portal/Web.config')) },
    position: { line: 4, character: 36 },
  });
  assert.match(hover.contents.value, /^\*\*Portal\.csproj: unsafe\*\* · offers TLS 1\.0 only · 3 reasons/);
  assert.match(hover.contents.value, /- \*\*decides\*\* httpRuntime runs the site like .*\(\[Web\.config:5\]\(file:/);
  const [first] = await client.connection.sendRequest<readonly Lens[]>('textDocument/codeLens', {
    textDocument: { uri: uriOf(join(folder, 'Portal/Web.config')) },
  });
  await client.connection.sendRequest('workspace/executeCommand', first?.command);
  // This client shows no documents, so that the chain is a message.
  await client.until(() =>
    client.shown.some((text) => /Portal\.csproj offers TLS 1\.0 only\. .*httpRuntime/.test(text)),
  );
  client.options.settings = { processCodeLens: false };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.diagnostics(join(folder, 'Portal/Web.config'));
  assert.deepEqual(await lens('Portal/Web.config'), []);
});

interface Lens {
  readonly range: { readonly start: { readonly line: number } };
  readonly command: { readonly title: string; readonly command: string; readonly arguments: readonly string[] };
}

interface WireProcess extends Omit<JsonProcess, 'project' | 'because' | 'fix'> {
  readonly file: string;
  readonly because: readonly { readonly effect: string; readonly at: { readonly label: string } | null }[];
  readonly fix: { readonly at: { readonly label: string } } | null;
}

function fromWire({ file, because, fix, ...process }: WireProcess): PlannedProcess {
  const at = (label: string | undefined): Place => {
    const colon = label?.lastIndexOf(':') ?? 0;
    return label === undefined
      ? { file: null, line: null }
      : { file: label.slice(0, colon), line: Number(label.slice(colon + 1)) };
  };
  return fromJson({
    ...process,
    project: file,
    because: because.map((step) => ({ ...at(step.at?.label), effect: step.effect })),
    fix: fix && at(fix.at.label),
  });
}

/** A chain may have more steps than are planned, but none that decides or weighs. */
function assertPlanned(processes: readonly PlannedProcess[]): void {
  const withoutRest = processes.map((process) => {
    const wanted = planned.find(({ project }) => project === process.project)?.chain ?? [];
    return { ...process, chain: process.chain.filter((step) => !step.startsWith('none ') || wanted.includes(step)) };
  });
  assert.deepEqual(
    withoutRest.map((process) => ({ ...process, chain: [...new Set(process.chain)] })),
    planned,
  );
}

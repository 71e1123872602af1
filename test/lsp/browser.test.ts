import assert from 'node:assert/strict';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { plannedProcesses, scenarioFiles } from '../harness/planned-processes.ts';

const bundle = fileURLToPath(new URL('../../dist/browser/server.js', import.meta.url));

/** The scope of a web worker, as far as the message reader and writer use it. */
const scope = `
  const { parentPort } = require('node:worker_threads');
  globalThis.self = {
    postMessage: (message) => parentPort.postMessage(message),
    set onmessage(listener) { parentPort.on('message', (data) => listener({ data })); },
    addEventListener() {},
  };
  require(${JSON.stringify(bundle)});
`;

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** Files of a virtual workspace by URI; everything that the server asks for is noted. */
class VirtualClient {
  readonly asked: string[] = [];
  readonly #files: Readonly<Record<string, string>>;
  readonly #worker: Worker;
  readonly #answers = new Map<number | string, (result: unknown) => void>();
  #nextId = 1;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = files;
    this.#worker = new Worker(scope, { eval: true });
    this.#worker.on('message', (message: Message) => this.#receive(message));
  }

  request<T>(method: string, params?: unknown): Promise<T> {
    const id = this.#nextId++;
    this.#worker.postMessage({ jsonrpc: '2.0', id, method, params });
    return new Promise((resolve) => this.#answers.set(id, resolve as (result: unknown) => void));
  }

  notify(method: string, params?: unknown): void {
    this.#worker.postMessage({ jsonrpc: '2.0', method, params });
  }

  stop(): Promise<number> {
    return this.#worker.terminate();
  }

  #receive({ id, method, params, result }: Message): void {
    if (method === undefined) {
      this.#answers.get(id ?? '')?.(result);
    } else if (id !== undefined) {
      this.asked.push(`${method} ${typeof params === 'string' ? params : ''}`.trim());
      this.#worker.postMessage({ jsonrpc: '2.0', id, result: this.#answer(method, params) ?? null });
    }
  }

  #answer(method: string, params: unknown): unknown {
    const uris = Object.keys(this.#files);
    switch (method) {
      case 'dynamicsTls/findFiles':
        return uris.filter((uri) => /\.(csproj|props|config|cs|dynamics-tls\.json)$/.test(uri));
      case 'dynamicsTls/readFile': {
        const text = this.#files[params as string];
        return text === undefined ? null : Buffer.from(text).toString('base64');
      }
      case 'dynamicsTls/readFolder': {
        const prefix = `${params as string}/`;
        const names = uris.filter((uri) => uri.startsWith(prefix)).map((uri) => uri.slice(prefix.length).split('/'));
        const entries = names.map(([name, ...rest]) => ({ name, isFolder: rest.length > 0 }));
        return entries.length === 0 ? null : { kind: 'folder', entries };
      }
      case 'workspace/configuration':
        return (params as { items: unknown[] }).items.map(() => null);
      default:
        return null;
    }
  }
}

test('the server of the browser reads a virtual workspace through its client, and finds what stands in it', async (t) => {
  const root = 'vscode-vfs://github/contoso/sync';
  const project =
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>';
  const client = new VirtualClient({
    [`${root}/Directory.Build.props`]:
      '<Project><PropertyGroup><TargetFramework>net452</TargetFramework></PropertyGroup></Project>',
    [`${root}/a/A.csproj`]: project,
    [`${root}/b/B.csproj`]: project,
    [`${root}/.dynamics-tls.json`]: '{ "extends": "policy.json", "targetFrame": "4.8" }',
    [`${root}/policy.json`]: '{ "rules": { "target-framework-too-old": "hint" } }',
  });
  t.after(() => client.stop());
  await client.request('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: root, name: 'sync' }],
    capabilities: { textDocument: { diagnostic: {} }, workspace: { configuration: true, workspaceFolders: true } },
    initializationOptions: { clientFiles: true },
  });
  client.notify('initialized', {});
  const { items } = await client.request<{ items: { uri: string; items: { code: string; severity: number }[] }[] }>(
    'workspace/diagnostic',
    {
      previousResultIds: [],
    },
  );
  assert.deepEqual(
    items.map(({ uri, items: found }) => [
      decodeURIComponent(uri),
      found.map(({ code, severity }) => `${code} ${severity}`),
    ]),
    [
      [`${root}/.dynamics-tls.json`, ['configuration-invalid 2']],
      [`${root}/Directory.Build.props`, ['target-framework-too-old 4']],
    ],
  );
  assert.ok(client.asked.some((request) => request.startsWith('dynamicsTls/readFile')));
});

test('the server of the browser gives the same verdicts with the same chains', async (t) => {
  const folder = fileURLToPath(new URL('../scenarios/misleading', import.meta.url));
  const root = 'vscode-vfs://github/contoso/misleading';
  const client = new VirtualClient(scenarioFiles(folder, root));
  t.after(() => client.stop());
  await client.request('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: root, name: 'misleading' }],
    capabilities: { workspace: { configuration: true, workspaceFolders: true } },
    initializationOptions: { clientFiles: true },
  });
  client.notify('initialized', {});
  const { processes } = await client.request<{
    processes: {
      file: string;
      verdict: string;
      because: { effect: string; at: { label: string } | null }[];
      fix: { at: { label: string } } | null;
    }[];
  }>('dynamicsTls/processes');
  assert.deepEqual(
    processes.map(({ file, verdict, because, fix }) => [
      file,
      verdict,
      [...new Set(because.flatMap(({ effect, at }) => (effect === 'none' ? [] : [`${effect} ${at?.label}`])))],
      fix?.at.label ?? null,
    ]),
    plannedProcesses(folder).map(({ project, verdict, chain, fix }) => [
      project,
      verdict,
      chain.filter((step) => !step.startsWith('none ')),
      fix,
    ]),
  );
});

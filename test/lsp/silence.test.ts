/**
 * Nothing is contacted without the command: the built server and command line run with every way to the network
 * replaced by one that writes down its use and fails.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  auditRequest,
  type CheckedUrl,
  checkUrlRequest,
  type ProbeAnswer,
  probeRequest,
  urlsInTextRequest,
  workspaceUrlsRequest,
} from '../../server/src/lsp/protocol.ts';
import { LspClient, uriOf } from '../harness/lsp-client.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scenario = join(root, 'test/scenarios/contoso');

/** Runs before the program under test; `LOG` is replaced by the file to write to. */
const trap = `
const { appendFileSync } = require('node:fs');
const seize = (object, owner, names) => {
  for (const name of names) {
    if (typeof object[name] === 'function') {
      object[name] = function () {
        appendFileSync(LOG, owner + '.' + name + '\\n');
        throw new Error('The network is not there.');
      };
    }
  }
};
const lookups = (object) => Object.keys(object).filter((name) => /^(lookup|resolve|reverse)/.test(name));
seize(require('node:net').Socket.prototype, 'socket', ['connect']);
for (const [owner, module] of [['dns', require('node:dns')], ['dns/promises', require('node:dns/promises')]]) {
  seize(module, owner, lookups(module));
}
seize(require('node:dgram'), 'dgram', ['createSocket']);
seize(require('node:http'), 'http', ['request', 'get']);
seize(require('node:https'), 'https', ['request', 'get']);
seize(require('node:http2'), 'http2', ['connect']);
seize(require('node:tls'), 'tls', ['connect']);
seize(require('node:net'), 'net', ['connect', 'createConnection', 'createServer']);
seize(globalThis, 'global', ['fetch', 'WebSocket', 'EventSource']);
`;

function setTrap(t: TestContext): { readonly file: string; uses(): string } {
  const folder = tempFolder(t);
  const log = join(folder, 'uses.log');
  const file = join(tempFolder(t, { 'trap.cjs': trap.replaceAll('LOG', JSON.stringify(log)) }), 'trap.cjs');
  return { file, uses: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
}

async function startTrapped(t: TestContext) {
  const folder = tempFolder(t, scenario);
  const { file, uses } = setTrap(t);
  const client = await LspClient.start({
    folders: [folder],
    command: ['--require', file, join(root, 'dist/server.js'), '--stdio'],
  });
  t.after(() => client.stop());
  return { client, folder, uses };
}

test('start-up, audit, editing and the search for URLs contact nobody', async (t) => {
  const { client, folder, uses } = await startTrapped(t);
  const path = join(folder, 'src/Contoso.Sync.Console/Contoso.Sync.Console.csproj');
  const text = readFileSync(path, 'utf8');
  const textDocument = { uri: uriOf(path) };
  const position = { line: 10, character: 30 };
  assert.ok((await client.workspaceDiagnostics()).length > 0);
  await client.open(path, text);
  await client.change(path, text.replace('v4.5.2', 'v4.0'), 2);
  assert.ok((await client.diagnostics(path)).length > 0);
  await client.connection.sendRequest('textDocument/hover', { textDocument, position });
  await client.connection.sendRequest('textDocument/completion', { textDocument, position });
  await client.connection.sendRequest('textDocument/codeAction', {
    textDocument,
    range: { start: position, end: position },
    context: { diagnostics: [] },
  });
  assert.ok(await client.connection.sendRequest(auditRequest));
  await client.connection.sendRequest(workspaceUrlsRequest);
  await client.connection.sendRequest(urlsInTextRequest, '<a b="https://contoso.crm4.dynamics.com/"/>');
  const checked = await client.connection.sendRequest<CheckedUrl>(checkUrlRequest, 'contoso.crm4.dynamics.com');
  assert.ok('url' in checked);
  assert.equal(uses(), '');
});

test('the trap catches the probe, which is the one request that contacts a host', async (t) => {
  const { client, uses } = await startTrapped(t);
  const answer = await client.connection.sendRequest<ProbeAnswer>(probeRequest, {
    url: 'contoso.crm4.dynamics.com',
    asksSignIn: false,
    asksControl: false,
    proxy: { isOff: true, url: '', noProxy: [], authorization: null, isStrict: true },
  });
  assert.equal(answer.report.targets[0]?.verdict, 'unreachable');
  assert.match(uses(), /^dns\/promises\.lookup$/m);
});

for (const [name, args] of Object.entries({ audit: ['audit', scenario], help: ['--help'] })) {
  test(`the command line contacts nobody: ${name}`, (t) => {
    const { file, uses } = setTrap(t);
    const { status, stdout } = spawnSync(process.execPath, ['--require', file, join(root, 'dist/cli.js'), ...args], {
      encoding: 'utf8',
    });
    assert.ok(status === 0 || status === 1);
    assert.ok(stdout.length > 0);
    assert.equal(uses(), '');
  });
}

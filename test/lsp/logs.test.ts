import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { FoldingRange } from 'vscode-languageserver-protocol';
import { type ClientOptions, LspClient, uriOf } from '../harness/lsp-client.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const source = 'Microsoft.Xrm.Tooling.Connector.CrmServiceClient';
const lines = [
  `${source} Information: 8 : Connecting to https://contoso.crm4.dynamics.com`,
  `${source} Error: 2 : Metadata contains a reference that cannot be resolved: 'https://contoso.crm4.dynamics.com/XRMServices/2011/Organization.svc?wsdl'.`,
  'Inner Exception Level 1\t: ',
  'Error\t: The underlying connection was closed: An unexpected error occurred on a send.',
  'Stack Trace\t: at System.Net.HttpWebRequest.GetResponse()',
  '   at System.ServiceModel.Description.MetadataExchangeClient.MetadataLocationRetriever.DownloadMetadata(TimeoutHelper t)',
];
const text = lines.join('\r\n');
const failed = lines[3] ?? '';

async function start(t: TestContext, options: Partial<ClientOptions> = {}) {
  const folder = tempFolder(t, {});
  const client = await LspClient.start(Object.assign(options, { folders: [folder] }));
  t.after(() => client.stop());
  return { client, path: join(folder, 'XRMToolingLogs.log') };
}

test('an open log has a finding on the sentence that decides, with the others as related places', async (t) => {
  const { client, path } = await start(t);
  await client.open(path, text, 1, 'dynamics-log');
  const [finding, ...others] = await client.diagnostics(path);
  assert.deepEqual(others, []);
  const sentence = 'An unexpected error occurred on a send';
  const character = failed.indexOf(sentence);
  assert.deepEqual(finding?.range, {
    start: { line: 3, character },
    end: { line: 3, character: character + sentence.length },
  });
  assert.equal(finding?.severity, 2);
  assert.equal(finding?.code, 'dotnet-error-on-send');
  assert.match(String(finding?.message), /^TLS version \(likely\): .+ Next: Find the project that offers old TLS/);
  assert.match(finding?.codeDescription?.href ?? '', /^https:\/\/github\.com\//);
  assert.deepEqual(
    finding?.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line]),
    [[uriOf(path), 1]],
  );
});

test('the language decides, not the name of a file', async (t) => {
  const { client, path } = await start(t);
  await client.open(path, text, 1, 'log');
  assert.deepEqual(await client.diagnostics(path), []);
});

test('a log that grows is read again, and an unchanged one is known by its result id', async (t) => {
  const { client, path } = await start(t);
  await client.open(path, lines.slice(0, 1).join('\n'), 1, 'dynamics-log');
  assert.deepEqual(await client.diagnostics(path), []);
  await client.change(path, text, 2);
  const report = await client.report(path);
  assert.equal(report.kind, 'full');
  assert.equal(report.kind === 'full' ? report.items.length : 0, 1);
  assert.deepEqual(await client.report(path, report.resultId), { kind: 'unchanged', resultId: report.resultId });
});

test('two kinds of errors give two findings, and only what decides the log is a warning', async (t) => {
  const { client, path } = await start(t);
  const signIn = `${source} Error: 2 : AADSTS50126: Invalid username or password.`;
  await client.open(path, [...lines, ...lines, ...lines, signIn].join('\n'), 1, 'dynamics-log');
  const findings = await client.diagnostics(path);
  assert.deepEqual(
    findings.map(({ range, severity }) => [range.start.line, severity]),
    [
      [3, 2],
      [18, 3],
    ],
  );
  assert.match(String(findings[0]?.message), /It stands here 3 times\./);
});

test('a client that does not ask is told, and told again when the log is closed', async (t) => {
  const { client, path } = await start(t, { pushOnly: true });
  await client.open(path, text, 1, 'dynamics-log');
  await client.until(() => client.published.get(uriOf(path))?.length === 1);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(path) } });
  await client.until(() => client.published.get(uriOf(path))?.length === 0);
});

test('records, levels and stacks of a log fold', async (t) => {
  const { client, path } = await start(t);
  await client.open(path, text, 1, 'dynamics-log');
  const foldings = await client.connection.sendRequest<FoldingRange[]>('textDocument/foldingRange', {
    textDocument: { uri: uriOf(path) },
  });
  assert.deepEqual(
    foldings.map(({ startLine, endLine }) => [startLine, endLine]),
    [
      [1, 5],
      [2, 5],
      [4, 5],
    ],
  );
});

test('other messages are answered while a large log is read', async (t) => {
  const { client, path } = await start(t);
  const record = `${text}\r\n`;
  await client.open(path, record.repeat(Math.ceil((16 * 1024 * 1024) / record.length)), 1, 'dynamics-log');
  const finished: string[] = [];
  const findings = client.diagnostics(path).then((items) => {
    finished.push('findings');
    return items;
  });
  const other = client.connection
    .sendRequest('textDocument/hover', {
      textDocument: { uri: uriOf(`${path}.csproj`) },
      position: { line: 0, character: 0 },
    })
    .then(() => finished.push('hover'));
  assert.equal((await findings).length, 1);
  await other;
  assert.deepEqual(finished, ['hover', 'findings']);
});

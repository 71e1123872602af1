import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CodeAction, Diagnostic, Hover, TextDocumentEdit } from 'vscode-languageserver-protocol';
import { type ClientOptions, LspClient, uriOf } from '../harness/lsp-client.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const project = (version: string) =>
  `<Project>\r\n  <PropertyGroup>\r\n    <OutputType>Exe</OutputType>\r\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\r\n  </PropertyGroup>\r\n</Project>\r\n`;
const rule = 'target-framework-too-old';

async function start(t: TestContext, files: Record<string, string | Uint8Array>, options: Partial<ClientOptions> = {}) {
  const folder = tempFolder(t, files);
  const client = await LspClient.start(Object.assign(options, { folders: [folder] }));
  t.after(() => client.stop());
  return { client, path: (name: string) => join(folder, name) };
}

test('the server declares what it can', async (t) => {
  const { client } = await start(t, {});
  const { capabilities } = client.initializeResult ?? { capabilities: {} };
  assert.deepEqual(capabilities.diagnosticProvider, {
    identifier: 'dynamics-tls',
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
  assert.deepEqual(capabilities.codeActionProvider, {
    codeActionKinds: ['quickfix', 'source.fixAll.dynamicsTls', 'refactor.rewrite.dynamicsTls'],
    resolveProvider: true,
  });
  assert.equal(capabilities.hoverProvider, true);
});

test('an opened document has its finding with range, code and page', async (t) => {
  const { client, path } = await start(t, { 'App.csproj': project('v4.8') });
  await client.open(path('App.csproj'), project('v4.5.2'));
  const [diagnostic, ...others] = await client.diagnostics(path('App.csproj'));
  assert.deepEqual(others, []);
  assert.deepEqual(diagnostic?.range, { start: { line: 3, character: 28 }, end: { line: 3, character: 34 } });
  assert.equal(diagnostic?.code, rule);
  assert.match(diagnostic?.codeDescription?.href ?? '', /docs\/rules\/target-framework-too-old\.md$/);
  assert.equal(diagnostic?.severity, 1);
  assert.equal(diagnostic?.source, 'Dynamics TLS');
});

test('an edit is judged at once', async (t) => {
  const { client, path } = await start(t, { 'App.csproj': project('v4.5.2') });
  await client.open(path('App.csproj'), project('v4.5.2'));
  assert.equal((await client.diagnostics(path('App.csproj'))).length, 1);
  await client.change(path('App.csproj'), project('v4.6.2'), 2);
  assert.equal((await client.diagnostics(path('App.csproj'))).length, 0);
});

test('an edit of the configuration file counts at once, and what is wrong in it is a finding', async (t) => {
  const configuration = (level: string) => `{ "rules": { "${rule}": "${level}" } } // For this folder.`;
  const { client, path } = await start(t, {
    'App.csproj': project('v4.5.2'),
    '.dynamics-tls.json': configuration('hint'),
  });
  const severities = async () => (await client.diagnostics(path('App.csproj'))).map(({ severity }) => severity);
  assert.deepEqual(await severities(), [4]);
  await client.open(path('.dynamics-tls.json'), configuration('off'));
  assert.deepEqual(await severities(), []);
  await client.change(path('.dynamics-tls.json'), configuration('sometimes'), 2);
  assert.deepEqual(await severities(), [1]);
  const [wrong] = await client.diagnostics(path('.dynamics-tls.json'));
  assert.equal(wrong?.code, 'configuration-invalid');
  assert.equal(wrong?.range.start.character, configuration('').indexOf('": "" }') + '": "'.length);
  writeFileSync(path('.dynamics-tls.json'), '{}');
  await client.connection.sendNotification('textDocument/didClose', {
    textDocument: { uri: uriOf(path('.dynamics-tls.json')) },
  });
  assert.deepEqual(await severities(), [1]);
  assert.deepEqual(await client.diagnostics(path('.dynamics-tls.json')), []);
});

test('files that are not open are reported for the workspace, and unchanged ones by their result id', async (t) => {
  const { client, path } = await start(t, {
    'a/A.csproj': project('v4.5'),
    'b/B.csproj': project('v4.8'),
    'obj/C.csproj': project('v4.5'),
  });
  const first = await client.workspaceDiagnostics();
  assert.deepEqual(
    first.map((report) => [report.uri, report.kind, 'items' in report ? report.items.length : 0]),
    [[uriOf(path('a/A.csproj')), 'full', 1]],
  );
  const previous = first.map((report) => ({ uri: report.uri, value: report.resultId ?? '' }));
  const second = await client.workspaceDiagnostics(previous);
  assert.deepEqual(
    second.map(({ kind }) => kind),
    ['unchanged'],
  );
});

test('a shared declaration is reported once and its editing updates the project', async (t) => {
  const files = {
    'Directory.Build.props': project('v4.5.2'),
    'a/A.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>',
  };
  const props = (framework: string) =>
    `<Project><PropertyGroup><TargetFramework>${framework}</TargetFramework></PropertyGroup></Project>`;
  const { client, path } = await start(t, { ...files, 'Directory.Build.props': props('net452') });
  const [diagnostic] = await client.diagnostics(path('Directory.Build.props'));
  assert.equal(diagnostic?.code, rule);
  assert.deepEqual(
    diagnostic?.relatedInformation?.map(({ location }) => location.uri),
    [uriOf(path('a/A.csproj'))],
  );
  await client.open(path('Directory.Build.props'), props('net472'));
  assert.deepEqual(await client.diagnostics(path('Directory.Build.props')), []);
});

test('the quick fix is preferred, lazy, versioned and exact', async (t) => {
  const { client, path } = await start(t, { 'App.csproj': project('v4.5.2') });
  await client.open(path('App.csproj'), project('v4.5.2'), 7);
  const [diagnostic] = await client.diagnostics(path('App.csproj'));
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uriOf(path('App.csproj')) },
    range: diagnostic?.range,
    context: { diagnostics: [diagnostic], only: ['quickfix'] },
  });
  assert.deepEqual(
    actions.map(({ title, kind, isPreferred, edit }) => ({ title, kind, isPreferred, edit })),
    [
      { title: 'Retarget to .NET Framework 4.6.2', kind: 'quickfix', isPreferred: true, edit: undefined },
      { title: `Disable ${rule} for this line`, kind: 'quickfix', isPreferred: undefined, edit: undefined },
      { title: `Disable ${rule} for this file`, kind: 'quickfix', isPreferred: undefined, edit: undefined },
      ...[
        'Retarget project App.csproj to .NET Framework 4.6.2...',
        'Retarget all projects of the workspace to .NET Framework 4.6.2...',
      ].map((title) => ({ title, kind: 'quickfix', isPreferred: undefined, edit: undefined })),
    ],
  );
  const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', actions[0]);
  assert.deepEqual(resolved.edit?.documentChanges, [
    {
      textDocument: { uri: uriOf(path('App.csproj')), version: 7 },
      edits: [{ range: { start: { line: 3, character: 28 }, end: { line: 3, character: 34 } }, newText: 'v4.6.2' }],
    },
  ]);
});

test('a finding is silenced by a comment, and a comment that is not needed is removed', async (t) => {
  const { client, path } = await start(t, { 'App.csproj': project('v4.5.2') });
  const actionsAt = async (diagnostic: Diagnostic | undefined) =>
    client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uriOf(path('App.csproj')) },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic], only: ['quickfix'] },
    });
  const editsOf = async (action: CodeAction | undefined) => {
    const { edit } = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
    return (edit?.documentChanges as TextDocumentEdit[] | undefined)?.[0]?.edits;
  };
  await client.open(path('App.csproj'), project('v4.5.2'));
  const [finding] = await client.diagnostics(path('App.csproj'));
  const actions = await actionsAt(finding);
  assert.deepEqual(await editsOf(actions.find(({ title }) => title === `Disable ${rule} for this line`)), [
    {
      range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } },
      newText: `    <!-- dynamics-tls-disable-next-line ${rule}: say why -->\r\n`,
    },
  ]);
  assert.deepEqual(await editsOf(actions.find(({ title }) => title === `Disable ${rule} for this file`)), [
    {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      newText: `<!-- dynamics-tls-disable-file ${rule}: say why -->\r\n`,
    },
  ]);
  const silenced = `<!-- dynamics-tls-disable-file ${rule}: goes in spring -->\r\n`;
  await client.change(path('App.csproj'), silenced + project('v4.5.2'), 2);
  assert.deepEqual(await client.diagnostics(path('App.csproj')), []);
  await client.change(path('App.csproj'), silenced + project('v4.8'), 3);
  const [unused] = await client.diagnostics(path('App.csproj'));
  assert.equal(unused?.code, 'suppression-unused');
  const [removal, ...others] = await actionsAt(unused);
  assert.deepEqual(others, []);
  assert.deepEqual(await editsOf(removal), [
    { range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, newText: '' },
  ]);
});

test('fix all in a file is a source action of its own kind', async (t) => {
  const text =
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFrameworks>net40;net452;net48</TargetFrameworks></PropertyGroup></Project>';
  const { client, path } = await start(t, { 'App.csproj': text });
  await client.open(path('App.csproj'), text);
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uriOf(path('App.csproj')) },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    context: { diagnostics: [], only: ['source.fixAll'] },
  });
  assert.deepEqual(
    actions.map(({ kind }) => kind),
    ['source.fixAll.dynamicsTls'],
  );
  const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', actions[0]);
  const [change] = (resolved.edit?.documentChanges ?? []) as TextDocumentEdit[];
  let result = text;
  for (const edit of [...(change?.edits ?? [])].reverse()) {
    result =
      result.slice(0, edit.range.start.character) +
      ('newText' in edit ? edit.newText : '') +
      result.slice(edit.range.end.character);
  }
  assert.equal(result, text.replace('net40;net452;net48', 'net462;net48'));
});

test('a hover tells what a target offers, its support and the source', async (t) => {
  const { client, path } = await start(t, { 'App.csproj': project('v4.5.2') });
  const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
    textDocument: { uri: uriOf(path('App.csproj')) },
    position: { line: 3, character: 30 },
  });
  const { value } = hover.contents as { value: string };
  assert.match(value, /\.NET Framework 4\.5\.2/);
  assert.match(value, /SSL 3\.0 and TLS 1\.0/);
  assert.match(value, /2022-04-26/);
  assert.match(value, /https:\/\/learn\.microsoft\.com\//);
});

test('settings change severities without a restart, and wrong values are named', async (t) => {
  const options: ClientOptions = { folders: [], settings: {} };
  const { client, path } = await start(t, { 'App.csproj': project('v4.5.2') }, options);
  assert.equal((await client.diagnostics(path('App.csproj'))).length, 1);
  client.options.settings = { rules: { [rule]: 'off' } };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => client.refreshes >= 2);
  assert.equal((await client.diagnostics(path('App.csproj'))).length, 0);
  client.options.settings = { targetFramework: '4.5' };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => client.shown.some((message) => message.includes('dynamicsTls.targetFramework')));
  assert.equal((await client.diagnostics(path('App.csproj'))).length, 1);
});

test('clients that cannot pull get their diagnostics pushed, and taken away again', async (t) => {
  const { client, path } = await start(t, { 'App.csproj': project('v4.5.2') }, { pushOnly: true });
  const uri = uriOf(path('App.csproj'));
  await client.until(() => client.published.get(uri)?.length === 1);
  await client.open(path('App.csproj'), project('v4.8'));
  await client.until(() => client.published.get(uri)?.length === 0);
});

test('a file that changes on disk is judged anew', async (t) => {
  const { client, path } = await start(t, { 'App.csproj': project('v4.8') });
  assert.deepEqual(await client.workspaceDiagnostics(), []);
  writeFileSync(path('App.csproj'), project('v4.5'));
  writeFileSync(path('New.csproj'), project('v4.0'));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [
      { uri: uriOf(path('App.csproj')), type: 2 },
      { uri: uriOf(path('New.csproj')), type: 1 },
    ],
  });
  const reports = await client.workspaceDiagnostics();
  assert.deepEqual(reports.map(({ uri }) => uri).sort(), [uriOf(path('App.csproj')), uriOf(path('New.csproj'))]);
});

test('several folders have their own settings and findings', async (t) => {
  const first = tempFolder(t, { 'A.csproj': project('v4.5') });
  const second = tempFolder(t, { 'B.csproj': project('v4.0') });
  const client = await LspClient.start({ folders: [first, second] });
  t.after(() => client.stop());
  assert.equal((await client.workspaceDiagnostics()).length, 2);
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed: [{ uri: uriOf(second), name: 'second' }] },
  });
  await client.until(() => client.refreshes >= 2);
  assert.deepEqual(
    (await client.workspaceDiagnostics()).map(({ uri }) => uri),
    [uriOf(join(first, 'A.csproj'))],
  );
});

test('every request is answered while a project is typed character by character', async (t) => {
  const sample = fileURLToPath(
    new URL('../scenarios/contoso/src/Contoso.Helpers/Contoso.Helpers.csproj', import.meta.url),
  );
  const text = readFileSync(sample, 'utf8').replace(/^\ufeff/, '');
  const { client, path } = await start(t, { 'App.csproj': '' });
  await client.open(path('App.csproj'), '');
  const lineLengths = text.split(/\r?\n/).map((line) => line.length);
  const answers: Promise<Diagnostic[]>[] = [];
  for (let length = 1; length <= text.length; length++) {
    await client.change(path('App.csproj'), text.slice(0, length), length + 1);
    answers.push(client.diagnostics(path('App.csproj')));
  }
  for (const { range } of (await Promise.all(answers)).flat()) {
    assert.ok(range.end.line < lineLengths.length && range.end.character <= (lineLengths[range.end.line] ?? 0));
  }
  const final = await client.diagnostics(path('App.csproj'));
  assert.equal(final.filter(({ code }) => code === rule).length, 1);
});

/** Content that nobody should give; the server answers for it and for the good file beside it. */
const hostile: Readonly<Record<string, string | Uint8Array>> = {
  'Empty.csproj': '',
  'OneLine.csproj': `<Project>${' '.repeat(8 * 1024 * 1024)}</Project>`,
  'Huge.csproj': ' '.repeat(50 * 1024 * 1024),
  'Nested.csproj': '<a>'.repeat(100_000),
  'Cut.csproj': new Uint8Array([0xff, 0xfe, 0x3c, 0x00, 0x50]),
  'Binary.csproj': new Uint8Array([0x4d, 0x5a, 0x90, 0x00, 0x03, 0x00]),
  'Unclosed.csproj': '<Project><PropertyGroup><TargetFrameworkVersion>v4.5',
  'Loop.csproj': '<Project><Import Project="Loop.csproj" /></Project>',
};

test('hostile files cost a notice, not the findings of their neighbours', async (t) => {
  const { client, path } = await start(t, { ...hostile, 'Good.csproj': project('v4.5.2') });
  const reports = await client.workspaceDiagnostics();
  const good = reports.find(({ uri }) => uri === uriOf(path('Good.csproj')));
  assert.equal(good && 'items' in good ? good.items.length : 0, 1);
  for (const name of Object.keys(hostile)) {
    assert.ok(Array.isArray(await client.diagnostics(path(name))), name);
  }
  assert.ok(
    client.logs.some((line) => line.includes('Huge.csproj')),
    'the log names the file that is too large',
  );
});

test('the server of the command line speaks the same', async (t) => {
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
  const { client, path } = await start(t, { 'App.csproj': project('v4.5.2') }, { command: [cli, 'server', '--stdio'] });
  assert.equal((await client.diagnostics(path('App.csproj'))).length, 1);
});

test('definition, references and completion answer over the wire', async (t) => {
  const text =
    '<Project><PropertyGroup><V>v4.8</V><TargetFrameworkVersion>$(V)</TargetFrameworkVersion></PropertyGroup></Project>';
  const { client, path } = await start(t, { 'App.csproj': text });
  const textDocument = { uri: uriOf(path('App.csproj')) };
  const position = { line: 0, character: text.indexOf('$(V)') + 2 };
  const declaration = {
    uri: textDocument.uri,
    range: { start: { line: 0, character: 25 }, end: { line: 0, character: 26 } },
  };
  assert.deepEqual(await client.connection.sendRequest('textDocument/definition', { textDocument, position }), [
    declaration,
  ]);
  const references = await client.connection.sendRequest<unknown[]>('textDocument/references', {
    textDocument,
    position,
    context: { includeDeclaration: true },
  });
  assert.equal(references.length, 2);
  const items = await client.connection.sendRequest<{ label: string }[]>('textDocument/completion', {
    textDocument,
    position,
  });
  assert.ok(items.some(({ label }) => label === 'TargetFrameworkVersion'));
});

test('the hosting process request lists programs with the edit for all of them', async (t) => {
  const solution =
    '\r\nMicrosoft Visual Studio Solution File, Format Version 12.00\r\n# Visual Studio 14\r\nProject("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "App", "App.csproj", "{1}"\r\nEndProject\r\n';
  const files = { 'App.sln': solution, 'App.csproj': project('v4.8') };
  const environment = { VS140COMNTOOLS: 'C:\\Program Files (x86)\\Microsoft Visual Studio 14.0\\Common7\\Tools\\' };
  const { client, path } = await start(t, files, { environment });
  const result = await client.connection.sendRequest<{
    programs: { uri: string; sign: string }[];
    isInstalled: boolean;
    edit: { documentChanges: TextDocumentEdit[] };
  }>('dynamicsTls/hostingProcess');
  assert.deepEqual(
    result.programs.map(({ uri, sign }) => ({ uri, sign })),
    [{ uri: uriOf(path('App.csproj')), sign: 'solution' }],
  );
  assert.equal(result.isInstalled, true);
  assert.deepEqual(
    result.edit.documentChanges.map(({ textDocument }) => textDocument.uri),
    [uriOf(path('App.csproj'))],
  );
});

test('error texts are explained, as text and as bytes in their own encoding, without a host', async (t) => {
  const { client } = await start(t, {});
  const text = 'Es konnte kein geschützter SSL/TLS-Kanal erstellt werden. ``` <b>';
  for (const params of [{ text }, { base64: Buffer.from(text, 'utf16le').toString('base64') }]) {
    const answer = await client.connection.sendRequest<{ sentence: string; actions: string[]; markdown: string }>(
      'dynamicsTls/explainError',
      params,
    );
    assert.match(answer.sentence, /^TLS version \(likely\): /);
    assert.deepEqual(answer.actions, ['audit', 'probe', 'registry']);
    assert.match(
      answer.markdown,
      /^# TLS version \(likely\)\n\nLine 1 \(TLS version, likely\):\n\n````text\nEs konnte/,
    );
    assert.match(answer.markdown, /## What to do\n\n1\. Find the project/);
  }
  const nothing = await client.connection.sendRequest<{ sentence: null; markdown: string }>(
    'dynamicsTls/explainError',
    { text: 'x' },
  );
  assert.equal(nothing.sentence, null);
  assert.match(nothing.markdown, /^# Nothing was recognised/);
});

/** "Check This Machine" and "Create Registry File" through the language server. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test, { type TestContext } from 'node:test';
import type { CodeAction } from 'vscode-languageserver-protocol';
import {
  type MachineAnswer,
  machineRequest,
  type RegistryFilesAnswer,
  registryFilesRequest,
  type SwitchEditsAnswer,
  switchEditsRequest,
} from '../../server/src/lsp/protocol.ts';
import { LspClient, uriOf } from '../harness/lsp-client.ts';
import { repositoryRoot } from '../harness/repository.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const skip = !existsSync(`${repositoryRoot}dist/server.js`) && 'not built: npm run build';
const project =
  '<Project ToolsVersion="15.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFrameworkVersion>v4.5.2</TargetFrameworkVersion>\n  </PropertyGroup>\n  <Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" />\n</Project>\n';

async function start(t: TestContext, files: Readonly<Record<string, string>>, createsFiles = true) {
  const folder = tempFolder(t, files);
  const client = await LspClient.start({ folders: [folder], createsFiles });
  t.after(() => client.stop());
  return { client, path: (name: string) => `${folder}/${name}` };
}

function base64(name: string): string {
  return readFileSync(`${repositoryRoot}test/core/machines/${name}.reg`).toString('base64');
}

test('exported files are judged, and the answer says what a client may offer', { skip }, async (t) => {
  const { client } = await start(t, {});
  const ask = (files: unknown, windows: string | null = null) =>
    client.connection.sendRequest<MachineAnswer>(machineRequest, { files, windows });
  const old = await ask([{ name: 'a.reg', base64: base64('windows-7-dotnet-4.8') }]);
  assert.ok('sentence' in old);
  assert.deepEqual([old.hasProblem, old.knowsWindows, old.wantsRegistryFile], [true, true, true]);
  assert.match(old.markdown, /^# This machine\n\nWindows 7 \(build 7601\), \.NET Framework 4\.8\. Read from a\.reg\./);
  const unknown = await ask([{ name: 'b.reg', base64: base64('states/schannel-on') }]);
  assert.ok('sentence' in unknown);
  assert.deepEqual([unknown.hasProblem, unknown.knowsWindows], [false, false]);
  const told = await ask([{ name: 'b.reg', base64: base64('states/schannel-on') }], 'server-2019');
  assert.ok('sentence' in told && told.knowsWindows);
  const wrong = await ask([{ name: 'c.reg', base64: btoa('hello') }]);
  assert.deepEqual(wrong, { problem: 'c.reg is no registry file.' });
  if (process.platform !== 'win32') {
    assert.deepEqual(await ask(null), { problem: 'There is no registry here. Choose an exported registry file.' });
  }
});

test('registry files come as bytes, and nothing is written', { skip }, async (t) => {
  const { client } = await start(t, {});
  const ask = (before: readonly string[]) =>
    client.connection.sendRequest<RegistryFilesAnswer>(registryFilesRequest, {
      schannel: true,
      winHttp: false,
      before,
    });
  const answer = await ask([]);
  assert.ok('files' in answer);
  assert.deepEqual(
    answer.files.map(({ name }) => name),
    ['dynamics-tls.reg', 'dynamics-tls-undo.reg', 'dynamics-tls.ps1', 'dynamics-tls-undo.ps1'],
  );
  const text = Buffer.from(answer.files[0]?.base64 ?? '', 'base64').toString('utf16le');
  assert.match(text, /^\ufeffWindows Registry Editor Version 5\.00\r\n/);
  const restoring = await ask([base64('states/dotnet-off')]);
  assert.ok('files' in restoring);
  const undo = Buffer.from(restoring.files[1]?.base64 ?? '', 'base64').toString('utf16le');
  assert.match(undo, /"SchUseStrongCrypto"=dword:00000000/);
  assert.deepEqual(await ask([btoa('hello')]), { problem: 'The file is no registry file.' });
});

test('the switch of a configuration file comes as edits, or with the reason why not', { skip }, async (t) => {
  const { client } = await start(t, {});
  const ask = (name: string, text: string) =>
    client.connection.sendRequest<SwitchEditsAnswer>(switchEditsRequest, { name, text });
  const answer = await ask('App.config', '<configuration />');
  assert.ok('edits' in answer && answer.edits[0]?.newText.includes('DontEnableSchUseStrongCrypto=false'));
  assert.ok('problem' in (await ask('packages.config', '<packages />')));
});

test('the alternative makes a configuration file for clients that can, behind the preferred fix', {
  skip,
}, async (t) => {
  for (const createsFiles of [true, false]) {
    const { client, path } = await start(t, { 'App.csproj': project }, createsFiles);
    await client.open(path('App.csproj'), project);
    const [diagnostic] = await client.diagnostics(path('App.csproj'));
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uriOf(path('App.csproj')) },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic], only: ['quickfix'] },
    });
    const titles = actions.map(({ title }) => title).filter((title) => !/^Disable|\.\.\.$/.test(title));
    const title = 'Alternative: set the AppContext switch for TLS 1.2 in App.config (needs the runtime 4.6 or later)';
    assert.deepEqual(titles, ['Retarget to .NET Framework 4.6.2', ...(createsFiles ? [title] : [])]);
    if (createsFiles) {
      const action = actions.find((candidate) => candidate.title === title);
      const { edit } = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
      const [create, fill, name] = edit?.documentChanges ?? [];
      assert.deepEqual(create, { kind: 'create', uri: uriOf(path('App.config')) });
      assert.ok(fill && 'textDocument' in fill && fill.textDocument.uri === uriOf(path('App.config')));
      assert.deepEqual(fill.edits[0]?.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
      assert.ok(name && 'textDocument' in name && name.textDocument.uri === uriOf(path('App.csproj')));
    }
  }
});

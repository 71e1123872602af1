/** Retargeting through the language server: code actions, requests of the commands, annotations. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { CodeAction, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { FixAllAnswer, RetargetAnswer, RetargetChoices } from '../../server/src/lsp/protocol.ts';
import { LspClient, uriOf } from '../harness/lsp-client.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const project = (version: string, body = '') =>
  `<Project>\n  <PropertyGroup>\n    <OutputType>Exe</OutputType>\n    <TargetFrameworkVersion>${version}</TargetFrameworkVersion>\n  </PropertyGroup>\n${body}</Project>\n`;
const solution = (...names: string[]) =>
  names
    .map(
      (name) =>
        `Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "${name}", "${name}\\${name}.csproj", "{1}"\nEndProject\n`,
    )
    .join('');
const runtime =
  '<configuration><startup><supportedRuntime version="v4.0" sku=".NETFramework,Version=v4.5.2"/></startup></configuration>\n';
const site = (runtimeElement: string) =>
  `<configuration>\n  <system.web>\n    ${runtimeElement}\n  </system.web>\n</configuration>\n`;
const files = {
  'A.sln': solution('A', 'B', 'P'),
  'A/A.csproj': project('v4.5.2'),
  'A/App.config': runtime,
  'B/B.csproj': project('v4.0'),
  'C/C.csproj': project('v4.5'),
  'P/P.csproj': project(
    'v4.5.2',
    '<ItemGroup><Reference Include="Microsoft.Xrm.Sdk"/><Compile Include="P.cs"/></ItemGroup>\n',
  ).replace('Exe', 'Library'),
  'P/P.cs': 'class P : IPlugin { }',
};

async function start(t: TestContext, content: Record<string, string | Uint8Array>, hasPreview = true) {
  const folder = tempFolder(t, content);
  const client = await LspClient.start({ folders: [folder], hasPreview });
  t.after(() => client.stop());
  const actionsAt = async (name: string, line: number, only?: string[]): Promise<CodeAction[]> =>
    client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uriOf(join(folder, name)) },
      range: { start: { line, character: 32 }, end: { line, character: 32 } },
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
  return { client, folder, actionsAt, uri: (name: string) => uriOf(join(folder, name)) };
}

function changesOf(edit: unknown, folder: string): Record<string, string[]> {
  const { documentChanges = [] } = edit as WorkspaceEdit;
  return Object.fromEntries(
    documentChanges.map((change) => {
      const { textDocument, edits } = change as TextDocumentEdit;
      return [
        textDocument.uri.slice(uriOf(folder).length + 1),
        edits.map((one) => ('newText' in one ? one.newText : '')),
      ];
    }),
  );
}

test('a project offers to retarget itself and its solution, where its target stands', async (t) => {
  const { client, folder, actionsAt } = await start(t, files);
  const titles = (await actionsAt('A/A.csproj', 3, ['refactor.rewrite'])).map(({ title }) => title);
  assert.deepEqual(titles, [
    'Retarget project A.csproj to .NET Framework 4.6.2...',
    'Retarget solution A.sln to .NET Framework 4.6.2...',
  ]);
  assert.deepEqual(await actionsAt('A/A.csproj', 2, ['refactor.rewrite']), []);
  const everything = await actionsAt('C/C.csproj', 3, ['refactor']);
  assert.deepEqual(
    everything.map(({ title }) => title),
    [
      'Retarget project C.csproj to .NET Framework 4.6.2...',
      'Retarget all projects of the workspace to .NET Framework 4.6.2...',
    ],
  );
  const [own, whole] = await actionsAt('A/A.csproj', 3, ['refactor.rewrite']);
  const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', own);
  assert.deepEqual(changesOf(resolved.edit, folder), {
    'A/App.config': ['.NETFramework,Version=v4.6.2', ''],
    'A/A.csproj': ['v4.6.2'],
  });
  const solved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', whole);
  assert.deepEqual(Object.keys(changesOf(solved.edit, folder)), ['A/App.config', 'A/A.csproj', 'B/B.csproj']);
  assert.equal(solved.command?.command, 'dynamicsTls.showRetargetSummary');
  const summary = await client.connection.sendRequest<string>('dynamicsTls/retargetSummary');
  assert.match(summary, /targeting pack[\s\S]*P\/P\.csproj/);
});

test('beside the quick fix of a finding it is a quick fix, since editors list nothing else there', async (t) => {
  const { actionsAt } = await start(t, files);
  const actions = await actionsAt('A/A.csproj', 3, ['quickfix']);
  const own = actions.filter(({ title }) => title.startsWith('Retarget project') || title.startsWith('Retarget sol'));
  assert.deepEqual(
    own.map(({ kind, isPreferred }) => [kind, isPreferred]),
    [
      ['quickfix', undefined],
      ['quickfix', undefined],
    ],
  );
});

test('a plug-in does not offer to retarget itself', async (t) => {
  const { actionsAt } = await start(t, files);
  const titles = (await actionsAt('P/P.csproj', 3, ['refactor.rewrite'])).map(({ title }) => title);
  assert.deepEqual(titles, ['Retarget solution A.sln to .NET Framework 4.6.2...']);
});

test('every edit has an annotation, and something in it asks for the preview', async (t) => {
  const { client, folder, uri } = await start(t, files);
  const ask = (params: object) => client.connection.sendRequest<RetargetAnswer>('dynamicsTls/retarget', params);
  const answer = await ask({ goal: '4.8', project: null, solution: null });
  const { documentChanges = [], changeAnnotations = {} } = answer.edit as WorkspaceEdit;
  for (const change of documentChanges as TextDocumentEdit[]) {
    for (const edit of change.edits) {
      assert.ok('annotationId' in edit && edit.annotationId in changeAnnotations, JSON.stringify(edit));
    }
  }
  assert.ok(Object.values(changeAnnotations).some(({ needsConfirmation }) => needsConfirmation));
  assert.deepEqual([answer.projects, answer.files, answer.leftAlone], [3, 4, 1]);
  const named = await ask({ goal: '4.6.2', project: uri('P/P.csproj'), solution: null });
  assert.deepEqual(Object.keys(changesOf(named.edit, folder)), ['P/P.csproj']);
});

test('the choices have the calendar of support, and the target of the settings', async (t) => {
  const { client } = await start(t, files);
  const choices = await client.connection.sendRequest<RetargetChoices>('dynamicsTls/retargetChoices');
  assert.deepEqual(
    choices.targets.map(({ version, isPreferred }) => [version, isPreferred]),
    [
      ['4.6.2', true],
      ['4.7.2', false],
      ['4.8', false],
      ['4.8.1', false],
    ],
  );
  assert.match(choices.targets[0]?.description ?? '', /2027-01-12/);
  assert.deepEqual(
    choices.projects.map(({ name, versions, role }) => [name, versions.join(), role]),
    [
      ['A.csproj', '4.5.2', 'client'],
      ['B.csproj', '4.0', 'client'],
      ['C.csproj', '4.5', 'client'],
      ['P.csproj', '4.5.2', 'plug-in'],
    ],
  );
  assert.deepEqual(
    choices.solutions.map(({ name, projects }) => [name, projects]),
    [['A.sln', 3]],
  );
});

test('unsaved text counts, and its version stands in the edit', async (t) => {
  const { client, folder, uri } = await start(t, files);
  await client.open(join(folder, 'A/A.csproj'), project('v4.0').replace('<Project>', '<Project>\n'), 7);
  const answer = await client.connection.sendRequest<RetargetAnswer>('dynamicsTls/retarget', {
    goal: '4.6.2',
    project: uri('A/A.csproj'),
    solution: null,
  });
  const changes = (answer.edit as WorkspaceEdit).documentChanges as TextDocumentEdit[];
  const own = changes.find(({ textDocument }) => textDocument.uri === uri('A/A.csproj'));
  assert.equal(own?.textDocument.version, 7);
  assert.equal(own?.edits[0]?.range.start.line, 4);
  assert.equal(
    changes.find(({ textDocument }) => textDocument.uri === uri('A/App.config'))?.textDocument.version,
    null,
  );
});

test('a file that the editor would garble is left alone, and named', async (t) => {
  const latin = Buffer.from(project('v4.5.2', '<!-- l\u00e4uft -->\n'), 'latin1');
  const { client, folder } = await start(t, {
    'A/A.csproj': latin,
    'A/App.config': runtime,
    'B/B.csproj': project('v4.0'),
  });
  const answer = await client.connection.sendRequest<RetargetAnswer>('dynamicsTls/retarget', {
    goal: '4.6.2',
    project: null,
    solution: null,
  });
  assert.deepEqual(Object.keys(changesOf(answer.edit, folder)), ['B/B.csproj']);
  assert.match(answer.markdown, /A\/A\.csproj.*is not in Unicode/);
});

test('a client without annotations gets plain edits', async (t) => {
  const { client, folder, actionsAt } = await start(t, files, false);
  const [own] = await actionsAt('A/A.csproj', 3, ['refactor.rewrite']);
  const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', own);
  assert.deepEqual(changesOf(resolved.edit, folder), {
    'A/App.config': ['.NETFramework,Version=v4.6.2'],
    'A/A.csproj': ['v4.6.2'],
  });
  assert.equal(resolved.command, undefined);
  assert.equal(resolved.edit?.changeAnnotations, undefined);
});

test('fixing everything keeps safe fixes and those to be confirmed apart', async (t) => {
  const web = project('v4.8').replace(
    '<OutputType>Exe</OutputType>',
    '<ProjectTypeGuids>{349c5851-65df-11da-9384-00065b846f21}</ProjectTypeGuids><OutputType>Library</OutputType>',
  );
  const { client, folder } = await start(t, {
    'A/A.csproj': project('v4.5.2'),
    'W/W.csproj': web,
    'W/Web.config': site('<httpRuntime targetFramework="4.0" />'),
  });
  const answer = await client.connection.sendRequest<FixAllAnswer>('dynamicsTls/fixAll');
  assert.deepEqual([answer.safe, answer.toConfirm, answer.files], [1, 1, 2]);
  const { changeAnnotations = {} } = answer.edit as WorkspaceEdit;
  assert.deepEqual(
    Object.values(changeAnnotations).map(({ label, needsConfirmation }) => [label, needsConfirmation]),
    [
      ['Safe fixes', false],
      ['To be confirmed: Run the site like .NET Framework 4.6.2', true],
    ],
  );
  assert.deepEqual(changesOf(answer.edit, folder), { 'A/A.csproj': ['v4.6.2'], 'W/Web.config': ['4.6.2'] });
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { createTokenizer } from '../harness/grammar.ts';
import { readRepositoryFile } from '../harness/repository.ts';

const tokenize = await createTokenizer('dynamics-log');

/** The pieces of a line that have a scope of their own. */
const scopesOf = (line: string) => (tokenize([line])[0] ?? []).filter(([, scope]) => scope !== '');

const rows: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'Microsoft.Xrm.Tooling.Connector.CrmServiceClient Error: 2 : General ADAL Error': [
    ['Microsoft.Xrm.Tooling.Connector.CrmServiceClient', 'entity.name.namespace.source'],
    ['Error', 'token.error-token'],
    [': ', 'punctuation.separator'],
    ['2', 'constant.numeric.event'],
    [' :', 'punctuation.separator'],
  ],
  'Microsoft.Xrm.Tooling.CrmConnectControl Warning: 4 : slow': [
    ['Microsoft.Xrm.Tooling.CrmConnectControl', 'entity.name.namespace.source'],
    ['Warning', 'token.warn-token'],
    [': ', 'punctuation.separator'],
    ['4', 'constant.numeric.event'],
    [' :', 'punctuation.separator'],
  ],
  'Microsoft.Xrm.Tooling.Connector.CrmServiceClient\tVerbose\t16\t1/14/2021 3:57:35 PM  DiscoverOrganizations': [
    ['Microsoft.Xrm.Tooling.Connector.CrmServiceClient', 'entity.name.namespace.source'],
    ['Verbose', 'token.debug-token'],
    ['\t', 'punctuation.separator'],
    ['16', 'constant.numeric.event'],
    ['\t', 'punctuation.separator'],
    ['1/14/2021 3:57:35 PM', 'constant.numeric.date'],
  ],
  'Microsoft.Xrm.Tooling.Connector.CrmServiceClient Information: 8 : URI is = https://contoso.crm4.dynamics.com/a': [
    ['Microsoft.Xrm.Tooling.Connector.CrmServiceClient', 'entity.name.namespace.source'],
    ['Information', 'token.info-token'],
    [': ', 'punctuation.separator'],
    ['8', 'constant.numeric.event'],
    [' :', 'punctuation.separator'],
    ['https://contoso.crm4.dynamics.com/a', 'markup.underline.link'],
  ],
  'Microsoft.Xrm.Tooling.Connector.CrmServiceClient Error: 2 : Source\t: mscorlib': [
    ['Microsoft.Xrm.Tooling.Connector.CrmServiceClient', 'entity.name.namespace.source'],
    ['Error', 'token.error-token'],
    [': ', 'punctuation.separator'],
    ['2', 'constant.numeric.event'],
    [' :', 'punctuation.separator'],
    ['Source', 'keyword.other.label'],
    [':', 'punctuation.separator'],
  ],
  '2026-11-25 10:00:00,123 [7] ERROR Contoso.Importer - failed': [
    ['2026-11-25 10:00:00,123', 'constant.numeric.date'],
    ['ERROR', 'token.error-token'],
  ],
  '[25.11.2026 10:00:00] | WARN | slow': [
    ['[25.11.2026 10:00:00]', 'constant.numeric.date'],
    ['WARN', 'token.warn-token'],
  ],
  'Inner Exception Level 12\t: ': [
    ['Inner Exception Level 12', 'markup.heading.exception-level'],
    [':', 'punctuation.separator'],
  ],
  'Error\t: Object reference not set to an instance of an object.': [
    ['Error', 'keyword.other.label'],
    [':', 'punctuation.separator'],
  ],
  'Stack Trace\t: at System.Threading.Tasks.Task.ThrowIfExceptional(Boolean include)': [
    ['Stack Trace', 'keyword.other.label'],
    [':', 'punctuation.separator'],
    ['at', 'keyword.control.at'],
    ['System.Threading.Tasks.Task.', 'entity.name.type'],
    ['ThrowIfExceptional', 'entity.name.function'],
    ['(', 'punctuation.section.parameters.begin'],
    ['Boolean include', 'variable.parameter'],
    [')', 'punctuation.section.parameters.end'],
  ],
  ' ---> System.IO.IOException: closed': [
    ['--->', 'keyword.operator.inner-exception'],
    ['System.IO.IOException', 'support.class.exception'],
  ],
  '==>Exception of type WebException': [
    ['==>', 'keyword.operator.inner-exception'],
    ['Exception of type', 'keyword.other.label'],
    ['WebException', 'support.class.exception'],
  ],
  '   --- Ende der internen Ausnahmestapelüberwachung ---': [
    ['   --- Ende der internen Ausnahmestapelüberwachung ---', 'comment.block.end-of-inner'],
  ],
  '======================================================================': [
    ['======================================================================', 'comment.block.separator'],
  ],
  'AADSTS1002016: the request 0x80090302 of 5f4b1e0a-1c1f-4d6a-9a0a-2f9f4f0c7a11 failed': [
    ['AADSTS1002016', 'constant.language.code'],
    ['0x80090302', 'constant.numeric.hex'],
    ['5f4b1e0a-1c1f-4d6a-9a0a-2f9f4f0c7a11', 'constant.other.guid'],
  ],
  'The operation at the desk (first floor) is over.': [],
  'Error handling in this release is better: see the notes.': [],
};

for (const [line, tokens] of Object.entries(rows)) {
  test(`"${line.slice(0, 70).replaceAll('\t', ' ')}" is coloured`, () => {
    assert.deepEqual(scopesOf(line), tokens);
  });
}

for (const [word, where] of [
  ['at', 'in C:\\build\\Importer.cs:line 42'],
  ['bei', 'in C:\\build\\Importer.cs:Zeile 42'],
  ['à', 'dans C:\\build\\Importer.cs:ligne 42'],
  ['en', 'en C:\\build\\Importer.cs:línea 42'],
  ['in', 'in C:\\build\\Importer.cs:riga 42'],
  ['em', 'na C:\\build\\Importer.cs:linha 42'],
  ['в', 'в C:\\build\\Importer.cs:строка 42'],
  ['場所', '場所 C:\\build\\Importer.cs:行 42'],
  ['在', '位置 C:\\build\\Importer.cs:行号 42'],
] as const) {
  test(`a frame that begins with "${word}" is coloured with its file and line`, () => {
    const line = `   ${word} Contoso.Importer.<RunAsync>d__1.MoveNext(String url) ${where}`;
    const of = Object.fromEntries(
      (tokenize([line])[0] ?? []).map(([text, scope]) => [scope.split('.').slice(0, 3).join('.'), text]),
    );
    assert.equal(of['entity.name.type'], 'Contoso.Importer.<RunAsync>d__1.');
    assert.equal(of['entity.name.function'], 'MoveNext');
    assert.equal(of['string.unquoted.path'], 'C:\\build\\Importer.cs');
    assert.equal(of['constant.numeric.line'], '42');
  });
}

test('a line that is cut short colours nothing behind it', () => {
  const [first, second] = tokenize(['Microsoft.Xrm.Tooling.Connector.CrmServiceClient Error: 2 : (', 'plain text']);
  assert.ok((first ?? []).length > 3);
  assert.deepEqual(second, [['plain text', '']]);
});

interface Language {
  readonly id: string;
  readonly filenames: readonly string[];
  readonly firstLine: string;
}

test('first lines of Dynamics tools are recognised, and those of other logs are not', () => {
  const languages: readonly Language[] = JSON.parse(readRepositoryFile('package.json')).contributes.languages;
  const language = languages.find(({ id }) => id === 'dynamics-log');
  const first = new RegExp(language?.firstLine ?? '(?!)');
  for (const line of [
    'Microsoft.Xrm.Tooling.Connector.CrmServiceClient Information: 8 : Using User Specified Server',
    'Microsoft.Xrm.Tooling.CrmConnectControl\tError\t2\t23/08/2017 09:00:06  ERROR REQUESTING ORGS',
    'DynamicsCrm.CrmConnectControl Verbose: 16 : x',
    'Microsoft.PowerPlatform.Dataverse.Client.ServiceClient Warning: 4 : x',
    'Login Status in Connect is = Validating connection to Microsoft Dynamics CRM...',
  ]) {
    assert.match(line, first);
  }
  for (const line of [
    '2026-11-25 10:00:00 INFO Started',
    'Microsoft.AspNetCore.Hosting Information: 8 : Application started',
    'System.Net Error: 0 : [1234] Exception in HttpWebRequest',
    'Microsoft (R) Build Engine version 17.0',
    'Login Status: ok',
    'info: Microsoft.Hosting.Lifetime[0]',
    '',
  ]) {
    assert.doesNotMatch(line, first);
  }
  assert.deepEqual(
    language?.filenames.filter((name) => !/^[A-Z]\w{10,}\.log$/.test(name)),
    [],
    'a name that other programs may use as well',
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { clientProducts, productsIn } from '../../server/src/core/facts/client-products.ts';
import { errorMarkdown, explainErrorText } from '../../server/src/core/index.ts';
import { readRepositoryFile } from '../harness/repository.ts';

test('the page has every row of the table, with its date and source', () => {
  const page = readRepositoryFile('docs/client-products.md').replaceAll(/ +/g, ' ');
  for (const { name, requirement, government, asOf, source } of clientProducts) {
    const row = `| ${name} | ${requirement} | ${government ?? '-'} | ${asOf} | [source](${source}) |`;
    assert.ok(page.includes(row), row);
  }
});

for (const [text, ids] of [
  ['Microsoft Dynamics CRM for Outlook could not connect to the server', ['outlook']],
  ['at Microsoft.Crm.UnifiedServiceDesk.Program.Main()', ['unified-service-desk', 'unified-service-desk-older']],
  ['Microsoft.Uii.Desktop.UI failed', ['unified-service-desk', 'unified-service-desk-older']],
  ['The E-mail Router service could not run', ['email-router']],
  ['Report Authoring Extension', ['report-authoring-extension']],
  ['PackageDeployer.exe Error: 8', ['developer-tools']],
  ['net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', ['browsers']],
  ['Could not create SSL/TLS secure channel.', []],
  ['The price is 100 USD, sent by Outlook', []],
] as const) {
  test(`${JSON.stringify(text)} names ${ids.join(', ') || 'no product'}`, () => {
    assert.deepEqual(
      productsIn(text).map(({ id }) => id),
      ids,
    );
  });
}

test('the explanation of an error leads to the products that the error names, and to the page from every other', () => {
  const named = errorMarkdown(explainErrorText('Microsoft.Uii.Desktop: Could not create SSL/TLS secure channel.\n'));
  assert.match(named, /## Products of Microsoft that are named/);
  assert.match(named, /\*\*Unified Service Desk 3\.1, 3\.2 and 3\.3\*\*: Meets the requirement\./);
  const other = errorMarkdown(
    explainErrorText('The client and server cannot communicate, because they do not possess a common algorithm'),
  );
  assert.doesNotMatch(other, /are named/);
  assert.match(other, /docs\/client-products\.md|Nothing was recognised|cipher/i);
});

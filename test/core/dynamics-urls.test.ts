import assert from 'node:assert/strict';
import test from 'node:test';
import { findDynamicsUrls } from '../../server/src/core/index.ts';

/** Texts, and the URLs that are found in them. */
const cases: Readonly<Record<string, readonly [text: string, urls: readonly string[]]>> = {
  'a URL in an attribute': [
    '<add name="Crm" connectionString="Url=https://contoso.crm4.dynamics.com; AuthType=OAuth"/>',
    ['https://contoso.crm4.dynamics.com/'],
  ],
  'the path stays, query and fragment go': [
    '"https://contoso.api.crm.dynamics.com/api/data/v9.2/accounts?$filter=secret#x"',
    ['https://contoso.api.crm.dynamics.com/api/data/v9.2/accounts'],
  ],
  'the user never comes along': [
    "$url = 'https://admin:p4ss@contoso.crm.dynamics.com/'",
    ['https://contoso.crm.dynamics.com/'],
  ],
  'a host without a scheme': ['Server = contoso.crm11.dynamics.com;', ['https://contoso.crm11.dynamics.com/']],
  'capitals are the same host': ['HTTPS://Contoso.CRM2.Dynamics.Com/Main', ['https://contoso.crm2.dynamics.com/Main']],
  'the usual port is left out, another stays': [
    'https://a.crm.dynamics.com:443/ https://b.crm.dynamics.com:8443/',
    ['https://a.crm.dynamics.com/', 'https://b.crm.dynamics.com:8443/'],
  ],
  'clear text is kept as it is': ['http://contoso.crm.dynamics.com/', ['http://contoso.crm.dynamics.com/']],
  'government clouds and China': [
    'https://a.crm.microsoftdynamics.us https://b.crm.appsplatform.us https://c.crm9.dynamics.com https://d.crm.dynamics.cn',
    [
      'https://a.crm.microsoftdynamics.us/',
      'https://b.crm.appsplatform.us/',
      'https://c.crm9.dynamics.com/',
      'https://d.crm.dynamics.cn/',
    ],
  ],
  'on-premises servers by their paths': [
    'https://crm.contoso.local/Contoso/XRMServices/2011/Organization.svc, http://crm:5555/org/api/data/v8.2/',
    ['https://crm.contoso.local/Contoso/XRMServices/2011/Organization.svc', 'http://crm:5555/org/api/data/v8.2/'],
  ],
  'other products of the family are not asked': ['https://contoso.operations.dynamics.com https://x.dynamics.com/', []],
  'a region alone is no server': ['https://crm4.dynamics.com/ *.crm4.dynamics.com', []],
  'placeholders are no host': [
    'https://{org}.crm.dynamics.com https://$(Org).crm.dynamics.com https://*.crm.dynamics.com https://$org.crm.dynamics.com https://contoso.crm.dynamics.com$suffix <org>.crm.dynamics.com',
    [],
  ],
  'addresses of mail are no hosts': ['mailto: someone@contoso.crm4.dynamics.com.example', []],
  'a longer name is another host': [
    'https://contoso.crm4.dynamics.com.example.org/ https://contoso.crm4.dynamics.com.example$x',
    [],
  ],
  'the end of a sentence does not belong to a URL': [
    'See https://contoso.crm4.dynamics.com.',
    ['https://contoso.crm4.dynamics.com/'],
  ],
  'schemas are no servers': ['xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts"', []],
  'nothing in a text about nothing': ['', []],
};

for (const [name, [text, urls]] of Object.entries(cases)) {
  test(name, () => {
    assert.deepEqual(
      findDynamicsUrls(text).map(({ url }) => url),
      urls,
    );
  });
}

test('the range covers the URL as it is written', () => {
  const text = 'Url=https://u:p@Contoso.crm4.dynamics.com:443/a?b';
  const [found] = findDynamicsUrls(text);
  assert.equal(text.slice(found?.range.start, found?.range.end), 'https://u:p@Contoso.crm4.dynamics.com:443/a');
  assert.equal(found?.authority, 'contoso.crm4.dynamics.com');
});

test('hostile texts take linear time', () => {
  const hostile = [
    `.dynamics.${'a'.repeat(300_000)}`,
    `.dynamics.${'a.'.repeat(150_000)}`,
    `.dynamics.${'https://'.repeat(40_000)}`,
    `.dynamics.${'https://a@'.repeat(30_000)}`,
    `.dynamics.${'a.crm.dynamics.com/'.repeat(15_000)}{`,
    `.dynamics.https://${'/'.repeat(300_000)}`,
  ];
  for (const text of hostile) {
    const start = performance.now();
    findDynamicsUrls(text);
    const milliseconds = performance.now() - start;
    // What is quadratic takes many minutes for these lengths, on any machine.
    assert.ok(milliseconds < 60_000, `${text.slice(0, 30)}: ${Math.round(milliseconds)} ms`);
  }
});

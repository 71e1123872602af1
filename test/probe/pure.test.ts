import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { classifyHost, isMicrosoftOnline } from '../../server/src/core/facts/dynamics-hosts.ts';
import { cipherSuites, suiteId, suitesFor } from '../../server/src/core/facts/tls-cipher-suites.ts';
import { schannelDefaults } from '../../server/src/core/facts/tls-windows.ts';
import { isExcluded, parseProbeUrl, parseProxy, proxyFromEnvironment } from '../../server/src/probe/index.ts';
import { RecordReader } from '../../server/src/probe/records.ts';
import { parseServerHello } from '../../server/src/probe/server-messages.ts';
import { parseSignIn } from '../../server/src/probe/sign-in.ts';
import { alert, message, raw, record, recordsOf } from './harness/answers.ts';

describe('a URL', () => {
  const table: readonly (readonly [text: string, url: string, host: string, port: number])[] = [
    ['https://contoso.crm4.dynamics.com', 'https://contoso.crm4.dynamics.com/', 'contoso.crm4.dynamics.com', 443],
    ['contoso.crm4.dynamics.com', 'https://contoso.crm4.dynamics.com/', 'contoso.crm4.dynamics.com', 443],
    ['  <https://contoso.com>  ', 'https://contoso.com/', 'contoso.com', 443],
    ['HTTPS://CONTOSO.CRM4.DYNAMICS.COM/', 'https://contoso.crm4.dynamics.com/', 'contoso.crm4.dynamics.com', 443],
    ['http://contoso.com', 'https://contoso.com/', 'contoso.com', 443],
    ['http://contoso.com:8080/x', 'https://contoso.com:8080/x', 'contoso.com', 8080],
    ['https://contoso.com:443/a/b', 'https://contoso.com/a/b', 'contoso.com', 443],
    ['https://user:secret@contoso.com/', 'https://contoso.com/', 'contoso.com', 443],
    ['https://user:p@ss@contoso.com/', 'https://contoso.com/', 'contoso.com', 443],
    ['https://contoso.com/main.aspx?token=secret#x', 'https://contoso.com/main.aspx', 'contoso.com', 443],
    ['https://contoso.com?token=secret', 'https://contoso.com/', 'contoso.com', 443],
    ['contoso.com:8443', 'https://contoso.com:8443/', 'contoso.com', 8443],
    ['contoso.com.', 'https://contoso.com/', 'contoso.com', 443],
    ['//contoso.com/x', 'https://contoso.com/x', 'contoso.com', 443],
    ['localhost:1', 'https://localhost:1/', 'localhost', 1],
    ['127.0.0.1:65535', 'https://127.0.0.1:65535/', '127.0.0.1', 65_535],
    // The URL standard reads short forms of addresses like this.
    ['https://1.2.3', 'https://1.2.0.3/', '1.2.0.3', 443],
    ['https://[::1]:8443/', 'https://[::1]:8443/', '::1', 8443],
    ['[2001:DB8:0:0:0:0:0:1]', 'https://[2001:db8::1]/', '2001:db8::1', 443],
    ['2001:db8::1', 'https://[2001:db8::1]/', '2001:db8::1', 443],
    ['::ffff:1.2.3.4', 'https://[::ffff:102:304]/', '::ffff:102:304', 443],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/', 'xn--bcher-kva.example', 443],
    ['https://例え.jp', 'https://xn--r8jz45g.jp/', 'xn--r8jz45g.jp', 443],
    ['https://contoso.com\\a', 'https://contoso.com/a', 'contoso.com', 443],
    ['https://contoso.com/ä b', 'https://contoso.com/%C3%A4%20b', 'contoso.com', 443],
    ['https://under_score.contoso.com', 'https://under_score.contoso.com/', 'under_score.contoso.com', 443],
  ];
  for (const [text, url, host, port] of table) {
    test(`${JSON.stringify(text)} becomes ${url}`, () => {
      const result = parseProbeUrl(text, domainToASCII);
      assert.ok('url' in result, JSON.stringify(result));
      assert.deepEqual([result.url, result.host, result.port], [url, host, port]);
    });
  }

  for (const text of [
    '',
    '   ',
    'https://',
    'https:///path',
    'ftp://contoso.com',
    'file:///etc/passwd',
    'javascript://contoso.com',
    'contoso.com:0',
    'contoso.com:65536',
    'contoso.com:https',
    'https://contoso .com',
    'https://con\ntoso.com',
    'https://-contoso.com',
    'https://contoso..com',
    `https://${'a'.repeat(64)}.com`,
    'https://1.2.3.4.5',
    'https://256.1.1.1',
    'https://[::1',
    'https://[1:2:3]',
    'https://[::g]',
    'https://[1::2::3]',
    'https://a:b:c',
  ]) {
    test(`${JSON.stringify(text)} is none`, () => {
      assert.ok('problem' in parseProbeUrl(text, domainToASCII));
    });
  }

  test('never throws, and is stable once it is normalised', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain(), fc.ipV6(), fc.string({ unit: 'binary' })), (text) => {
        const result = parseProbeUrl(text, domainToASCII);
        if ('url' in result) {
          assert.deepEqual(parseProbeUrl(result.url, domainToASCII), result);
          assert.ok(!/[\s@?#]/.test(result.url.slice(0, 8 + result.host.length)));
        }
      }),
    );
  });
});

describe('a host', () => {
  const table: readonly (readonly [
    host: string,
    kind: string,
    cloud: string | null,
    region: string | null,
    online: boolean,
  ])[] = [
    ['contoso.crm.dynamics.com', 'dataverse', 'commercial', 'North America', true],
    ['contoso.api.crm4.dynamics.com', 'dataverse', 'commercial', 'Europe, Middle East, Africa', true],
    ['contoso.crm9.dynamics.com', 'dataverse', 'gcc', 'North America 2', true],
    ['contoso.crm99.dynamics.com', 'dataverse', 'commercial', null, true],
    ['contoso.crm.microsoftdynamics.us', 'dataverse', 'gcc-high', 'US Government High', true],
    ['contoso.crm.appsplatform.us', 'dataverse', 'dod', 'US Department of Defense', true],
    ['contoso.crm.dynamics.cn', 'dataverse', 'china', 'China', true],
    ['contoso.crm.microsoftdynamics.de', 'dataverse', 'germany', 'Germany (sovereign cloud, closed)', true],
    ['contoso.crm10.dynamics.com', 'dataverse', null, null, true],
    ['contoso.crmlivetie.com', 'dataverse', null, null, true],
    ['api.businesscentral.dynamics.com', 'dynamics-other', 'commercial', null, true],
    ['contoso.operations.dynamics.com', 'dynamics-other', 'commercial', null, true],
    ['contoso.powerappsportals.com', 'dynamics-other', null, null, true],
    ['login.microsoftonline.com', 'unknown', null, null, true],
    ['login.microsoftonline.com.evil.example', 'unknown', null, null, false],
    ['contoso.crm4.dynamics.com.evil.example', 'unknown', null, null, false],
    ['evilcrm4.dynamics.com.example', 'unknown', null, null, false],
    ['notdynamics.com', 'unknown', null, null, false],
    ['crm.contoso.com', 'unknown', null, null, false],
    ['crm', 'on-premises', null, null, false],
    ['crm.contoso.local', 'on-premises', null, null, false],
    ['10.1.2.3', 'on-premises', null, null, false],
    ['172.20.0.1', 'on-premises', null, null, false],
    ['172.32.0.1', 'unknown', null, null, false],
    ['fd00::1', 'on-premises', null, null, false],
    ['localhost', 'unknown', null, null, false],
    ['127.0.0.1', 'unknown', null, null, false],
  ];
  for (const [host, kind, cloud, region, online] of table) {
    test(`${host} is ${kind}`, () => {
      assert.deepEqual(classifyHost(host), { kind, cloud, region });
      assert.equal(isMicrosoftOnline(host), online);
    });
  }

  test('with a path that only Dynamics has is on-premises', () => {
    assert.equal(classifyHost('crm.contoso.com', '/XRMServices/2011/Organization.svc').kind, 'on-premises');
    assert.equal(classifyHost('crm.contoso.com', '/contoso/api/data/v9.1/').kind, 'on-premises');
  });
});

describe('the tables of suites', () => {
  test('name each suite once, and ten that Dataverse accepts', () => {
    assert.equal(new Set(cipherSuites.map(({ id }) => id)).size, cipherSuites.length);
    assert.equal(new Set(cipherSuites.map(({ name }) => name)).size, cipherSuites.length);
    assert.equal(cipherSuites.filter(({ dataverse }) => dataverse).length, 10);
    assert.ok(cipherSuites.slice(0, 10).every(({ dataverse }) => dataverse));
  });

  test('hold everything that Windows offers', () => {
    for (const { suites, notStrong } of schannelDefaults) {
      for (const name of [...suites, ...notStrong]) {
        assert.ok(suiteId(name) > 0);
      }
      assert.ok(notStrong.every((name) => suites.includes(name)));
    }
  });

  test('offer suites of a version to that version alone', () => {
    assert.ok(suitesFor('TLS 1.3').every(({ since }) => since === 'TLS 1.3'));
    assert.ok(suitesFor('TLS 1.2').every(({ since }) => since !== 'TLS 1.3'));
    assert.ok(suitesFor('SSL 3.0').every(({ name }) => !/GCM|SHA256|SHA384|ECDH/.test(name)));
    assert.equal(new Set([...suitesFor('TLS 1.2'), ...suitesFor('TLS 1.3')]).size, cipherSuites.length);
  });
});

describe('the record reader', () => {
  const stream = raw(
    alert(112, 1),
    record(22, raw(message(2, Buffer.alloc(70, 7)), message(11, Buffer.alloc(3_000, 8)))),
    recordsOf(5, 22, message(12, Buffer.alloc(333, 9))),
    record(20, raw(1)),
    alert(80),
  );

  test('finds the same items however the stream is cut', () => {
    const whole = new RecordReader().push(stream);
    assert.deepEqual(
      whole.map((item) => (item.kind === 'message' ? `${item.type}:${item.body.length}` : item.kind)),
      ['alert', '2:70', '11:3000', '12:333', 'change-cipher-spec', 'alert'],
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1 }), (sizes) => {
        const reader = new RecordReader();
        const items = [];
        let offset = 0;
        for (let round = 0; offset < stream.length; round++) {
          const size = sizes[round % sizes.length] ?? 1;
          items.push(...reader.push(stream.subarray(offset, offset + size)));
          offset += size;
        }
        assert.deepEqual(items, whole);
        assert.equal(reader.isBroken, false);
      }),
    );
  });

  test('never throws, and says nothing more once the stream is broken', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (pieces) => {
        const reader = new RecordReader();
        for (const piece of pieces) {
          const wasBroken = reader.isBroken;
          const items = reader.push(piece);
          assert.ok(!wasBroken || items.length === 0);
        }
      }),
    );
  });

  test('gives up on a stream of records of one byte after 20,000 of them', () => {
    const reader = new RecordReader();
    const content = recordsOf(1, 22, raw(2, 3, 0xff, 0xff, Buffer.alloc(170_000)));
    const lengthOfRecord = 6;
    let taken = 0;
    while (!reader.isBroken && taken < content.length) {
      reader.push(content.subarray(taken, taken + 7));
      taken += 7;
    }
    assert.equal(reader.isBroken, true);
    assert.equal(Math.floor(taken / lengthOfRecord), 20_001);
  });
});

test('a ServerHello of random bytes is read or refused, and never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
      try {
        assert.ok(parseServerHello(body).sessionId.length <= 32);
      } catch (error) {
        assert.match(String(error), /ends too early|no ServerHello|twice|left over|empty/);
      }
    }),
  );
});

describe('the environment', () => {
  const table: readonly (readonly [list: string, host: string, port: number, excluded: boolean])[] = [
    ['', 'contoso.com', 443, false],
    ['*', 'contoso.com', 443, true],
    ['contoso.com', 'contoso.com', 443, true],
    ['contoso.com', 'crm.contoso.com', 443, true],
    ['contoso.com', 'notcontoso.com', 443, false],
    ['.contoso.com', 'crm.contoso.com', 443, true],
    ['*.contoso.com', 'crm.contoso.com', 443, true],
    ['CONTOSO.COM', 'contoso.com', 443, true],
    ['contoso.com:8443', 'contoso.com', 443, false],
    ['contoso.com:8443', 'contoso.com', 8443, true],
    ['a.com, b.com;c.com d.com', 'c.com', 443, true],
    ['a.com, b.com;c.com d.com', 'd.com', 443, true],
    ['10.0.0.0/8', '10.200.3.4', 443, true],
    ['10.0.0.0/8', '11.0.0.1', 443, false],
    ['192.168.1.128/25', '192.168.1.127', 443, false],
    ['192.168.1.128/25', '192.168.1.129', 443, true],
    ['10.0.0.0/8', 'contoso.com', 443, false],
    ['127.0.0.1', '127.0.0.1', 443, true],
    ['::1', '::1', 443, true],
    ['[::1]:8443', '::1', 8443, true],
    ['[::1]:8443', '::1', 443, false],
  ];
  for (const [list, host, port, excluded] of table) {
    test(`NO_PROXY "${list}" ${excluded ? 'excludes' : 'does not exclude'} ${host}:${port}`, () => {
      assert.equal(isExcluded(list, host, port), excluded);
    });
  }

  test('names the proxy, the lower-case name first', () => {
    assert.equal(proxyFromEnvironment({}, 'contoso.com', 443), null);
    assert.equal(proxyFromEnvironment({ HTTPS_PROXY: 'http://p:1' }, 'contoso.com', 443), 'http://p:1');
    assert.equal(proxyFromEnvironment({ HTTPS_PROXY: 'a', https_proxy: 'b' }, 'contoso.com', 443), 'b');
    assert.equal(proxyFromEnvironment({ ALL_PROXY: 'a' }, 'contoso.com', 443), 'a');
    assert.equal(proxyFromEnvironment({ HTTP_PROXY: 'a' }, 'contoso.com', 443), null);
    assert.equal(proxyFromEnvironment({ HTTPS_PROXY: 'a', NO_PROXY: '.contoso.com' }, 'x.contoso.com', 443), null);
    assert.equal(proxyFromEnvironment({ HTTPS_PROXY: 'a' }, 'localhost', 443), null);
    assert.equal(proxyFromEnvironment({ HTTPS_PROXY: 'a' }, '127.0.0.1', 443), null);
  });

  test('may write a proxy in several ways', () => {
    assert.deepEqual(parseProxy('proxy:3128'), { host: 'proxy', port: 3128, credentials: null });
    assert.deepEqual(parseProxy('http://proxy'), { host: 'proxy', port: 80, credentials: null });
    assert.deepEqual(parseProxy('https://proxy'), { host: 'proxy', port: 443, credentials: null, tls: 'checked' });
    assert.deepEqual(parseProxy('http://[::1]:8080/'), { host: '::1', port: 8080, credentials: null });
    assert.deepEqual(parseProxy('http://us%40er:p%3Aw:d@proxy:1'), {
      host: 'proxy',
      port: 1,
      credentials: { username: 'us@er', password: 'p:w:d' },
    });
    for (const text of ['', 'socks5://proxy:1', 'http://', 'http://proxy:99999', 'http://a b']) {
      assert.equal(parseProxy(text), undefined, text);
    }
  });
});

test('the sign-in authority is read from the challenges', () => {
  const head = [
    'HTTP/1.1 401 Unauthorized',
    'WWW-Authenticate: Negotiate',
    'www-authenticate: Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize, resource_id=x',
  ].join('\r\n');
  assert.deepEqual(parseSignIn(head), {
    status: 401,
    authority: 'https://login.microsoftonline.com/common/oauth2/authorize',
    schemes: ['Negotiate', 'Bearer'],
  });
  assert.deepEqual(parseSignIn('HTTP/1.1 200 OK'), { status: 200, authority: null, schemes: [] });
  assert.deepEqual(parseSignIn(null), { status: null, authority: null, schemes: [] });
  assert.equal(
    parseSignIn('HTTP/1.1 401 x\r\nWWW-Authenticate: Bearer authorization_uri=javascript:alert').authority,
    null,
  );
});

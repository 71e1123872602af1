import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { matchesName } from '../../server/src/probe/host-match.ts';
import type { CertificateProblem, Verdict } from '../../server/src/probe/index.ts';
import { stopLeftovers } from './harness/byte-server.ts';
import { type CertificateRequest, makeCertificate, type TestCertificate } from './harness/certificates.ts';
import { nodePort, probeOne } from './harness/probing.ts';
import { startTlsServer } from './harness/tls-server.ts';

after(stopLeftovers);

const day = 86_400_000;
const names: CertificateRequest = { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] };
const root = makeCertificate({ subject: 'Test Root', isAuthority: true });
const intermediate = makeCertificate({ subject: 'Test Issuing', isAuthority: true, issuer: root, keyType: 'ec' });
const leaf = makeCertificate({ ...names, subject: 'leaf', issuer: intermediate });
const selfSigned = makeCertificate(names);
const notAuthority = makeCertificate({ subject: 'No Authority', issuer: root });
const otherRoot = makeCertificate({ subject: 'Test Root', isAuthority: true, keyType: 'fresh-rsa' });

interface Row {
  readonly name: string;
  readonly certificate: TestCertificate;
  readonly chain?: readonly TestCertificate[];
  readonly trust?: readonly TestCertificate[];
  readonly host?: string;
  readonly problems: readonly CertificateProblem[];
  readonly trusted: boolean;
  readonly verdict: Verdict;
}

const rows: readonly Row[] = [
  {
    name: 'a whole chain to a root of --ca',
    certificate: leaf,
    chain: [intermediate],
    trust: [root],
    problems: [],
    trusted: true,
    verdict: 'ok',
  },
  {
    name: 'a chain that carries its root',
    certificate: leaf,
    chain: [intermediate, root],
    trust: [root],
    problems: [],
    trusted: true,
    verdict: 'ok',
  },
  {
    name: 'an issuing certificate as anchor',
    certificate: leaf,
    trust: [intermediate],
    problems: [],
    trusted: true,
    verdict: 'ok',
  },
  {
    name: 'a self-signed certificate that is an anchor itself',
    certificate: selfSigned,
    trust: [selfSigned],
    problems: [],
    trusted: true,
    verdict: 'ok',
  },
  {
    name: 'a self-signed certificate',
    certificate: selfSigned,
    problems: ['self-signed'],
    trusted: false,
    verdict: 'certificate',
  },
  {
    name: 'a root that nobody knows',
    certificate: leaf,
    chain: [intermediate, root],
    problems: ['untrusted-root'],
    trusted: false,
    verdict: 'certificate',
  },
  {
    name: 'a missing intermediate certificate',
    certificate: leaf,
    trust: [root],
    problems: ['untrusted-root'],
    trusted: false,
    verdict: 'certificate',
  },
  {
    name: 'a root of the same name with another key',
    certificate: leaf,
    chain: [intermediate],
    trust: [otherRoot],
    problems: ['untrusted-root'],
    trusted: false,
    verdict: 'certificate',
  },
  {
    name: 'an issuer that is no authority',
    certificate: makeCertificate({ ...names, subject: 'leaf', issuer: notAuthority }),
    chain: [notAuthority],
    trust: [root],
    problems: ['untrusted-root'],
    trusted: false,
    verdict: 'certificate',
  },
  {
    name: 'an expired certificate',
    certificate: makeCertificate({
      ...names,
      subject: 'old',
      issuer: root,
      notAfter: new Date(Date.now() - day),
      notBefore: new Date(Date.now() - 3 * day),
    }),
    trust: [root],
    problems: ['expired'],
    trusted: true,
    verdict: 'certificate',
  },
  {
    name: 'a certificate of tomorrow',
    certificate: makeCertificate({ ...names, subject: 'new', issuer: root, notBefore: new Date(Date.now() + day) }),
    trust: [root],
    problems: ['not-yet-valid'],
    trusted: true,
    verdict: 'certificate',
  },
  {
    name: 'a certificate for another host',
    certificate: makeCertificate({ subject: 'other', dnsNames: ['contoso.com', '*.contoso.com'], issuer: root }),
    trust: [root],
    problems: ['host-mismatch'],
    trusted: true,
    verdict: 'certificate',
  },
  {
    name: 'a common name where there are no other names',
    certificate: makeCertificate({ subject: 'localhost', issuer: root }),
    trust: [root],
    problems: [],
    trusted: true,
    verdict: 'ok',
  },
  {
    name: 'a common name beside names that do not fit',
    certificate: makeCertificate({ subject: 'localhost', dnsNames: ['contoso.com'], issuer: root }),
    trust: [root],
    problems: ['host-mismatch'],
    trusted: true,
    verdict: 'certificate',
  },
  {
    name: 'an address among the names',
    certificate: makeCertificate({ subject: 'address', ipAddresses: ['127.0.0.1'], issuer: root }),
    trust: [root],
    host: '127.0.0.1',
    problems: [],
    trusted: true,
    verdict: 'ok',
  },
  {
    name: 'an address as common name',
    certificate: makeCertificate({ subject: '127.0.0.1', issuer: root }),
    trust: [root],
    host: '127.0.0.1',
    problems: ['host-mismatch'],
    trusted: true,
    verdict: 'certificate',
  },
  {
    name: 'everything wrong at once',
    certificate: makeCertificate({
      subject: 'bad',
      notAfter: new Date(Date.now() - day),
      notBefore: new Date(Date.now() - 2 * day),
    }),
    problems: ['expired', 'host-mismatch', 'self-signed'],
    trusted: false,
    verdict: 'certificate',
  },
];

describe('a certificate', { concurrency: 4 }, () => {
  for (const row of rows) {
    test(`${row.name}: ${row.problems.join(', ') || 'no problem'}`, async () => {
      const server = await startTlsServer(row.certificate, { chain: row.chain ?? [] });
      try {
        const target = await probeOne(`${row.host ?? 'localhost'}:${server.port}`, {
          trustFiles: (row.trust ?? []).map(({ pem }) => Buffer.from(pem)),
        });
        assert.deepEqual(target.certificate?.problems, row.problems);
        assert.equal(target.certificate?.trusted, row.trusted);
        assert.equal(target.certificate?.publiclyTrusted, false);
        assert.equal(target.certificate?.matchesHost, !row.problems.includes('host-mismatch'));
        assert.equal(target.verdict, row.verdict, target.message);
        assert.ok(server.highest <= 5, `${server.highest} connections at a time`);
        await server.allClosed();
      } finally {
        await server.stop();
      }
    });
  }

  test('is read in DER as well as in PEM for --ca', async () => {
    const server = await startTlsServer(selfSigned);
    const target = await probeOne(`localhost:${server.port}`, { trustFiles: [selfSigned.der] });
    await server.stop();
    assert.equal(target.verdict, 'ok');
  });

  test('tells key, signature, dates and names', async () => {
    const server = await startTlsServer(leaf, { chain: [intermediate] });
    const target = await probeOne(`localhost:${server.port}`);
    await server.stop();
    const { certificate } = target;
    assert.equal(certificate?.subject, 'CN=leaf');
    assert.equal(certificate?.issuer, 'CN=Test Issuing');
    assert.equal(certificate?.key, 'RSA 2048');
    assert.equal(certificate?.signature, 'ecdsa-with-SHA256');
    assert.deepEqual(certificate?.chain, ['CN=leaf', 'CN=Test Issuing']);
    assert.match(certificate?.notAfter ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('of TLS 1.1 alone is taken from the plain message', async () => {
    const server = await startTlsServer(leaf, {
      chain: [intermediate],
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const target = await probeOne(`localhost:${server.port}`, { trustFiles: [Buffer.from(root.pem)] });
    await server.stop();
    assert.equal(target.verdict, 'too-old');
    assert.equal(target.certificate?.subject, 'CN=leaf');
    assert.equal(target.certificate?.trusted, true);
  });

  test('is seen although the server wants one from the client', async () => {
    const server = await startTlsServer(leaf, {
      chain: [intermediate],
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion: 'TLSv1.2',
    });
    const target = await probeOne(`localhost:${server.port}`, { trustFiles: [Buffer.from(root.pem)] });
    await server.stop();
    assert.equal(target.verdict, 'ok');
    assert.equal(target.certificate?.subject, 'CN=leaf');
  });

  test('that can be no certificate is none', () => {
    assert.equal(nodePort.certificates.parse(Buffer.from('garbage')), undefined);
    assert.deepEqual(nodePort.certificates.parseFile(Buffer.from('garbage')), []);
    assert.ok(nodePort.certificates.publicRoots().length > 100);
  });
});

test('names are compared label by label', () => {
  const table: readonly (readonly [pattern: string, host: string, fits: boolean])[] = [
    ['contoso.crm4.dynamics.com', 'contoso.crm4.dynamics.com', true],
    ['CONTOSO.crm4.dynamics.com', 'contoso.crm4.dynamics.com', true],
    ['contoso.crm4.dynamics.com.', 'contoso.crm4.dynamics.com', true],
    ['*.crm4.dynamics.com', 'contoso.crm4.dynamics.com', true],
    ['*.crm.dynamics.com', 'contoso.crm4.dynamics.com', false],
    ['*.crm4.dynamics.com', 'contoso.api.crm4.dynamics.com', false],
    ['*.crm4.dynamics.com', 'crm4.dynamics.com', false],
    ['*.com', 'contoso.com', false],
    ['*', 'contoso.com', false],
    ['*', 'localhost', false],
    ['*.*.dynamics.com', 'contoso.crm4.dynamics.com', false],
    ['con*.crm4.dynamics.com', 'contoso.crm4.dynamics.com', false],
    ['contoso.*.dynamics.com', 'contoso.crm4.dynamics.com', false],
    ['contoso.com', 'contoso.com.evil.example', false],
    ['', 'contoso.com', false],
  ];
  for (const [pattern, host, fits] of table) {
    assert.equal(matchesName(pattern, host), fits, `${pattern} for ${host}`);
  }
});

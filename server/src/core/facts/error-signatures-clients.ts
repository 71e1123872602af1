import type { CauseHint, ErrorSignature } from './error-causes.ts';

/** Sentences of browsers, OpenSSL, Java, Node.js, Python, Go and curl. */

const chromium = 'https://chromium.googlesource.com/chromium/src/+/main/net/base/net_error_list.h';
const mozilla = 'https://searchfox.org/mozilla-central/source/security/nss/lib/ssl/SSLerrs.h';
const curlCodes = 'https://curl.se/libcurl/c/libcurl-errors.html';

const refusedVersion: readonly CauseHint[] = [
  [
    'tls-version',
    'certain',
    'The server sent the alert "protocol_version": it refuses the TLS version that the client offers.',
  ],
];
const oldServer: readonly CauseHint[] = [
  ['tls-version', 'likely', 'The server chose a TLS version that is too old for this client.'],
  ['server', 'possible', 'The server may need an update.'],
];
const notTls: readonly CauseHint[] = [
  ['proxy', 'likely', 'What came back is not TLS: a proxy, or plain HTTP on that port.'],
  ['other', 'possible', 'The port may be wrong.'],
];
const noSuite: readonly CauseHint[] = [
  ['cipher-suite', 'likely', 'The alert "handshake_failure" mostly means that there is no common cipher suite.'],
  ['tls-version', 'possible', 'Some servers send it to old versions.'],
];
const untrusted: readonly CauseHint[] = [
  ['certificate', 'certain', 'The text says that the certificate was not accepted.'],
];

const browsers: readonly ErrorSignature[] = [
  {
    id: 'chromium-version-or-cipher',
    pattern: /ERR_SSL_VERSION_OR_CIPHER_MISMATCH/,
    weight: 'specific',
    causes: [
      [
        'tls-version',
        'likely',
        'The browser says that it has no TLS version or cipher suite in common with the server.',
      ],
      ['cipher-suite', 'possible', 'The versions may agree, and the cipher suites not.'],
    ],
    source: chromium,
  },
  {
    id: 'chromium-obsolete-version',
    pattern: /ERR_SSL_OBSOLETE_VERSION|ERR_NO_SSL_VERSIONS_ENABLED/,
    weight: 'specific',
    causes: [['tls-version', 'certain', 'The browser names the TLS version as the cause.']],
    source: chromium,
  },
  {
    id: 'chromium-protocol-error',
    pattern: /ERR_SSL_PROTOCOL_ERROR/,
    weight: 'telling',
    causes: [
      ['tls-version', 'possible', 'The handshake broke off.'],
      ['proxy', 'possible', 'Something that is not TLS may have answered.'],
    ],
    source: chromium,
  },
  {
    id: 'chromium-certificate',
    pattern: /(?:NET::)?ERR_CERT_[A-Z_]+|ERR_SSL_CLIENT_AUTH_CERT_NEEDED|ERR_BAD_SSL_CLIENT_AUTH_CERT/,
    weight: 'specific',
    causes: untrusted,
    source: chromium,
  },
  {
    id: 'chromium-proxy',
    pattern: /ERR_TUNNEL_CONNECTION_FAILED|ERR_PROXY_[A-Z_]+/,
    weight: 'specific',
    causes: [['proxy', 'certain', 'The browser names the proxy.']],
    source: chromium,
  },
  {
    id: 'chromium-name',
    pattern: /ERR_NAME_NOT_RESOLVED|DNS_PROBE_FINISHED_[A-Z_]+/,
    weight: 'specific',
    causes: [['dns', 'certain', 'The browser says that the host name has no address.']],
    source: chromium,
  },
  {
    id: 'chromium-connect',
    pattern: /ERR_CONNECTION_(?:REFUSED|TIMED_OUT|FAILED)|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE/,
    weight: 'specific',
    causes: [['network', 'certain', 'The browser says that no connection was made.']],
    source: chromium,
  },
  {
    id: 'firefox-version',
    pattern: /SSL_ERROR_UNSUPPORTED_VERSION|SSL_ERROR_PROTOCOL_VERSION_ALERT/,
    weight: 'specific',
    causes: [['tls-version', 'certain', 'The browser names the TLS version as the cause.']],
    source: mozilla,
  },
  {
    id: 'firefox-no-cipher-overlap',
    pattern: /SSL_ERROR_NO_CYPHER_OVERLAP/,
    weight: 'specific',
    causes: [
      ['cipher-suite', 'likely', 'The browser says that there is no common cipher suite.'],
      ['tls-version', 'possible', 'The common suites may need another version.'],
    ],
    source: mozilla,
  },
  {
    id: 'firefox-certificate',
    pattern:
      /SEC_ERROR_(?:UNKNOWN_ISSUER|EXPIRED_[A-Z_]+|UNTRUSTED_[A-Z_]+|REVOKED_[A-Z_]+)|SSL_ERROR_BAD_CERT_[A-Z_]+|MOZILLA_PKIX_ERROR_[A-Z_]+/,
    weight: 'specific',
    causes: untrusted,
    source: mozilla,
  },
];

const openssl: readonly ErrorSignature[] = [
  {
    id: 'openssl-alert-protocol-version',
    pattern: /tlsv1[ _]alert[ _]protocol[ _]version|alert protocol version|SSL alert number 70\b/i,
    weight: 'specific',
    causes: refusedVersion,
    source: 'https://github.com/psf/requests/issues/4757',
  },
  {
    id: 'openssl-alert-handshake',
    pattern:
      /(?:ssl|tls)v\d[ _]alert[ _]handshake[ _]failure|alert handshake failure|SSL alert number (?:40|71)\b|alert[ _]insufficient[ _]security/i,
    weight: 'specific',
    causes: noSuite,
    source: 'https://www.rfc-editor.org/rfc/rfc5246#section-7.2.2',
  },
  {
    id: 'openssl-wrong-version-number',
    pattern: /wrong[ _]version[ _]number/i,
    weight: 'specific',
    causes: notTls,
    source: 'https://github.com/curl/curl/issues/3517',
  },
  {
    id: 'openssl-unsupported-protocol',
    pattern:
      /ssl_choose_client_version|ERR_SSL_UNSUPPORTED_PROTOCOL|\[SSL: UNSUPPORTED_PROTOCOL\]|:unsupported protocol\b/i,
    weight: 'specific',
    causes: oldServer,
    source: 'https://github.com/nodejs/help/issues/1936',
  },
  {
    id: 'openssl-no-protocols',
    pattern: /no[ _]protocols[ _]available/i,
    weight: 'specific',
    causes: [['tls-version', 'certain', 'The settings of this client leave no TLS version.']],
    source: 'https://github.com/dotnet/corefx/issues/40175',
  },
  {
    id: 'openssl-certificate',
    pattern:
      /certificate[ _]verify[ _]failed|unable to get local issuer certificate|self[- ]signed certificate|certificate has expired|Hostname mismatch, certificate is not valid/i,
    weight: 'specific',
    causes: untrusted,
    source: 'https://docs.openssl.org/master/man1/openssl-verification-options/',
  },
  {
    id: 'openssl-eof',
    pattern:
      /EOF occurred in violation of protocol|SSL_ERROR_SYSCALL|unexpected eof while reading|Client network socket disconnected before secure TLS connection was established/i,
    weight: 'telling',
    causes: [
      ['tls-version', 'likely', 'The server closed the connection during the handshake.'],
      ['network', 'possible', 'A firewall or a proxy can do the same.'],
    ],
    source: 'https://github.com/psf/requests/issues/2616',
  },
];

const runtimes: readonly ErrorSignature[] = [
  {
    id: 'java-alert-protocol-version',
    pattern: /Received fatal alert: protocol_version/i,
    weight: 'specific',
    causes: refusedVersion,
    source: 'https://ops.java/security/articles/enable-tls-12-java-7',
  },
  {
    id: 'java-alert-handshake',
    pattern: /Received fatal alert: (?:handshake_failure|insufficient_security)/i,
    weight: 'specific',
    causes: noSuite,
    source: 'https://www.rfc-editor.org/rfc/rfc5246#section-7.2.2',
  },
  {
    id: 'java-no-appropriate-protocol',
    pattern: /No appropriate protocol \(protocol is disabled or cipher suites are inappropriate\)/i,
    weight: 'specific',
    causes: [['tls-version', 'certain', 'Code or a property asks for a TLS version that this JDK has disabled.']],
    source: 'https://bugs.openjdk.org/browse/JDK-8202343',
  },
  {
    id: 'java-server-chose',
    pattern: /Server chose (?:TLSv1(?:\.\d)?|SSLv3), but that protocol version is not enabled/i,
    weight: 'specific',
    causes: [['tls-version', 'certain', 'The client has not enabled the TLS version that the server chose.']],
    source: 'https://github.com/oblac/jodd/issues/750',
  },
  {
    id: 'java-closed-in-handshake',
    pattern: /Remote host (?:closed connection during|terminated the) handshake/i,
    weight: 'telling',
    causes: [
      ['tls-version', 'likely', 'The server closed the connection during the handshake.'],
      ['network', 'possible', 'A firewall or a proxy can do the same.'],
    ],
    source: 'https://github.com/ljader/redmine-mylyn-plugin/issues/67',
  },
  {
    id: 'java-not-tls',
    pattern: /Unsupported or unrecognized SSL message|Unrecognized SSL message, plaintext connection/i,
    weight: 'specific',
    causes: notTls,
    source: 'https://github.com/spring-projects/spring-ai/issues/1530',
  },
  {
    id: 'java-certificate',
    pattern: /PKIX path (?:building|validation) failed|No subject alternative (?:DNS )?names? /i,
    weight: 'specific',
    causes: untrusted,
    source: 'https://docs.oracle.com/javase/8/docs/technotes/guides/security/certpath/CertPathProgGuide.html',
  },
  {
    id: 'java-unknown-host',
    pattern: /\bUnknownHostException\b/,
    weight: 'specific',
    causes: [['dns', 'certain', 'The exception says that the host name has no address.']],
    source: 'https://docs.oracle.com/javase/8/docs/api/java/net/UnknownHostException.html',
  },
  {
    id: 'java-proxy',
    pattern:
      /Unable to tunnel through proxy|Tunnel connection failed|\bProxyError\b|tunneling socket could not be established/i,
    weight: 'specific',
    causes: [['proxy', 'certain', 'The text says that the proxy gives no connection.']],
    source: 'https://docs.oracle.com/javase/8/docs/technotes/guides/net/proxies.html',
  },
  {
    id: 'node-certificate',
    pattern:
      /\b(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME_INVALID)\b/,
    weight: 'specific',
    causes: untrusted,
    source: 'https://nodejs.org/api/tls.html#x509-certificate-error-codes',
  },
  {
    id: 'go-protocol-version',
    pattern: /tls: protocol version not supported|tls: no supported versions satisfy MinVersion and MaxVersion/i,
    weight: 'specific',
    causes: refusedVersion,
    source: 'https://github.com/willnorris/imageproxy/issues/186',
  },
  {
    id: 'go-server-too-old',
    pattern: /tls: server selected unsupported protocol version/i,
    weight: 'specific',
    causes: oldServer,
    source: 'https://pkg.go.dev/crypto/tls#Config',
  },
  {
    id: 'go-handshake-failure',
    pattern: /remote error: tls: handshake failure/i,
    weight: 'specific',
    causes: noSuite,
    source: 'https://pkg.go.dev/crypto/tls#Config',
  },
  {
    id: 'go-not-tls',
    pattern: /tls: first record does not look like a TLS handshake|server gave HTTP response to HTTPS client/i,
    weight: 'specific',
    causes: notTls,
    source: 'https://pkg.go.dev/crypto/tls#RecordHeaderError',
  },
  {
    id: 'go-certificate',
    pattern:
      /x509: certificate (?:signed by unknown authority|has expired|is valid for)|tls: failed to verify certificate/i,
    weight: 'specific',
    causes: untrusted,
    source: 'https://pkg.go.dev/crypto/x509#Certificate.Verify',
  },
];

const curl: readonly ErrorSignature[] = [
  curlExit('35', 'connect', 'wrapper', [
    ['tls-version', 'possible', 'curl says that the handshake failed; the rest of the line says why.'],
    ['proxy', 'possible', 'Something that is not TLS may have answered.'],
  ]),
  curlExit('(?:51|58|60|77|83|91)', 'certificate', 'specific', untrusted),
  curlExit('6', 'name', 'specific', [['dns', 'certain', 'curl says that the host name has no address.']]),
  curlExit('5', 'proxy-name', 'specific', [
    ['proxy', 'certain', 'curl says that the name of the proxy has no address.'],
  ]),
  curlExit('(?:7|28)', 'network', 'specific', [
    ['network', 'certain', 'curl says that no connection was made in time.'],
  ]),
  {
    id: 'curl-proxy-code',
    pattern: /HTTP (?:code )?\d{3} .{0,20}from proxy after CONNECT|CONNECT tunnel failed, response \d{3}/i,
    weight: 'specific',
    causes: [['proxy', 'certain', 'The proxy gives no connection to the host.']],
    source: curlCodes,
  },
];

export const clientSignatures: readonly ErrorSignature[] = [...browsers, ...openssl, ...runtimes, ...curl];

function curlExit(
  code: string,
  name: string,
  weight: ErrorSignature['weight'],
  causes: readonly CauseHint[],
): ErrorSignature {
  return { id: `curl-${name}`, pattern: new RegExp(`\\bcurl: \\(${code}\\)`), weight, causes, source: curlCodes };
}

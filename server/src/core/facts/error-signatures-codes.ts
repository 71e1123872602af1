import type { CauseHint, ErrorSignature } from './error-causes.ts';

/**
 * What no language changes: HRESULTs and names of status codes, socket numbers, AADSTS codes, Schannel events, and
 * stack frames.
 */

const schannelCodes = 'https://learn.microsoft.com/windows/win32/secauthn/schannel-error-codes-for-tls-and-ssl-alerts';
const winHttpCodes = 'https://learn.microsoft.com/windows/win32/winhttp/error-messages';
const socketCodes = 'https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2';
const statusNames = 'https://learn.microsoft.com/dotnet/api/system.net.webexceptionstatus';
const entraCodes = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes';
const referenceSource = 'https://github.com/microsoft/referencesource/tree/master/System/net/System/Net';

const oldTls = (because: string): readonly CauseHint[] => [
  ['tls-version', 'likely', because],
  ['cipher-suite', 'possible', 'The same code is used when there is no common cipher suite.'],
];
const noSuite = (because: string): readonly CauseHint[] => [
  ['cipher-suite', 'likely', because],
  ['tls-version', 'possible', 'Some servers answer an old version in the same way.'],
];
const closedInHandshake: readonly CauseHint[] = [
  ['tls-version', 'likely', 'The server broke the connection off while TLS was being negotiated.'],
  ['network', 'possible', 'A firewall or an inspecting proxy can do the same.'],
];
const reset: readonly CauseHint[] = [
  ['tls-version', 'possible', 'The other side reset the connection; servers do that with clients that offer old TLS.'],
  ['network', 'possible', 'A firewall or a restarted service can do the same.'],
];
const resetLater: readonly CauseHint[] = [
  ['network', 'likely', 'The connection was reset while data was transferred, after TLS had been negotiated.'],
  ['server', 'possible', 'The service may have ended the connection.'],
];

const bySchannel: readonly ErrorSignature[] = [
  {
    id: 'schannel-unsupported-function',
    pattern: hresult(0x80090302, 'SEC_E_UNSUPPORTED_FUNCTION'),
    weight: 'specific',
    causes: oldTls('0x80090302 stands for the alert "protocol_version": the server refuses the version.'),
    source: schannelCodes,
  },
  {
    id: 'schannel-algorithm-mismatch',
    pattern: hresult(0x80090331, 'SEC_E_ALGORITHM_MISMATCH'),
    weight: 'specific',
    causes: oldTls('0x80090331: client and server have no protocol version or cipher suite in common.'),
    source: schannelCodes,
  },
  {
    id: 'schannel-illegal-message',
    pattern: hresult(0x80090326, 'SEC_E_ILLEGAL_MESSAGE'),
    weight: 'specific',
    causes: noSuite('0x80090326 stands for the alert "handshake_failure".'),
    source: schannelCodes,
  },
  {
    id: 'schannel-certificate',
    pattern: anyHresult(
      [0x80090325, 0x80090327, 0x80090328, 0x80090322, 0x800b0101, 0x800b0109, 0x800b010a, 0x800b010f, 0x800b010c],
      ['SEC_E_UNTRUSTED_ROOT', 'SEC_E_CERT_UNKNOWN', 'SEC_E_CERT_EXPIRED', 'SEC_E_WRONG_PRINCIPAL', 'CERT_E_[A-Z_]+'],
    ),
    weight: 'specific',
    causes: [['certificate', 'certain', 'The code says that the certificate was not accepted.']],
    source: schannelCodes,
  },
  {
    id: 'schannel-revocation',
    pattern: anyHresult([0x80092012, 0x80092013], ['CRYPT_E_NO_REVOCATION_CHECK', 'CRYPT_E_REVOCATION_OFFLINE']),
    weight: 'specific',
    causes: [
      ['certificate', 'certain', 'Whether the certificate is revoked could not be checked.'],
      ['network', 'possible', 'The list of revoked certificates may be blocked.'],
    ],
    source: 'https://github.com/curl/curl/issues/12239',
  },
  {
    id: 'schannel-internal-error',
    pattern: anyHresult(
      [0x80090304, 0x80090308],
      ['SEC_E_INTERNAL_ERROR', 'SEC_E_INVALID_TOKEN', 'Local Security Authority cannot be contacted'],
    ),
    weight: 'telling',
    causes: [
      ['tls-version', 'possible', 'Windows gives this code when a client insists on TLS 1.3 that is not available.'],
      ['proxy', 'possible', 'Something that is not TLS may have answered.'],
    ],
    source: 'https://github.com/dotnet/runtime/issues/53537',
  },
  {
    id: 'schannel-event-alert-version',
    pattern: /\b3688[78]\b.{0,300}?\b70\b|fatal alert code is 70\b/,
    weight: 'specific',
    causes: [['tls-version', 'certain', 'Alert 70 is "protocol_version".']],
    source: schannelCodes,
  },
  {
    id: 'schannel-event-alert-handshake',
    pattern: /\b3688[78]\b.{0,300}?\b(?:40|71)\b|fatal alert code is (?:40|71)\b/,
    weight: 'specific',
    causes: noSuite('Alerts 40 and 71 mean that nothing acceptable was offered.'),
    source: schannelCodes,
  },
  {
    id: 'schannel-event-alert-certificate',
    pattern: /\b3688[78]\b.{0,300}?\b4[2-68]\b|fatal alert code is 4[2-68]\b/,
    weight: 'specific',
    causes: [['certificate', 'certain', 'The alert says that the certificate was not accepted.']],
    source: schannelCodes,
  },
  {
    id: 'schannel-event-credential',
    pattern: /\b36871\b.{0,300}?\b10013\b|internal error state is 10013\b/,
    weight: 'specific',
    causes: [['tls-version', 'likely', 'Windows could not make a client credential: no enabled protocol is left.']],
    source:
      'https://learn.microsoft.com/troubleshoot/windows-server/certificates-and-public-key-infrastructure-pki/schannel-event-log',
  },
];

const byWinHttp: readonly ErrorSignature[] = [
  {
    id: 'winhttp-secure-channel',
    pattern: anyHresult(
      [0x80072f7d],
      ['ERROR_(?:WINHTTP|INTERNET)_SECURE_CHANNEL_ERROR', '(?:WinHTTP|WinINet|error)\\D{0,20}\\b12157\\b'],
    ),
    weight: 'specific',
    causes: [
      ['tls-version', 'likely', 'WinHTTP could not negotiate TLS.'],
      ['cipher-suite', 'possible', 'It gives the same code when there is no common cipher suite.'],
    ],
    source: winHttpCodes,
  },
  {
    id: 'winhttp-secure-failure',
    pattern: anyHresult(
      [0x80072f8f],
      ['ERROR_(?:WINHTTP|INTERNET)_SECURE_FAILURE', '(?:WinHTTP|WinINet|error)\\D{0,20}\\b12175\\b'],
    ),
    weight: 'telling',
    causes: [
      ['tls-version', 'possible', 'The code is given since 2022 when only TLS 1.0 or 1.1 is in common.'],
      ['certificate', 'possible', 'It is also given for a certificate that is not accepted.'],
    ],
    source: 'https://support.microsoft.com/kb/5017811',
  },
  {
    id: 'winhttp-certificate',
    pattern: anyHresult(
      [0x80072f05, 0x80072f06, 0x80072f0d, 0x80072f19, 0x80072f8a],
      [
        'ERROR_(?:WINHTTP|INTERNET)_(?:SECURE_CERT|SECURE_INVALID_CA|SEC_CERT)[A-Z_]*',
        '(?:WinHTTP|WinINet|error)\\D{0,20}\\b(?:12037|12038|12045|12057|12170)\\b',
      ],
    ),
    weight: 'specific',
    causes: [
      ['certificate', 'certain', 'The code says that date, name, issuer or revocation of the certificate is wrong.'],
    ],
    source: winHttpCodes,
  },
  {
    id: 'winhttp-name',
    pattern: anyHresult(
      [0x80072ee7],
      ['ERROR_(?:WINHTTP|INTERNET)_NAME_NOT_RESOLVED', '(?:WinHTTP|WinINet|error)\\D{0,20}\\b12007\\b'],
    ),
    weight: 'specific',
    causes: [['dns', 'certain', 'The code says that the host name has no address.']],
    source: winHttpCodes,
  },
  {
    id: 'winhttp-connect',
    pattern: anyHresult(
      [0x80072efd, 0x80072ee2],
      [
        'ERROR_(?:WINHTTP|INTERNET)_(?:CANNOT_CONNECT|TIMEOUT)',
        '(?:WinHTTP|WinINet|error)\\D{0,20}\\b(?:12029|12002)\\b',
      ],
    ),
    weight: 'specific',
    causes: [['network', 'certain', 'The code says that no connection was made.']],
    source: winHttpCodes,
  },
];

const bySocket: readonly ErrorSignature[] = [
  {
    id: 'socket-reset',
    pattern: socketError('10054', 'WSAECONNRESET|ECONNRESET|SocketError(?:Code)?\\W{1,4}ConnectionReset'),
    weight: 'telling',
    causes: reset,
    when: [
      ['handshake', closedInHandshake],
      ['dynamics-metadata', closedInHandshake],
      ['exchange', resetLater],
      ['web-exception', closedInHandshake],
    ],
    source: socketCodes,
  },
  {
    id: 'socket-timeout',
    pattern: socketError('10060', 'WSAETIMEDOUT|ETIMEDOUT|SocketError(?:Code)?\\W{1,4}TimedOut'),
    weight: 'specific',
    causes: [['network', 'certain', 'The host did not answer in time: TLS had not begun.']],
    source: socketCodes,
  },
  {
    id: 'socket-refused-locally',
    pattern: /(?:actively refused it|ECONNREFUSED|10061).{0,40}?\b(?:127\.0\.0\.1|localhost|\[?::1\]?):\d+/,
    weight: 'specific',
    causes: [
      ['proxy', 'likely', 'The refused address is on this machine: a proxy is configured that does not run.'],
      ['network', 'possible', 'Nothing listens on that port.'],
    ],
    source: socketCodes,
  },
  {
    id: 'socket-refused',
    pattern: socketError('10061', 'WSAECONNREFUSED|ECONNREFUSED|SocketError(?:Code)?\\W{1,4}ConnectionRefused'),
    weight: 'specific',
    causes: [['network', 'certain', 'The connection was refused: TLS had not begun.']],
    source: socketCodes,
  },
  {
    id: 'socket-unreachable',
    pattern: socketError('(?:10051|10065|10013)', 'WSAE(?:NETUNREACH|HOSTUNREACH|ACCES)|ENETUNREACH|EHOSTUNREACH'),
    weight: 'specific',
    causes: [['network', 'certain', 'The host or its network is not reachable, or access to the socket is forbidden.']],
    source: socketCodes,
  },
  {
    id: 'socket-host-not-found',
    pattern: socketError(
      '1100[14]',
      'WSAHOST_NOT_FOUND|ENOTFOUND|EAI_AGAIN|EAI_NONAME|SocketError(?:Code)?\\W{1,4}HostNotFound',
    ),
    weight: 'specific',
    causes: [['dns', 'certain', 'The code says that the host name has no address.']],
    source: socketCodes,
  },
];

const byStatusName: readonly ErrorSignature[] = [
  {
    id: 'status-secure-channel-failure',
    pattern: /\bSecureChannelFailure\b/,
    weight: 'telling',
    causes: [
      ['tls-version', 'likely', 'No secure channel: most often the client offers old TLS.'],
      ['cipher-suite', 'possible', 'The same status is given when there is no common cipher suite.'],
    ],
    source: statusNames,
  },
  {
    id: 'status-trust-failure',
    pattern: /\bTrustFailure\b/,
    weight: 'specific',
    causes: [['certificate', 'certain', 'The status says that the certificate is not trusted.']],
    source: statusNames,
  },
  {
    id: 'status-send-failure',
    pattern: /\bSendFailure\b/,
    weight: 'telling',
    causes: closedInHandshake,
    marks: ['web-exception'],
    source: statusNames,
  },
  {
    id: 'status-receive-failure',
    pattern: /\bReceiveFailure\b/,
    weight: 'telling',
    causes: reset,
    when: [
      ['handshake', closedInHandshake],
      ['exchange', resetLater],
    ],
    source: statusNames,
  },
  {
    id: 'status-name-resolution-failure',
    pattern: /(?<!Proxy)NameResolutionFailure\b/,
    weight: 'specific',
    causes: [['dns', 'certain', 'The status says that the host name has no address.']],
    source: statusNames,
  },
  {
    id: 'status-proxy-failure',
    pattern: /\bProxyNameResolutionFailure\b|\bRequestProhibitedByProxy\b/,
    weight: 'specific',
    causes: [['proxy', 'certain', 'The status names the proxy.']],
    source: statusNames,
  },
  {
    id: 'status-connect-failure',
    pattern: /\bConnectFailure\b/,
    weight: 'specific',
    causes: [['network', 'certain', 'The status says that no connection was made.']],
    source: statusNames,
  },
  {
    id: 'status-connection-closed',
    pattern: /\bWebExceptionStatus\W{1,3}ConnectionClosed\b|\bStatus\W{1,3}ConnectionClosed\b/,
    weight: 'telling',
    causes: [
      ['server', 'possible', 'The connection ended after the request was sent.'],
      ['network', 'possible', 'Something on the way may have ended it.'],
    ],
    source: statusNames,
  },
];

const byEntra: readonly ErrorSignature[] = [
  {
    id: 'aadsts-tls',
    pattern: /\bAADSTS1002016\b/,
    weight: 'specific',
    causes: [['tls-version', 'certain', 'AADSTS1002016: the sign-in was made with TLS 1.0, TLS 1.1 or 3DES.']],
    source: 'https://github.com/pnp/PnP-Tools/issues/326',
  },
  {
    id: 'aadsts-clock',
    pattern: /\bAADSTS700024\b|\bAADSTS50012\b.{0,200}?(?:time range|valid time|expired|not yet valid)|\bIDX10222\b/,
    weight: 'specific',
    causes: [
      ['clock', 'likely', 'The token is outside its time of validity.'],
      ['sign-in', 'possible', 'The assertion may be too old.'],
    ],
    source: entraCodes,
  },
  {
    id: 'aadsts-other',
    pattern: /\bAADSTS(?!1002016|700024)\d{4,}\b/,
    weight: 'specific',
    causes: [['sign-in', 'certain', 'The sign-in service answered with a code of its own: TLS was fine.']],
    source: entraCodes,
  },
];

/** The last resort in a language that nobody wrote sentences for: the stack shows where it happened. */
const byFrame: readonly ErrorSignature[] = [
  {
    id: 'frame-adal-no-response',
    pattern: /HttpWebResponseWrapper\.Close\(/,
    weight: 'telling',
    causes: [
      [
        'tls-version',
        'likely',
        'The sign-in library asked the organization who signs in and got no HTTP response at all.',
      ],
      ['proxy', 'possible', 'A proxy that breaks the connection off looks the same.'],
    ],
    source: 'https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity',
  },
  {
    id: 'frame-handshake',
    pattern:
      /\b(?:SslState\.(?:StartReadFrame|StartReceiveBlob|ForceAuthentication|ProcessAuthentication)|TlsStream\.ProcessAuthentication)\b/,
    weight: 'wrapper',
    causes: [
      ['tls-version', 'likely', 'The stack ends where the client waits for the answer to its first TLS message.'],
      ['network', 'possible', 'A firewall or an inspecting proxy can break the connection off there.'],
    ],
    when: [
      [
        'refused-by-client',
        [
          ['certificate', 'possible', 'The stack ends where the client refuses what the server sent.'],
          ['tls-version', 'possible', 'The same place is reached when the server refuses the version.'],
        ],
      ],
    ],
    source: referenceSource,
  },
];

export const codeSignatures: readonly ErrorSignature[] = [
  ...bySchannel,
  ...byWinHttp,
  ...bySocket,
  ...byStatusName,
  ...byEntra,
  ...byFrame,
];

function hresult(code: number, name: string): RegExp {
  return anyHresult([code], [name]);
}

/** Codes as logs spell them: in hex with or without 0x, and as a negative decimal number; or one of the names. */
function anyHresult(codes: readonly number[], names: readonly string[]): RegExp {
  const spellings = codes.flatMap((code) => [code.toString(16), String(code - 2 ** 32)]);
  return new RegExp(
    `(?<![\\da-z-])(?:0x)?(?:${spellings.join('|')})(?![\\da-z])|\\b(?:${names.join('|')})(?![A-Za-z\\d])`,
    'i',
  );
}

/** A number alone may be anything: it counts where something says that it is an error number. */
function socketError(number: string, names: string): RegExp {
  return new RegExp(
    `(?:\\b(?:WinError|Errno|os error|socket error|error ?code|ErrorCode|NativeErrorCode|native error|ConnectionResetError|OSError|winsock error|Win32 error|error)\\W{0,4}|(?:SocketException|Win32Exception) \\()${number}\\b|\\b(?:${names})\\b`,
    'i',
  );
}

import type { CauseHint, ErrorSignature } from './error-causes.ts';

/**
 * Sentences of .NET, .NET Framework and Windows in English.
 * The resources of .NET Framework: https://github.com/microsoft/referencesource/blob/master/System/System.txt
 */

const resources = 'https://github.com/microsoft/referencesource/blob/master/System/System.txt';

const noChannel: readonly CauseHint[] = [
  ['tls-version', 'likely', 'No secure channel could be made: most often the client offers old TLS.'],
  ['cipher-suite', 'possible', 'There may be no common cipher suite.'],
  ['certificate', 'possible', 'A client certificate may be missing.'],
];
const closedOnSend: readonly CauseHint[] = [
  [
    'tls-version',
    'likely',
    'The server closed the connection while TLS was being negotiated, which it does with old TLS.',
  ],
  ['network', 'possible', 'A firewall or a proxy can close it as well.'],
];
const closedOnReceive: readonly CauseHint[] = [
  ['tls-version', 'possible', 'The server closed the connection; it does that with clients that offer old TLS.'],
  ['network', 'possible', 'It may also have been closed while data was transferred.'],
];
const closedLater: readonly CauseHint[] = [
  ['network', 'likely', 'The connection ended while data was transferred, after TLS had been negotiated.'],
  ['server', 'possible', 'The service may have ended it.'],
];
const untrusted: readonly CauseHint[] = [
  ['certificate', 'certain', 'The text says that the certificate was not accepted.'],
];
const unresolved: readonly CauseHint[] = [['dns', 'certain', 'The text says that the host name has no address.']];
const unconnected: readonly CauseHint[] = [['network', 'certain', 'No connection was made: TLS had not begun.']];

/** The meanings by topic, which the sentences of other languages share. */
export const meanings = { noChannel, closedOnSend, closedOnReceive, closedLater, untrusted, unresolved, unconnected };

const handshake: readonly ErrorSignature[] = [
  {
    id: 'dotnet-secure-channel',
    pattern: /Could(?: not|n['\u2019]t) create SSL\/TLS secure channel/i,
    weight: 'telling',
    causes: noChannel,
    source: 'https://github.com/MscrmTools/MscrmTools.Xrm.Connection/issues/34',
  },
  {
    id: 'dotnet-error-on-send',
    pattern: /An unexpected error occurred on a send/i,
    weight: 'telling',
    causes: closedOnSend,
    marks: ['web-exception'],
    source: 'https://github.com/microsoft/Dynamics-AX-Integration/issues/45',
  },
  {
    id: 'dotnet-error-on-receive',
    pattern: /An unexpected error occurred on a receive/i,
    weight: 'telling',
    causes: closedOnReceive,
    when: [
      ['handshake', closedOnSend],
      ['exchange', closedLater],
    ],
    source: resources,
  },
  {
    id: 'dotnet-transport-stream-closed',
    pattern:
      /remote party (?:has )?closed the transport (?:stream|connection)|Received an unexpected EOF or 0 bytes from the transport stream/i,
    weight: 'specific',
    causes: closedOnSend,
    source: 'https://github.com/Adoxio/dynamics-portal-companion-app/issues/6',
  },
  {
    id: 'dotnet-transport-read-reset',
    pattern:
      /Unable to (?:read|write|transfer) data (?:from|to|on) the transport connection: .{0,20}existing connection was forcibly closed(?: by the remote host)?/i,
    weight: 'telling',
    causes: closedOnSend,
    when: [
      ['handshake', closedOnSend],
      ['dynamics-metadata', closedOnSend],
      ['exchange', closedLater],
    ],
    source: 'https://github.com/amervitz/xRM-Portals-Community-Edition/issues/59',
  },
  {
    id: 'windows-connection-reset',
    pattern:
      /existing connection was forcibly closed by the remote host|Connection reset by peer|java\.net\.SocketException: Connection reset/i,
    weight: 'telling',
    causes: closedOnReceive,
    when: [
      ['handshake', closedOnSend],
      ['dynamics-metadata', closedOnSend],
      ['exchange', closedLater],
      ['web-exception', closedOnSend],
      [
        'sql',
        [
          ['tls-version', 'possible', 'SQL Server closed the connection; it does that below its minimum TLS version.'],
          ['network', 'possible', 'A firewall may have closed it.'],
        ],
      ],
    ],
    source: resources,
  },
  {
    id: 'windows-no-common-algorithm',
    pattern: /client and server cannot communicate, because they do not possess a common algorithm/i,
    weight: 'specific',
    causes: [
      ['tls-version', 'likely', 'Client and server have no protocol version or cipher suite in common.'],
      ['cipher-suite', 'possible', 'The versions may agree, and the cipher suites not.'],
    ],
    source: 'https://github.com/CodeMakerInc/EppLib.NET/issues/33',
  },
  {
    id: 'windows-function-not-supported',
    pattern: /The function requested is not supported/i,
    weight: 'specific',
    causes: [
      ['tls-version', 'likely', 'Windows says this for the alert "protocol_version".'],
      ['cipher-suite', 'possible', 'The algorithms may differ.'],
    ],
    source: 'https://github.com/dotnet/corefx/issues/26186',
  },
  {
    id: 'windows-message-badly-formatted',
    pattern: /The message received was unexpected or badly formatted/i,
    weight: 'specific',
    causes: [
      ['cipher-suite', 'likely', 'Windows says this for the alert "handshake_failure".'],
      ['tls-version', 'possible', 'Some servers send that alert to old versions.'],
    ],
    source: 'https://github.com/dotnet/runtime/issues/32498',
  },
  {
    id: 'dotnet-protocol-not-supported',
    pattern:
      /requested security protocol is not supported|Cannot convert .{0,120}?to type ["']?System\.Net\.SecurityProtocolType|Unable to match the identifier name .{0,40}Tls1[123]/i,
    weight: 'specific',
    causes: [
      ['tls-version', 'certain', 'The .NET of this program does not know the TLS version that the code asks for.'],
    ],
    source: 'https://github.com/ravibpatel/AutoUpdater.NET/issues/241',
  },
  {
    id: 'powershellget-provider',
    pattern:
      /LinkID=627338|Unable to download (?:the list of available providers|from URI 'https:\/\/(?:go\.microsoft\.com|onegetcdn))/i,
    weight: 'telling',
    causes: [
      [
        'tls-version',
        'likely',
        'Windows PowerShell offers old TLS by default: set [Net.ServicePointManager]::SecurityProtocol first.',
      ],
      ['proxy', 'possible', 'A proxy may be needed.'],
    ],
    source: 'https://github.com/MicrosoftDocs/PowerShell-Docs/issues/6083',
  },
];

const wrappers: readonly ErrorSignature[] = [
  {
    id: 'dotnet-sspi',
    pattern: /A call to SSPI failed/i,
    weight: 'wrapper',
    causes: [
      ['tls-version', 'possible', 'Windows refused or could not continue the handshake; the inner exception says why.'],
      ['certificate', 'possible', 'It may be about a certificate.'],
      ['cipher-suite', 'possible', 'There may be no common cipher suite.'],
    ],
    source: resources,
  },
  {
    id: 'dotnet-ssl-connection',
    pattern: /The SSL connection could not be established/i,
    weight: 'wrapper',
    causes: [
      ['tls-version', 'possible', 'The handshake failed; the inner exception says why.'],
      ['certificate', 'possible', 'It may be about a certificate.'],
    ],
    source: 'https://github.com/dotnet/runtime/issues/32498',
  },
  {
    id: 'dotnet-secure-channel-https',
    pattern: /Could not establish secure channel for SSL\/TLS with authority/i,
    weight: 'wrapper',
    causes: [
      ['tls-version', 'likely', 'WCF could not make a secure channel; the inner exception says why.'],
      ['certificate', 'possible', 'A client certificate may be missing.'],
    ],
    source: 'https://learn.microsoft.com/dotnet/framework/wcf/feature-details/transport-security-overview',
  },
];

const lookAlikes: readonly ErrorSignature[] = [
  {
    id: 'dotnet-trust-relationship',
    pattern: /Could not establish (?:a )?trust relationship for the SSL\/TLS secure channel/i,
    weight: 'specific',
    causes: untrusted,
    source: 'https://github.com/dotnet/docs/issues/12110',
  },
  {
    id: 'dotnet-certificate-invalid',
    pattern:
      /remote certificate (?:is invalid (?:according to the validation procedure|because of errors)|was rejected by the provided)|certificate chain was issued by an authority that is not trusted/i,
    weight: 'specific',
    causes: untrusted,
    source: 'https://github.com/win-acme/win-acme/issues/1634',
  },
  {
    id: 'dotnet-unexpected-packet',
    pattern:
      /handshake failed due to an unexpected packet format|Cannot determine the frame size or a corrupted frame was received/i,
    weight: 'specific',
    causes: [
      [
        'proxy',
        'likely',
        'What came back is not TLS: a proxy, a sign-in page of a network, or plain HTTP on that port.',
      ],
      ['other', 'possible', 'The port may be wrong.'],
    ],
    source: resources,
  },
  {
    id: 'dotnet-name-not-resolved',
    pattern:
      /The remote name could not be resolved|No such host is known|requested name is valid, but no data of the requested type|Name or service not known|Temporary failure in name resolution|nodename nor servname provided/i,
    weight: 'specific',
    causes: unresolved,
    source: 'https://github.com/IdentityServer/IdentityServer3/issues/2142',
  },
  {
    id: 'dotnet-proxy-not-resolved',
    pattern: /The proxy name could not be resolved/i,
    weight: 'specific',
    causes: [['proxy', 'certain', 'The text says that the name of the proxy has no address.']],
    source: resources,
  },
  {
    id: 'dotnet-unable-to-connect',
    pattern: /Unable to connect to the remote server/i,
    weight: 'telling',
    causes: unconnected,
    source: resources,
  },
  {
    id: 'windows-connect-timeout',
    pattern:
      /A connection attempt failed because the connected party did not properly respond|The operation has timed out|timed out while waiting for a reply|The request timed out|A task was canceled.{0,80}Timeout of|HttpClient\.Timeout of \d/i,
    weight: 'telling',
    causes: [
      ['network', 'likely', 'The host did not answer in time.'],
      ['server', 'possible', 'The service may be slow.'],
    ],
    source: resources,
  },
  {
    id: 'windows-refused',
    pattern: /No connection could be made because the target machine actively refused it|Connection refused/i,
    weight: 'specific',
    causes: unconnected,
    source: resources,
  },
  {
    id: 'dotnet-closed-unexpectedly',
    pattern:
      /The underlying connection was closed: The connection was closed unexpectedly|The response ended prematurely|A connection that was expected to be kept alive was closed/i,
    weight: 'telling',
    causes: [
      ['server', 'likely', 'The connection ended after the request was sent: TLS had been negotiated.'],
      ['network', 'possible', 'Something on the way may have ended it.'],
    ],
    source: 'https://github.com/scottdurow/SparkleXrm/issues/421',
  },
  {
    id: 'http-407',
    pattern:
      /\(407\)|\b407 Proxy Auth|HTTP(?:\/[\d.]+| code| status| error)? 407\b|Proxy Authentication Required|status code (?:does not indicate success: )?407\b/i,
    weight: 'specific',
    causes: [['proxy', 'certain', 'A proxy asks for user name and password.']],
    source: 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Status/407',
  },
  {
    id: 'http-401-403',
    pattern:
      /remote server returned an error: \(40[13]\)|status code does not indicate success: 40[13]\b|\bHTTP\/[\d.]+ 40[13]\b|\b(?:401 Unauthorized|403 Forbidden)\b/i,
    weight: 'telling',
    causes: [['sign-in', 'likely', 'The server answered with a status about permissions: TLS was fine.']],
    source: 'https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors',
  },
  {
    id: 'http-server-error',
    pattern:
      /remote server returned an error: \(5\d\d\)|status code does not indicate success: 5\d\d\b|\bHTTP\/[\d.]+ 50[0234]\b|\b(?:502 Bad Gateway|503 (?:Service|Server) Unavailable|504 Gateway Time-?out)\b/i,
    weight: 'telling',
    causes: [['server', 'likely', 'The server answered with an error of its own: TLS was fine.']],
    source: 'https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors',
  },
  {
    id: 'http-not-found',
    pattern:
      /remote server returned an (?:error|unexpected response): \(40[0459]\)|status code does not indicate success: 40[04]\b|\b404 Not Found\b/i,
    weight: 'telling',
    causes: [['other', 'likely', 'The server answered that the address or the request is wrong: TLS was fine.']],
    source: 'https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors',
  },
  {
    id: 'certificate-not-yet-valid',
    pattern: /certificate is not yet valid|CertificateNotYetValidException|CERT_NOT_YET_VALID|\bNotTimeValid\b/i,
    weight: 'specific',
    causes: [
      ['certificate', 'likely', 'The certificate is outside its time of validity.'],
      ['clock', 'possible', 'The clock of this machine may be wrong.'],
    ],
    source: 'https://learn.microsoft.com/dotnet/api/system.security.cryptography.x509certificates.x509chainstatusflags',
  },
];

export const dotnetSignatures: readonly ErrorSignature[] = [...handshake, ...wrappers, ...lookAlikes];

import type { MarkPattern } from './error-causes.ts';

/** Where the error happened; says nothing about the cause by itself. */
export const markPatterns: readonly MarkPattern[] = [
  {
    mark: 'refused-by-client',
    pattern: /SslState\.StartSendAuthResetSignal|SendAuthResetSignal\(|RemoteCertificateValidationCallback/,
  },
  {
    mark: 'handshake',
    pattern:
      /SslState\.|TlsStream\.(?!Read\b|EndRead\b|Flush)|ForceAuthentication|StartReceiveBlob|SslStream\.(?:ForceAuthentication|AuthenticateAs|ReceiveBlob|ReceiveHandshakeFrame|BeginAuthenticate|EndAuthenticate|InternalEndProcessAuthentication)|AuthenticateAsClient|ConnectHelper\.EstablishSslConnection|\b[Hh]andshake\b|_ssl\.c:|do_handshake|ssl_wrap_socket|SSLSocketImpl|InitializeSecurityContext/,
  },
  {
    mark: 'exchange',
    pattern:
      /ConnectStream\.(?:Read|EndRead)\b|ChunkedEncodingReadStream|ContentLengthReadStream|\b_SslStream\.|copying content to a stream|_read_status|begin\(\) *$/,
  },
  { mark: 'web-exception', pattern: /\bWebException\b|HttpWebRequest\b/ },
  { mark: 'dynamics-metadata', pattern: /MetadataLocationRetriever|MetadataExchangeClient|Organization\.svc\?wsdl/i },
  { mark: 'sql', pattern: /\bSqlException\b|SqlClient|SQL Server\b.*\bprovider\b|ODBC Driver/i },
  {
    mark: 'powershell',
    pattern: /FullyQualifiedErrorId|CategoryInfo|\b(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm) : /,
  },
];

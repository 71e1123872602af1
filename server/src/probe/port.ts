/**
 * What the probe asks of the outside. Everything that touches a network, a clock or cryptography comes through here,
 * so that the probe itself stays plain code and its answers do not depend on the TLS library below.
 */
export interface ProbePort {
  readonly clock: Clock;
  readonly crypto: ProbeCrypto;
  readonly network: Network;
  readonly certificates: CertificateStore;
  /** The ASCII form of an international host name; an empty string when it is none. */
  domainToAscii(host: string): string;
}

/** Time; both clocks in milliseconds. */
export interface Clock {
  /** A clock that never jumps. */
  now(): number;
  /** The date, since 1970-01-01 UTC. */
  date(): number;
  /** Calls back once; the answer takes the call back. */
  after(milliseconds: number, call: () => void): () => void;
}

/** Randomness and public keys. */
export interface ProbeCrypto {
  random(length: number): Uint8Array;
  /** A fresh public key in the form that a key share carries; undefined for a group that cannot be made here. */
  publicKey(group: number): Uint8Array | undefined;
}

/** A signal that stops the probe; an `AbortSignal` is one. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Names and sockets. */
export interface Network {
  /** Addresses of a name; fails with a {@link NetworkFailure}. Is not asked for literal addresses. */
  resolve(host: string): Promise<readonly string[]>;
  /**
   * Opens a TCP connection to the first address that answers; fails with a {@link NetworkFailure}. When `stop` fires
   * first, the attempt is given up and the promise fails.
   */
  connect(addresses: readonly string[], port: number, stop: StopSignal): Promise<ProbeSocket>;
  /**
   * Puts TLS over an open socket, to speak to a proxy; fails with an `Error` when that does not come about. The socket
   * belongs to the new one afterwards; `stop` destroys both.
   */
  secure(socket: ProbeSocket, request: SecureRequest, stop: StopSignal): Promise<ProbeSocket>;
  /**
   * Completes a TLS handshake over an open socket with whatever the platform's TLS offers, without judging the
   * certificate. The socket belongs to the handshake afterwards; `stop` destroys it.
   */
  handshake(socket: ProbeSocket, request: HandshakeRequest, stop: StopSignal): Promise<Handshake>;
}

/** Why a connection did not come about. */
export interface NetworkFailure {
  readonly kind: 'dns' | 'refused' | 'timeout' | 'reset' | 'unreachable';
  /** The platform's own words, for the log. */
  readonly detail: string;
}

/** True for what {@link Network} fails with. */
export function isNetworkFailure(value: unknown): value is NetworkFailure {
  return typeof value === 'object' && value !== null && 'kind' in value && 'detail' in value;
}

/** A connected socket. */
export interface ProbeSocket {
  /** The address on the other side. */
  readonly remoteAddress: string;
  write(bytes: Uint8Array): void;
  /** The next bytes, or how the stream ended. One call at a time. */
  read(): Promise<SocketEvent>;
  /** Puts bytes back, to be read first. */
  unread(bytes: Uint8Array): void;
  /** Says that nothing more will be sent, and drops whatever still arrives. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
  /** Is kept when the socket is gone. */
  readonly closed: Promise<void>;
}

/** What {@link ProbeSocket.read} tells. */
export type SocketEvent =
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' };

/** How TLS to a proxy is asked for. */
export interface SecureRequest {
  /** The name for the server name indication and for the certificate; null for an address. */
  readonly serverName: string | null;
  /** Whether a certificate that is not trusted, or for another name, is refused. */
  readonly isChecked: boolean;
}

/** How the real handshake is asked for. */
export interface HandshakeRequest {
  /** The name for the server name indication; null for an address. */
  readonly serverName: string | null;
  /** When given, sent as HTTP once the handshake is through, and the head of the answer comes back. */
  readonly get: { readonly host: string; readonly path: string } | null;
}

/** What the real handshake showed. */
export interface Handshake {
  /** Certificates in DER, the server's own first. */
  readonly chain: readonly Uint8Array[];
  /** Head of the HTTP answer, when one was asked for and came. */
  readonly httpHead: string | null;
}

/** Certificates: reading, and who is trusted. */
export interface CertificateStore {
  /** A certificate in DER; undefined when it is none. */
  parse(der: Uint8Array): Certificate | undefined;
  /** All certificates of a file in PEM or DER. */
  parseFile(content: Uint8Array): readonly Certificate[];
  /** Roots that everybody trusts: those that come with the platform. */
  publicRoots(): readonly Certificate[];
  /** Roots that this machine trusts. */
  systemRoots(): readonly Certificate[];
}

/** A certificate as far as the probe judges it. */
export interface Certificate {
  /** Equal for equal certificates. */
  readonly fingerprint: string;
  /** Distinguished name on one line, such as `CN=contoso.crm4.dynamics.com, O=Contoso`. */
  readonly subject: string;
  readonly issuer: string;
  readonly commonName: string | null;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** DNS names of the subject alternative name, in lower case. */
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  /** Whether the certificate may issue others. */
  readonly isAuthority: boolean;
  /** Such as `RSA 2048` or `EC prime256v1`. */
  readonly key: string;
  /** Such as `sha256WithRSAEncryption`. */
  readonly signature: string;
  /** Whether the other certificate's key signed this one, and the names fit. */
  isIssuedBy(other: Certificate): boolean;
}

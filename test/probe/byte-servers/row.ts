import type { ProtocolState, Verdict, VerdictReason } from '../../../server/src/probe/index.ts';
import { alert, certificateMessage, chosenSuite, message, raw, serverHello } from '../harness/answers.ts';
import type { Behaviour, Step } from '../harness/byte-server.ts';
import { makeCertificate } from '../harness/certificates.ts';
import type { ReceivedHello } from '../harness/hello.ts';

/** One server and what the probe must say of it. */
export interface Row extends Behaviour {
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason?: VerdictReason;
  /** State of all versions, or of each one that is named. */
  readonly states: ProtocolState | Readonly<Record<string, ProtocolState>>;
  /** Alert of all versions that are refused. */
  readonly alert?: string | null;
  /** Milliseconds; short for servers that make the probe wait. */
  readonly timeout?: number;
}

export const certificate = makeCertificate({ dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] });
export const quick = 500;

/** Accepts one suite of each version in proper form; the rest of the flight is what a row makes of it. */
export function accepting(answer: (hello: ReceivedHello) => readonly Step[]): NonNullable<Behaviour['onHello']> {
  return (hello) => (chosenSuite(hello) === undefined ? [{ send: alert(40) }, 'end'] : answer(hello));
}

/** A whole first flight in handshake messages, without records. */
export function flight(hello: ReceivedHello): Buffer {
  return Math.max(...hello.versions) === 0x0304
    ? serverHello(hello)
    : raw(serverHello(hello), certificateMessage(certificate.der), message(14, raw()));
}

export function isVersion(hello: ReceivedHello, version: number): boolean {
  return Math.max(...hello.versions) === version;
}

export const only =
  (version: number, then: (hello: ReceivedHello) => readonly Step[], otherwise: readonly Step[]) =>
  (hello: ReceivedHello): readonly Step[] =>
    isVersion(hello, version) && chosenSuite(hello) !== undefined ? then(hello) : otherwise;

export const http = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n';
export const allAccepted: Pick<Row, 'verdict' | 'states'> = { verdict: 'certificate', states: 'accepted' };
/** What is accepted without showing a certificate can only be judged by its versions and suites. */
export const acceptedOnly: Pick<Row, 'verdict' | 'states'> = { verdict: 'weak', states: 'accepted' };
export const tls12Only: Readonly<Record<string, ProtocolState>> = {
  'SSL 3.0': 'refused',
  'TLS 1.0': 'refused',
  'TLS 1.1': 'refused',
  'TLS 1.2': 'accepted',
  'TLS 1.3': 'refused',
};

import type { ErrorAction, ErrorCauseId, ErrorLikelihood } from '../model/error-explanation.ts';
import { clientProductsPage } from './client-products.ts';

/** A possible meaning of a signature: the cause, how likely, and what speaks for it. */
export type CauseHint = readonly [id: ErrorCauseId, likelihood: ErrorLikelihood, because: string];

/** What else stands in the same error and changes the meaning of a signature. */
export type ErrorMark =
  | 'handshake'
  | 'refused-by-client'
  | 'exchange'
  | 'web-exception'
  | 'dynamics-metadata'
  | 'sql'
  | 'powershell';

export interface ErrorSignature {
  /** Kebab-case, stable: scripts may compare it. */
  readonly id: string;
  /** Applied to one line without time stamp; never global or sticky. */
  readonly pattern: RegExp;
  /**
   * `specific`: names the cause. `telling`: points at it. `wrapper`: says that something failed, and decides only
   * where nothing else does.
   */
  readonly weight: 'specific' | 'telling' | 'wrapper';
  readonly causes: readonly CauseHint[];
  /** The first mark of the error that is listed here replaces the causes. */
  readonly when?: readonly (readonly [mark: ErrorMark, causes: readonly CauseHint[]])[];
  /** Marks that this signature itself sets. */
  readonly marks?: readonly ErrorMark[];
  readonly source: string;
}

/** Text that says nothing about the cause by itself, but about where the error happened. */
export interface MarkPattern {
  readonly mark: ErrorMark;
  readonly pattern: RegExp;
}

interface NextSteps {
  readonly steps: readonly string[];
  readonly actions: readonly ErrorAction[];
}

const probeStep =
  'See what the server accepts and what clients of .NET get from it: "Check Dynamics TLS", or dynamics-tls probe URL.';

const steps: Readonly<Record<ErrorCauseId, NextSteps>> = {
  'tls-version': {
    steps: [
      'Find the project that offers old TLS: "Audit Workspace", or dynamics-tls audit. Retarget it to .NET Framework 4.6.2 or later.',
      probeStep,
      'For a program that cannot be recompiled: "Create Registry File", or dynamics-tls registry. It sets a switch in the .config of the program, or values in the registry of its machine.',
      `On a machine where the program should connect, see what its registry does: "Check This Machine", or dynamics-tls machine.`,
      `For the Outlook client, Unified Service Desk, the Email Router, other products of Microsoft and browsers, see which version they need: ${clientProductsPage}`,
    ],
    actions: ['audit', 'probe', 'registry'],
  },
  'cipher-suite': {
    steps: [
      probeStep,
      'Compare the cipher suites of the machine (Get-TlsCipherSuite, policy "SSL Cipher Suite Order") with those that Dataverse accepts: ECDHE with AES.',
    ],
    actions: ['probe'],
  },
  certificate: {
    steps: [
      'Look at the certificate that arrives on this machine: "Check Dynamics TLS", or dynamics-tls probe URL. An issuer of your own company means that a proxy inspects the traffic.',
      'Update the root certificates of the machine, or trust the root of the proxy. Do not switch the validation off.',
    ],
    actions: ['probe'],
  },
  proxy: {
    steps: [
      'Check the proxy settings of the program (<defaultProxy> of its .config, HTTPS_PROXY, Windows settings), its user name included.',
      'Try the same host directly and through the proxy: dynamics-tls probe URL --proxy PROXY.',
    ],
    actions: ['probe'],
  },
  dns: {
    steps: [
      'Check the spelling of the host name, and whether this machine resolves it: nslookup HOST.',
      'Behind a proxy the program must use the proxy, which then resolves the name.',
    ],
    actions: ['probe'],
  },
  network: {
    steps: [
      'Check whether the host is reached on port 443 at all: "Check Dynamics TLS", or dynamics-tls probe URL.',
      'Ask whether a firewall blocks the connection, or requires a proxy.',
    ],
    actions: ['probe'],
  },
  clock: {
    steps: ['Compare the clock, the date and the time zone of this machine with a time server, and correct them.'],
    actions: [],
  },
  'sign-in': {
    steps: [
      'TLS worked: the server answered. Check user, password or secret, application registration and permissions.',
      'A code that begins with AADSTS is explained at https://login.microsoftonline.com/error.',
    ],
    actions: [],
  },
  server: {
    steps: [
      'TLS worked: the server answered, or broke off afterwards. Try again later, and look at the health of the service.',
      probeStep,
    ],
    actions: ['probe'],
  },
  other: {
    steps: ['Read the recognised line: it names another problem than the connection.'],
    actions: [],
  },
};

/** What to do about a cause, in words and as actions that a host may offer. */
export function nextSteps(id: ErrorCauseId): NextSteps {
  return steps[id];
}

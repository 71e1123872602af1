import type { ProbeTarget, ProtocolResult, Verdict } from './report.ts';
import {
  clientRows,
  clientSummary,
  failureReasons,
  harmless,
  projectReason,
  projectSummary,
  protocolWords,
  serviceWords,
  signInWords,
  trustWords,
  wayWords,
  windowsColumns,
} from './words.ts';

/**
 * How to paint something, always beside its text: `good` works, `weak` works with a reservation, `bad` fails, and
 * `open` is not known.
 */
export type Tone = 'good' | 'weak' | 'bad' | 'open';

/** A word with its tone. */
export interface TonedText {
  readonly text: string;
  readonly tone: Tone;
}

/** A target's result in words, section by section in the order of a result page; a page only has to lay it out. */
export interface TargetView {
  /** `host:port`. */
  readonly place: string;
  readonly url: string;
  readonly verdict: TonedText;
  readonly message: string;
  /** What the host is and how it was asked: label and value. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly protocols: readonly {
    readonly version: string;
    readonly answer: TonedText;
    readonly suites: string;
    readonly order: string;
    readonly group: string;
  }[];
  readonly clients: {
    readonly summary: string;
    /** Windows versions in groups, such as `Windows` with `10` and `11`. */
    readonly columns: readonly { readonly group: string; readonly labels: readonly string[] }[];
    readonly rows: readonly {
      readonly name: string;
      readonly note: string;
      readonly cells: readonly TonedText[];
    }[];
    readonly reasons: readonly string[];
  } | null;
  readonly projects: {
    readonly summary: string;
    readonly rows: readonly { readonly file: string; readonly answer: TonedText; readonly reason: string }[];
  } | null;
  /** Accepted suites by version, newest first. */
  readonly suites: readonly {
    readonly version: string;
    readonly rows: readonly { readonly id: string; readonly name: string; readonly dataverse: TonedText }[];
  }[];
  readonly certificate: readonly (readonly [label: string, value: string])[];
  readonly signIn: readonly (readonly [label: string, value: string])[];
  /** What to do, the most important first. */
  readonly steps: readonly string[];
}

/** Words for a verdict that a person understands without the manual. */
const verdictWords: Readonly<Record<Verdict, TonedText>> = {
  ok: { text: 'TLS is fine', tone: 'good' },
  weak: { text: 'TLS works, but old versions are accepted as well', tone: 'weak' },
  'too-old': { text: 'TLS is too old', tone: 'bad' },
  certificate: { text: 'The certificate is not accepted', tone: 'bad' },
  cipher: { text: 'No common cipher suite', tone: 'bad' },
  intercepted: { text: 'TLS is intercepted on the way', tone: 'bad' },
  blocked: { text: 'TLS is blocked on the way', tone: 'bad' },
  'not-tls': { text: 'The answer is not TLS', tone: 'bad' },
  unreachable: { text: 'Not reached', tone: 'bad' },
};

/** Describes one target. Everything that a server could have chosen is free of control characters. */
export function describeTarget(target: ProbeTarget): TargetView {
  const view = viewOf(target);
  return JSON.parse(JSON.stringify(view), (_, value) => (typeof value === 'string' ? harmless(value) : value));
}

function viewOf(target: ProbeTarget): TargetView {
  return {
    place: `${target.host}:${target.port}`,
    url: target.url,
    verdict: verdictWords[target.verdict],
    message: target.message,
    facts: [
      ['Address', target.url],
      ['Service', serviceWords(target)],
      ['Asked', wayWords(target)],
      ['Verdict', target.reason === null ? target.verdict : `${target.verdict} (${target.reason})`],
    ],
    protocols: target.protocols.map(describeProtocol),
    clients: describeClients(target),
    projects: describeProjects(target),
    suites: target.protocols
      .filter(({ suites }) => suites.length > 0)
      .reverse()
      .map(({ version, suites }) => ({
        version,
        rows: suites.map(({ id, name, dataverse }) => ({
          id,
          name,
          dataverse: dataverse ? { text: 'yes', tone: 'good' } : { text: 'no', tone: 'open' },
        })),
      })),
    certificate: describeCertificate(target),
    signIn: describeSignIn(target),
    steps: stepsFor(target),
  };
}

/** The verdict in one sentence, for a notification. */
export function verdictSentence({ host, port, verdict, via }: ProbeTarget): string {
  const place = port === 443 ? host : `${host}:${port}`;
  return `${place}: ${verdictWords[verdict].text}${via === 'proxy' ? ' (through a proxy)' : ''}.`;
}

function describeProtocol(result: ProtocolResult): TargetView['protocols'][number] {
  const { version, state, suites, order, group } = result;
  const isModern = version >= 'TLS 1.2';
  const tone: Tone = state === 'accepted' ? (isModern ? 'good' : 'weak') : isModern ? 'open' : 'good';
  return {
    version,
    answer: { text: protocolWords(result), tone },
    suites: suites.length > 0 ? String(suites.length) : '',
    order: suites.length > 0 ? order : '',
    group: group ?? '',
  };
}

function describeClients({ clients }: ProbeTarget): TargetView['clients'] {
  if (clients.length === 0) {
    return null;
  }
  const ids = windowsColumns.map(([id]) => id);
  return {
    summary: clientSummary(clients),
    columns: [
      { group: 'Windows', labels: ids.filter((id) => !isServer(id)) },
      { group: 'Windows Server', labels: ids.filter(isServer).map(serverLabel) },
    ],
    rows: clientRows(clients).map(({ name, cells, assumptions }) => ({
      name,
      note: assumptions.join('; '),
      cells: cells.map(describeCell),
    })),
    reasons: failureReasons(clients).map(({ reason, ids }) => `${reason}: ${ids.join(', ')}`),
  };
}

function isServer(id: string): boolean {
  return id.startsWith('server-');
}

/** `2012 R2` for `server-2012r2`. */
function serverLabel(id: string): string {
  return id.replace(/^server-/, '').replace(/r2$/, ' R2');
}

function describeCell(cell: string): TonedText {
  if (cell === '') {
    return { text: 'n/a', tone: 'open' };
  }
  return cell === '-' ? { text: 'fails', tone: 'bad' } : { text: cell, tone: 'good' };
}

const answerTones = { yes: 'good', no: 'bad', unknown: 'open' } as const;

function describeProjects({ projects }: ProbeTarget): TargetView['projects'] {
  if (projects.length === 0) {
    return null;
  }
  return {
    summary: projectSummary(projects),
    rows: projects.map((project) => ({
      file: project.file,
      answer: { text: project.connects, tone: answerTones[project.connects] },
      reason: projectReason(project),
    })),
  };
}

function describeCertificate({ certificate }: ProbeTarget): TargetView['certificate'] {
  if (!certificate) {
    return [];
  }
  return [
    ['Subject', certificate.subject],
    ['Issuer', certificate.issuer],
    ['Valid', `${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)}`],
    ['Matches the host', certificate.matchesHost ? 'yes' : 'no'],
    ['Trusted', trustWords(certificate)],
    ['Problems', certificate.problems.join(', ') || 'none'],
    ['Key', `${certificate.key}, ${certificate.signature}`],
    ['Chain', certificate.chain.join(' ← ')],
  ];
}

function describeSignIn({ signIn }: ProbeTarget): TargetView['signIn'] {
  if (!signIn) {
    return [];
  }
  return [
    ['Answer', signInWords(signIn)],
    ['Authority', signIn.authority ?? 'none named'],
    ['Offers', signIn.schemes.join(', ') || 'nothing'],
  ];
}

const verdictSteps: Readonly<Record<Verdict, readonly string[]>> = {
  ok: ['The server needs no change. A program that cannot connect is itself the one that has to change.'],
  weak: ['Programs connect. Switch the old versions off on the server once no client needs them.'],
  'too-old': ['Update the server, or the device in between that answers for it, so that it speaks TLS 1.2.'],
  certificate: ['Have the certificate replaced, or its root installed where programs run. Never switch the check off.'],
  cipher: [
    'Allow an ECDHE suite with AES-GCM on the server.',
    'On clients, look at the policy "SSL Cipher Suite Order": it must not leave these suites out.',
  ],
  intercepted: [
    'Ask the administrator of the proxy or of the security software to exclude this host.',
    'Repeat the check in a network without that device to see the service itself.',
  ],
  blocked: ['Ask the administrator of the network to allow TLS to this host, and repeat the check elsewhere.'],
  'not-tls': ['Check the port and the address: something else answers there.'],
  unreachable: ['Check the address, the network, the VPN and the proxy, then check again.'],
};

const missingCertificateStep =
  'The certificate could not be read: a server that wants a client certificate does that, too.';

function stepsFor(target: ProbeTarget): string[] {
  const failing = target.projects.filter(({ connects }) => connects === 'no');
  const hasCertificate = target.certificate !== null || !target.protocols.some(({ state }) => state === 'accepted');
  return [
    ...verdictSteps[target.verdict],
    ...(failing.length > 0 ? [`Change what cannot connect: ${listOf(failing.map(({ file }) => file))}.`] : []),
    ...(hasCertificate ? [] : [missingCertificateStep]),
  ];
}

function listOf(files: readonly string[]): string {
  const shown = files.slice(0, 5).join(', ');
  return files.length > 5 ? `${shown} and ${files.length - 5} more` : shown;
}

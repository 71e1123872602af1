import type { TlsVersion } from '../core/facts/tls-versions.ts';
import type { Answer } from './conversation.ts';
import type { CertificateProblem, CertificateResult, ControlResult, Verdict, VerdictReason } from './report.ts';

/** What the message is made of. */
export interface MessageFacts {
  readonly verdict: Verdict;
  readonly reason: VerdictReason | null;
  readonly host: string;
  readonly port: number;
  /** `name:port` of the proxy, null without one. */
  readonly proxy: string | null;
  /** The platform's or the proxy's own words about the failure. */
  readonly detail: string;
  readonly answers: ReadonlyMap<TlsVersion, Answer>;
  readonly certificate: CertificateResult | null;
  readonly isMicrosoftOnline: boolean;
  readonly control: ControlResult | null;
  /** Whether something was left untested because time ran out. */
  readonly ranOutOfTime: boolean;
}

/** What happened and what to do about it, in English. */
export function messageFor(facts: MessageFacts): string {
  const sentences = [bodyOf(facts)];
  if (facts.control) {
    sentences.push(controlSentence(facts.control));
  }
  if (facts.ranOutOfTime) {
    sentences.push('Time ran out before everything was tested; more time shows the rest.');
  }
  return sentences.join(' ');
}

function bodyOf(facts: MessageFacts): string {
  switch (facts.verdict) {
    case 'unreachable':
      return unreachable(facts);
    case 'not-tls':
      return notTls(facts);
    case 'blocked':
      return blocked(facts);
    case 'too-old':
      return tooOld(facts);
    case 'cipher':
      return cipher(facts);
    case 'intercepted':
      return intercepted(facts);
    case 'certificate':
      return certificate(facts);
    case 'weak':
      return weak(facts);
    case 'ok':
      return ok(facts);
  }
}

function unreachable({ reason, host, port, proxy, detail }: MessageFacts): string {
  switch (reason) {
    case 'dns':
      return `DNS does not know the name ${host}. Check the spelling, the network and the VPN.`;
    case 'refused':
      return `${host} does not accept connections on port ${port}. Check the port and whether the server runs; a firewall may refuse as well.`;
    case 'timeout':
      return proxy
        ? `The proxy ${proxy} did not open a connection to ${host}:${port} in time. Check the proxy and its address.`
        : `${host} did not answer on port ${port} in time. A firewall probably drops the packets: ask for port ${port} to be opened, or name the proxy that leads there.`;
    case 'proxy-refused':
      return `The proxy ${proxy} gives no connection to ${host}:${port}: it ${detail}. Ask its administrator to allow this host.`;
    case 'proxy-authentication':
      return `The proxy ${proxy} wants a user name and a password before it connects to ${host}:${port}. ${detail}`;
    default:
      return `The connection to ${host}:${port} was reset before it was open. A firewall on the way probably blocks it.`;
  }
}

function notTls({ host, port, answers }: MessageFacts): string {
  const looksLike = [...answers.values()].find((answer) => answer.state === 'not-tls' && answer.looksLike);
  const what = looksLike?.state === 'not-tls' && looksLike.looksLike ? `: it looks like ${looksLike.looksLike}` : '';
  return `Port ${port} of ${host} answers, but not with TLS${what}. Check the port; a captive portal or a proxy without CONNECT may answer in place of the server.`;
}

function blocked({ reason, host, port }: MessageFacts): string {
  const what = {
    reset: 'is reset',
    timeout: 'stays silent',
    other: 'is closed',
  }[reason === 'reset' || reason === 'timeout' ? reason : 'other'];
  return `${host}:${port} can be reached, but the connection ${what} whatever TLS version is offered. That is no sign of an old server: a firewall or a proxy on the way blocks TLS to this host, or only lets certain clients through. Ask the network's administrator.`;
}

function tooOld({ host, port, answers }: MessageFacts): string {
  const accepted = [...answers].filter(([, answer]) => answer.state === 'accepted').map(([version]) => version);
  const newest = accepted.at(-1);
  if (newest) {
    return `${host}:${port} speaks nothing newer than ${newest}. Dynamics 365 clients need TLS 1.2: the server, or the device in between that answers for it, must be updated.`;
  }
  const alerts = alertsOf(answers);
  if (alerts.includes('unrecognized_name')) {
    return `${host}:${port} speaks TLS but refuses every version with alert unrecognized_name: it does not serve the name ${host}. Check the URL.`;
  }
  const how = alerts.length > 0 ? ` (alert ${alerts.join(', ')})` : '';
  return `${host}:${port} speaks TLS but refuses every version from SSL 3.0 to TLS 1.3${how}. Check its TLS settings; clients of Dynamics 365 need TLS 1.2.`;
}

function cipher({ host, port, answers }: MessageFacts): string {
  const accepted = [...answers].filter(([, answer]) => answer.state === 'accepted').map(([version]) => version);
  const versions = accepted.filter((version) => version >= 'TLS 1.2');
  const known = versions.length > 0 ? `accepts ${versions.join(' and ')}` : 'understands TLS 1.2 or later';
  return `${host}:${port} ${known}, but with none of the cipher suites that Dataverse and Windows share. TLS versions are not the trouble: the server needs an ECDHE suite with AES-GCM, such as TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384.`;
}

function intercepted({ host, certificate: seen }: MessageFacts): string {
  return `The certificate for ${host} was issued by "${seen?.issuer}", which is no public authority, so this is not Microsoft's TLS: a proxy or security software in between decrypts the connection. Everything below describes that device. Ask its administrator to exclude ${host}, or to support TLS 1.2 and to install its root certificate on the clients.`;
}

const problemAdvice: Readonly<Record<CertificateProblem, (seen: CertificateResult, host: string) => string>> = {
  expired: (seen) => `is expired (valid until ${seen.notAfter.slice(0, 10)}): renew it, and check this machine's clock`,
  'not-yet-valid': (seen) =>
    `is not valid yet (from ${seen.notBefore.slice(0, 10)} on): check the clocks of this machine and the server`,
  'host-mismatch': (seen, host) => `is for "${seen.subject}" and not for ${host}: use the name it was issued for`,
  'untrusted-root': (seen) =>
    `is issued by "${seen.issuer}", which this machine does not trust: install the root certificate, or make the server send the intermediate ones`,
  'self-signed': () => 'is self-signed: clients refuse it until it is installed as trusted',
};

function certificate({ host, port, certificate: seen }: MessageFacts): string {
  if (!seen) {
    return '';
  }
  const problems = seen.problems.map((problem) => problemAdvice[problem](seen, host));
  return `TLS works with ${host}:${port}, but its certificate ${problems.join('; it ')}.`;
}

function weak(facts: MessageFacts): string {
  const old = [...facts.answers].filter(([version, answer]) => answer.state === 'accepted' && version < 'TLS 1.2');
  const versions = old.map(([version]) => version).join(' and ');
  const why = facts.isMicrosoftOnline
    ? "Microsoft's service does not do that: something in between answers for it."
    : 'Switch it off on the server once no client needs it.';
  return `${facts.host}:${facts.port} accepts TLS 1.2 or later with a suite that Dataverse uses, and ${versions} as well. ${why}${certificateGap(facts)}`;
}

function ok(facts: MessageFacts): string {
  const versions = [...facts.answers].filter(([, answer]) => answer.state === 'accepted').map(([version]) => version);
  return `${facts.host}:${facts.port} accepts ${versions.join(' and ')} with suites that Dataverse uses, and nothing older. A program that cannot connect is itself the one that must change.${certificateGap(facts)}`;
}

function certificateGap({ certificate: seen }: MessageFacts): string {
  return seen ? '' : ' Its certificate could not be read.';
}

function controlSentence({ host, reached }: ControlResult): string {
  return reached
    ? `The control host ${host} was reached over TLS the same way, so the trouble concerns this host alone.`
    : `The control host ${host} was not reached over TLS either, so the trouble is with this network.`;
}

function alertsOf(answers: ReadonlyMap<TlsVersion, Answer>): string[] {
  const alerts = [...answers.values()].map((answer) => (answer.state === 'refused' ? answer.alert : null));
  return [...new Set(alerts.filter((alert) => alert !== null))];
}

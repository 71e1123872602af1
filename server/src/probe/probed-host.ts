import type { ProbeTarget } from './report.ts';

/** What a target's result says to the question which projects connect; the shape that core's matrix asks for. */
export function probedHost({ verdict, clients, certificate, protocols }: ProbeTarget) {
  return {
    clients,
    accepted: protocols.filter(({ state }) => state === 'accepted').map(({ version }) => version),
    speaksTls: verdict !== 'unreachable' && verdict !== 'not-tls' && verdict !== 'blocked',
    certificateProblems: certificate?.problems ?? [],
  };
}

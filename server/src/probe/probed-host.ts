import type { ProbeTarget } from './report.ts';

/** What a target's result says to the question which projects connect; the shape that core's matrix asks for. */
export function probedHost({ verdict, clients, certificate }: ProbeTarget) {
  return {
    clients,
    speaksTls: verdict !== 'unreachable' && verdict !== 'not-tls' && verdict !== 'blocked',
    certificateProblems: certificate?.problems ?? [],
  };
}

/** The TLS probe: the only file of this folder that layers other than the platform import. */
export { type DynamicsCloud, type DynamicsService, isLoopback } from '../core/facts/dynamics-hosts.ts';
export { probeDocument } from './document.ts';
export { probeMarkdown } from './markdown.ts';
export type { ProbePort, StopSignal } from './port.ts';
export { probedHost } from './probed-host.ts';
export type { HttpProxy, ProxyCredentials } from './proxy.ts';
export {
  type Environment,
  isExcluded,
  parseBasicAuthorization,
  parseProxy,
  proxyFromEnvironment,
} from './proxy-settings.ts';
export * from './report.ts';
export { ProbeCancelledError, ProbeInputError, type ProbeOptions, runProbe } from './run-probe.ts';
export { type ProbeUrl, parseProbeUrl, type UrlProblem } from './url.ts';
export { describeTarget, type TargetView, type Tone, type TonedText, verdictSentence } from './view.ts';
export { describeHost } from './words.ts';

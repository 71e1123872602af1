/** The TLS probe: the only file of this folder that other layers import. */
export type { Network, ProbePort, StopSignal } from './port.ts';
export type { HttpProxy, ProxyCredentials } from './proxy.ts';
export { type Environment, isExcluded, parseProxy, proxyFromEnvironment } from './proxy-settings.ts';
export * from './report.ts';
export { ProbeCancelledError, ProbeInputError, type ProbeOptions, runProbe } from './run-probe.ts';
export { type ProbeUrl, parseProbeUrl, type UrlProblem } from './url.ts';

/** The TLS probe: the only file of this folder that layers other than the platform import. */
export type { DynamicsCloud, DynamicsService } from '../core/facts/dynamics-hosts.ts';
export type { ProbePort, StopSignal } from './port.ts';
export type { HttpProxy, ProxyCredentials } from './proxy.ts';
export { type Environment, isExcluded, parseProxy, proxyFromEnvironment } from './proxy-settings.ts';
export * from './report.ts';
export { ProbeCancelledError, ProbeInputError, type ProbeOptions, runProbe } from './run-probe.ts';
export { type ProbeUrl, parseProbeUrl, type UrlProblem } from './url.ts';

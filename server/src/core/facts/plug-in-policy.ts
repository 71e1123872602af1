/**
 * What the platform says about the target of plug-ins and custom workflow activities, by edition of its guidance.
 * They run in the service's own process, so their target does not decide TLS; they have a window of their own.
 *
 * Sources: the founding article KB 4051700 (2018), the pages
 * https://learn.microsoft.com/power-apps/developer/data-platform/write-plug-in (2021-03) and
 * https://learn.microsoft.com/power-apps/developer/data-platform/build-and-package (2024-04).
 */
export interface PlugInPolicy {
  /** Year and month of the edition; the name of the policy in settings. */
  readonly edition: string;
  /** Lowest target that is accepted without a word. */
  readonly minimum: string;
  /** Target that the edition asks for. */
  readonly recommended: string;
  /** Highest target that the edition supports; above it is a warning. */
  readonly maximum: string;
  /** Registration refuses assemblies above this target. */
  readonly registrationMaximum: string;
  readonly source: string;
}

export const plugInPolicies: readonly PlugInPolicy[] = [
  {
    edition: '2018-01',
    minimum: '4.5.2',
    recommended: '4.5.2',
    maximum: '4.6.2',
    registrationMaximum: '4.7.1',
    source: 'https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity',
  },
  {
    edition: '2021-03',
    minimum: '4.5.2',
    recommended: '4.6.2',
    maximum: '4.6.2',
    registrationMaximum: '4.7.1',
    source: 'https://learn.microsoft.com/power-apps/developer/data-platform/write-plug-in',
  },
  {
    edition: '2024-04',
    minimum: '4.5.2',
    recommended: '4.6.2',
    maximum: '4.6.2',
    registrationMaximum: '4.7.1',
    source: 'https://learn.microsoft.com/power-apps/developer/data-platform/build-and-package',
  },
];

/** The policy of an edition; the newest for an unknown name. */
export function plugInPolicy(edition: string): PlugInPolicy {
  const newest = plugInPolicies[plugInPolicies.length - 1] as PlugInPolicy;
  return plugInPolicies.find((policy) => policy.edition === edition) ?? newest;
}

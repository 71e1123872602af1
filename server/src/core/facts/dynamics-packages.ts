/** Packages of Microsoft for Dynamics 365 and Dataverse. */
export interface DynamicsPackage {
  readonly id: string;
  /** `tool`: it connects by itself. `library`: the program that uses it connects. */
  readonly kind: 'tool' | 'library';
  /** The lowest .NET Framework of the package from a version on, the newest first; unknown below the last one. */
  readonly targets: readonly (readonly [from: string, framework: string])[];
  /** The first version of the time in which the service requires TLS 1.2; null for packages that are all newer. */
  readonly required: string | null;
  /** A version that is known to exist and to speak TLS 1.2, for fixes; null where none is certain. */
  readonly goodVersion: string | null;
}

/** Tools of this version and later speak TLS 1.2. Source: https://support.microsoft.com/kb/4077479 */
const requiredVersion = '9.0';

/** Source of targets and versions: the pages of the packages on https://www.nuget.org/packages/ID. */
export const dynamicsPackages: readonly DynamicsPackage[] = [
  library('Microsoft.CrmSdk.CoreAssemblies', ['9.0.2.9', '4.6.2'], ['8.1.0.2', '4.5.2'], ['6.1.2', '4.0']),
  library('Microsoft.CrmSdk.Workflow', ['9.0.2.9', '4.6.2'], ['8.1.0', '4.5']),
  library('Microsoft.CrmSdk.Deployment', ['9.0.2.9', '4.6.2'], ['8.1.0', '4.5']),
  library('Microsoft.CrmSdk.Outlook', ['9.0.2.22', '4.6.2']),
  library('Microsoft.CrmSdk.Extensions'),
  library('Microsoft.CrmSdk.Data'),
  library('Microsoft.CrmSdk.XrmTooling.CoreAssembly', ['9.1.0.17', '4.6.2'], ['9.0.2.3', '4.5.2'], ['6.1.1', '4.0']),
  library('Microsoft.CrmSdk.XrmTooling.WpfControls', ['9.1.0.92', '4.6.2']),
  library('Microsoft.CrmSdk.XrmTooling.WpfControls.WithResources', ['9.1.0.92', '4.6.2']),
  library('Microsoft.CrmSdk.UII.CommonAssemblies'),
  library('Microsoft.PowerPlatform.Dataverse.Client', ['1.0.4', '4.6.2']),
  tool('Microsoft.CrmSdk.XrmTooling.PluginRegistrationTool', '9.1.0.200'),
  tool('Microsoft.CrmSdk.XrmTooling.ConfigurationMigration.Wpf', '9.1.0.110'),
  tool('Microsoft.CrmSdk.XrmTooling.PackageDeployment', null),
  tool('Microsoft.CrmSdk.XrmTooling.PackageDeployment.Core', null),
  tool('Microsoft.CrmSdk.XrmTooling.PackageDeployment.Wpf', null),
  tool('Microsoft.CrmSdk.XrmTooling.PackageDeployment.PowerShell', null),
  tool('Microsoft.CrmSdk.XrmTooling.CrmConnector.PowerShell', '9.0.2.12'),
  tool('Microsoft.CrmSdk.CoreTools', null),
];

const byId: ReadonlyMap<string, DynamicsPackage> = new Map(
  dynamicsPackages.map((entry) => [entry.id.toLowerCase(), entry]),
);

/** The package of this name, in any letter case; those of UII and Unified Service Desk by the beginning of the name. */
export function findDynamicsPackage(id: string): DynamicsPackage | undefined {
  const name = id.trim();
  return byId.get(name.toLowerCase()) ?? (/^Microsoft\.CrmSdk\.(?:UII|USD)\./i.test(name) ? library(name) : undefined);
}

function library(id: string, ...targets: readonly (readonly [string, string])[]): DynamicsPackage {
  // The client for Dataverse came later and counts from 1.0.
  const required = id.startsWith('Microsoft.CrmSdk.') ? requiredVersion : null;
  return { id, kind: 'library', targets, required, goodVersion: null };
}

function tool(id: string, goodVersion: string | null): DynamicsPackage {
  return { id, kind: 'tool', targets: [], required: requiredVersion, goodVersion };
}

/** A command that opens a connection to Dynamics 365 or Dataverse. */
export interface ConnectingCommand {
  readonly name: string;
  readonly module: string;
  /**
   * Whether the command names TLS 1.2 by itself before it connects. `old-too`: it also names TLS 1.0; which versions of
   * the module do so is not known here.
   */
  readonly setsTls: 'no' | 'old-too' | 'newer-versions' | 'yes';
  /** True for commands that reach a server of one's own only. */
  readonly isOnPremises: boolean;
  /** True for what Windows PowerShell and PowerShell 7 both have, so that its use does not tell which of them runs. */
  readonly isOfBoth: boolean;
}

/**
 * Commands that connect, and what they do about TLS.
 * Sources: https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity,
 * https://github.com/seanmcne/Microsoft.Xrm.Data.PowerShell (Microsoft.Xrm.Data.PowerShell.psm1, AddTls12Support),
 * https://github.com/AMSoftwareNL/crmpowershell/issues/5 and
 * https://github.com/microsoft/PowerPlatform-DataverseServiceClient
 * (src/GeneralTools/DataverseClient/PowerShell, CommonAuth.cs)
 */
const connectingCommands: readonly ConnectingCommand[] = [
  ...['Get-CrmConnection', 'Get-CrmOrganizations'].map((name) =>
    entry(name, 'Microsoft.Xrm.Tooling.CrmConnector.PowerShell', 'no'),
  ),
  ...['Import-CrmPackage', 'Get-CrmPackages'].map((name) =>
    entry(name, 'Microsoft.Xrm.Tooling.PackageDeployment.Powershell', 'no'),
  ),
  ...['Connect-CrmOnline', 'Connect-CrmOnlineDiscovery'].map((name) =>
    entry(name, 'Microsoft.Xrm.Data.PowerShell', 'old-too'),
  ),
  entry('Connect-CrmOnPremDiscovery', 'Microsoft.Xrm.Data.PowerShell', 'old-too', true),
  entry('Connect-CrmOrganization', 'AMSoftware.Crm', 'newer-versions'),
  ...['Get-PowerPlatformConnection', 'Connect-PowerPlatformDataverse'].map((name) =>
    entry(name, 'Microsoft.PowerPlatform.Dataverse.Client.PowerShell', 'yes'),
  ),
];

function entry(
  name: string,
  module: string,
  setsTls: ConnectingCommand['setsTls'],
  isOnPremises = false,
): ConnectingCommand {
  return { name, module, setsTls, isOnPremises, isOfBoth: false };
}

const byName: ReadonlyMap<string, ConnectingCommand> = new Map(
  connectingCommands.map((command) => [command.name.toLowerCase(), command]),
);

/** The connecting command of this name, whatever its letter case. */
export function connectingCommand(name: string): ConnectingCommand | undefined {
  return byName.get(name.toLowerCase());
}

/**
 * Class of the SDK for .NET Framework whose objects connect when they are made.
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/xrm-tooling/use-crmserviceclient-constructors-connect
 */
export const crmServiceClient: ConnectingCommand = entry(
  'CrmServiceClient',
  'Microsoft.CrmSdk.XrmTooling.CoreAssembly',
  'no',
);

/**
 * Commands and classes of the runtime that connect to whatever address they get, by their names in lower case. None of
 * them sets TLS. Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-restmethod
 */
export const webConnections: Readonly<Record<string, ConnectingCommand>> = {
  'invoke-restmethod': { ...entry('Invoke-RestMethod', 'Microsoft.PowerShell.Utility', 'no'), isOfBoth: true },
  'invoke-webrequest': { ...entry('Invoke-WebRequest', 'Microsoft.PowerShell.Utility', 'no'), isOfBoth: true },
  'net.webclient': { ...entry('WebClient', 'System.Net', 'no'), isOfBoth: true },
  'net.webrequest': { ...entry('WebRequest', 'System.Net', 'no'), isOfBoth: true },
  'net.httpwebrequest': { ...entry('HttpWebRequest', 'System.Net', 'no'), isOfBoth: true },
};

/** Short names of commands in Windows PowerShell. Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_aliases */
export const commandAliases: Readonly<Record<string, string>> = {
  '%': 'foreach-object',
  '?': 'where-object',
  curl: 'invoke-webrequest',
  foreach: 'foreach-object',
  icm: 'invoke-command',
  iex: 'invoke-expression',
  ipmo: 'import-module',
  irm: 'invoke-restmethod',
  iwr: 'invoke-webrequest',
  rp: 'remove-itemproperty',
  sajb: 'start-job',
  saps: 'start-process',
  set: 'set-variable',
  sp: 'set-itemproperty',
  start: 'start-process',
  sv: 'set-variable',
  wget: 'invoke-webrequest',
  where: 'where-object',
};

/**
 * Parameters of the web commands that take no value; the others take one.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest
 */
export const webSwitches: readonly string[] = [
  'allowinsecureredirect',
  'allowunencryptedauthentication',
  'disablekeepalive',
  'followrellink',
  'nobodyprogress',
  'noproxy',
  'passthru',
  'preserveauthorizationonredirect',
  'preservehttpmethodonredirect',
  'proxyusedefaultcredentials',
  'resume',
  'skipcertificatecheck',
  'skipheadervalidation',
  'skiphttperrorcheck',
  'usebasicparsing',
  'usedefaultcredentials',
  'verbose',
];

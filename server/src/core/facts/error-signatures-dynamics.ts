import type { ErrorSignature } from './error-causes.ts';

const article = 'https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity';

/** Sentences of the connectors and tools of Dynamics 365 and Dataverse. They print them in English everywhere. */
export const dynamicsSignatures: readonly ErrorSignature[] = [
  {
    id: 'dynamics-metadata-reference',
    pattern: /Metadata contains a reference that cannot be resolved/i,
    weight: 'wrapper',
    causes: [
      [
        'tls-version',
        'likely',
        'The description of the organization service could not be downloaded; with an online organization that is nearly always old TLS.',
      ],
      ['network', 'possible', 'The host may not be reachable.'],
    ],
    marks: ['dynamics-metadata'],
    source: 'https://github.com/Adoxio/dynamics-portal-companion-app/issues/6',
  },
  {
    id: 'dynamics-token-request',
    pattern: /ERROR REQUESTING Token FROM THE Authentication context/i,
    weight: 'wrapper',
    causes: [
      ['tls-version', 'possible', 'The sign-in service was not reached, or its answer not understood.'],
      ['sign-in', 'possible', 'The sign-in itself may have failed.'],
      ['proxy', 'possible', 'A proxy may stand in between.'],
    ],
    source: article,
  },
  {
    id: 'dynamics-general-adal-error',
    pattern: /General ADAL Error/i,
    weight: 'wrapper',
    causes: [
      ['tls-version', 'possible', 'The sign-in service was not reached.'],
      ['cipher-suite', 'possible', 'A policy that removes the ECDHE suites gives this text as well.'],
      ['sign-in', 'possible', 'Password, redirect URI or registration may be wrong.'],
    ],
    source: 'https://github.com/MscrmTools/XrmToolBox/issues/1439',
  },
  {
    id: 'dynamics-unable-to-login',
    pattern: /Unable to Login to (?:Dynamics CRM|Dynamics 365|CDS|Dataverse)/i,
    weight: 'wrapper',
    causes: [
      [
        'tls-version',
        'possible',
        'The connector says this of every failure; before the call no TLS 1.2 may have been set.',
      ],
      ['sign-in', 'possible', 'User, password or permissions may be wrong.'],
    ],
    source: 'https://github.com/seanmcne/Microsoft.Xrm.Data.PowerShell/issues/270',
  },
  {
    id: 'dynamics-anonymous-forbidden',
    pattern: /HTTP request (?:is|was) forbidden with client authentication scheme 'Anonymous'|80095ffc/i,
    weight: 'specific',
    causes: [
      ['sign-in', 'likely', 'The service refused the user: TLS was fine.'],
      ['server', 'possible', 'The environment may be in administration mode.'],
    ],
    source: 'https://github.com/microsoft/PowerPlatform-DataverseServiceClient/issues/528',
  },
  {
    id: 'wcf-security-timestamp',
    pattern: /security timestamp is (?:invalid|stale) because its (?:creation|expiration) time/i,
    weight: 'specific',
    causes: [['clock', 'certain', 'The message says that the clocks of client and server differ.']],
    source: 'https://github.com/MscrmTools/XrmToolBox/issues/473',
  },
  {
    id: 'wcf-verifying-security',
    pattern: /An error occurred when verifying security for the message/i,
    weight: 'telling',
    causes: [
      ['clock', 'likely', 'The service gives this fault when the time stamp of the request is too far off.'],
      ['sign-in', 'possible', 'It also gives it for credentials that are wrong.'],
    ],
    source: 'https://github.com/AlexaCRM/php-crm-toolkit/issues/29',
  },
  {
    id: 'wcf-unsecured-fault',
    pattern: /An unsecured or incorrectly secured fault was received from the other party/i,
    weight: 'telling',
    causes: [
      ['sign-in', 'likely', 'The service answered with a fault about security: TLS was fine.'],
      ['clock', 'possible', 'Clocks that differ give the same fault.'],
    ],
    source: 'https://github.com/MscrmTools/XrmToolBox/issues/573',
  },
  {
    id: 'wcf-http-sys',
    pattern: /server certificate is not configured properly with HTTP\.SYS/i,
    weight: 'wrapper',
    causes: [
      ['tls-version', 'likely', 'WCF gives this text when the server does not accept the TLS version of the client.'],
      ['certificate', 'possible', 'On a server of your own the binding of the certificate may be wrong.'],
    ],
    source: 'https://github.com/dotnet/docs/issues/7683',
  },
  {
    id: 'browser-page-outdated-tls',
    pattern: /outdated or unsafe TLS security settings|Turn on TLS 1\.0, TLS 1\.1,? and TLS 1\.2/i,
    weight: 'specific',
    causes: [
      ['tls-version', 'likely', 'The browser has no TLS version in common with the site: TLS 1.2 is switched off.'],
      ['cipher-suite', 'possible', 'A policy may have removed the cipher suites.'],
    ],
    source: article,
  },
  {
    id: 'browser-page-not-secure',
    pattern: /Can.?t connect securely to this page/i,
    weight: 'telling',
    causes: [
      ['tls-version', 'likely', 'Internet Explorer and the old Edge say this when TLS 1.2 is switched off.'],
      ['certificate', 'possible', 'Something may inspect the traffic.'],
    ],
    source: article,
  },
  {
    id: 'sql-pre-login-tls',
    pattern: /47072\b.{0,200}TLS|client TLS version (?:being|is) less than minimal/i,
    weight: 'specific',
    causes: [['tls-version', 'certain', 'SQL Server says that the TLS version of the client is below its minimum.']],
    source: 'https://github.com/mkleehammer/pyodbc/issues/895',
  },
  {
    id: 'sql-handshake',
    pattern: /error:? 31 - Encryption\s?\(ssl\/tls\) handshake failed|SSL Provider, error: 0 -/i,
    weight: 'telling',
    causes: [
      ['tls-version', 'likely', 'The driver could not negotiate TLS with SQL Server.'],
      ['cipher-suite', 'possible', 'There may be no common cipher suite.'],
    ],
    source: 'https://github.com/dotnet/SqlClient/issues/2053',
  },
  {
    id: 'assembly-missing',
    pattern: /Could not load file or assembly '(?:Microsoft\.(?:Xrm|Crm|IdentityModel|PowerPlatform)[^']*)'/i,
    weight: 'specific',
    causes: [['other', 'certain', 'An assembly of the SDK is missing, or has another version than expected.']],
    source: 'https://learn.microsoft.com/dotnet/framework/deployment/how-the-runtime-locates-assemblies',
  },
  {
    id: 'script-policy',
    pattern: /cannot be loaded because running scripts is disabled on this system|\bPSSecurityException\b/i,
    weight: 'specific',
    causes: [['other', 'certain', 'PowerShell did not run the script at all.']],
    source: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_execution_policies',
  },
];

import type { WordFilter } from '../model/host.ts';

/**
 * Words without which a source file does nothing about TLS. Each is a part of names that no rule can do without:
 * `SecurityPr` of SecurityProtocol, SecurityProtocolType and SecurityProviders (Schannel), `CertificateVal` of the
 * callbacks and modes of validation.
 */
const words = [
  'SecurityPr',
  'SslProtocol',
  'SslStream',
  'CertificateVal',
  'CustomValidation',
  'AcceptAnyServer',
  'CertificatePolicy',
  'SetSwitch',
  'SchUseStrongCrypto',
  'SystemDefaultTls',
  // A comment that silences a rule is told when it does not, also where nothing else is left.
  'dynamics-tls-disable',
];

/** For languages that tell letter cases apart. */
export const tlsWords: WordFilter = { words, ignoresCase: false };

/** For Visual Basic. */
export const tlsWordsInAnyCase: WordFilter = { words, ignoresCase: true };

/** For PowerShell: what connects to Dynamics, and what decides about TLS there. */
export const powerShellWords: WordFilter = {
  words: [
    ...words,
    'CrmConnection',
    'CrmOrganization',
    'CrmPackage',
    'Connect-CrmOnline',
    'CrmServiceClient',
    'CertificateCustomVal',
    'SkipCert',
    'AcceptAny',
    'SCHANNEL',
    'DefaultSecureProtocols',
    '.dynamics.',
    '--tls',
    '--insecure',
  ],
  ignoresCase: true,
};

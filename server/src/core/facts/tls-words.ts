import type { WordFilter } from '../model/host.ts';
import { pipelineWords } from './build-images.ts';

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
    'NETFramework',
    'AcceptAny',
    'SCHANNEL',
    'DefaultSecureProtocols',
    '.dynamics.',
    '--tls',
    '--insecure',
  ],
  ignoresCase: true,
};

/** For command lines: keys of the registry, options of programs, and PowerShell that a line hands over. */
export const commandWords: WordFilter = {
  words: [
    'NETFramework',
    'SCHANNEL',
    'DefaultSecureProtocols',
    '.dynamics.',
    'SecurityProtocol',
    'CertificateVal',
    'CrmConnection',
  ],
  ignoresCase: true,
};

/** For pipelines: what concerns the machine that they run on, and their scripts. */
export const pipelineScriptWords: WordFilter = {
  words: [...new Set([...pipelineWords.words, ...commandWords.words, ...powerShellWords.words])],
  ignoresCase: true,
};

/** For programs in other languages: the names of versions that a pin needs. */
export const otherClientWords: WordFilter = {
  words: ['SSLv2', 'SSLv3', 'TLSv1', 'VersionTLS1', 'VersionSSL30', 'TLS1_', ':TLS1', 'SSL3_VERSION'],
  ignoresCase: false,
};

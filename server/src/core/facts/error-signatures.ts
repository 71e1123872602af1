import type { ErrorSignature } from './error-causes.ts';
import { clientSignatures } from './error-signatures-clients.ts';
import { codeSignatures } from './error-signatures-codes.ts';
import { dotnetSignatures } from './error-signatures-dotnet.ts';
import { dynamicsSignatures } from './error-signatures-dynamics.ts';
import { localizedSignatures } from './error-signatures-localized.ts';

/** All signatures. What no language changes comes first, then English sentences, then those of other languages. */
export const errorSignatures: readonly ErrorSignature[] = [
  ...codeSignatures,
  ...dynamicsSignatures,
  ...dotnetSignatures,
  ...clientSignatures,
  ...localizedSignatures,
];

/**
 * What a line must contain so that any signature or mark can match: looking for this first is what makes large logs
 * fast. Texts in other languages pass by their letters.
 */
export const worthReading =
  /[^\x01-\x7f]|ssl|tls|error|exce|fail|clos|connect|connes|verbind|certif|remote|0x8|-214[67]|8009|800[7b]|aadsts|idx10|proxy|secur|state\.|trust|refused|time[do]|resol|host|wsae|err_|dns_|curl:|sec_e|alert|eproto|econn|enot|eai_|wrong|no_|common|algorithm|function requested|message received|metadata|prematurely|protocol|provider|linkid|scripts|assembly|identifier|forbidden|unauthor|wrapper|not ?found|unavailable|(?:36887|36888|36871|1[012]\d\d\d)|\([45]\d\d\)/i;

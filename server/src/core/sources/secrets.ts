/**
 * A text for the eye with every secret in it replaced by dots of the same number, so that columns stay: passwords and
 * keys of connection strings, attributes and settings, the user of an address, tokens of a query.
 */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const pattern of patterns) {
    masked = masked.replace(pattern, (match: string, ...groups: unknown[]) => {
      const secret = (groups as (string | undefined)[]).slice(0, 3).find((group) => typeof group === 'string');
      const at = secret ? match.lastIndexOf(secret) : -1;
      return secret && at >= 0
        ? match.slice(0, at) + '•'.repeat(secret.length) + match.slice(at + secret.length)
        : match;
    });
  }
  return masked;
}

const name =
  '(?:password|passwd|pwd|passphrase|(?:client|shared|app(?:lication)?|consumer)?[ _-]?secret|(?:access|account|api|sas|shared[ _-]?access|validation|decryption|private|encryption)[ _-]?key|(?:access|refresh|bearer|id|auth)[ _-]?token)';

/** Each has the secret in its only group that takes part. */
const patterns: readonly RegExp[] = [
  // `Password=...;` of a connection string, with the entities of XML inside.
  new RegExp(`${name}\\s*=\\s*(?:&quot;)?((?:&(?!quot;)\\w+;|[^;"'<>&\\s])+)`, 'gi'),
  // `password="..."` of an attribute, a language or JSON.
  new RegExp(`${name}["']?\\s*[:=]\\s*(?:"([^"]+)"|'([^']+)')`, 'gi'),
  // `<add key="Crm.Password" value="..." />`.
  new RegExp(`(?:key|name)\\s*=\\s*["'][^"']*${name}[^"']*["']\\s+value\\s*=\\s*(?:"([^"]+)"|'([^']+)')`, 'gi'),
  // `<Password>...</Password>`.
  new RegExp(`<${name}>([^<]+)<`, 'gi'),
  /:\/\/([^\s/"'<>@]+)@/g,
  /https?:\/\/[^\s"'<>#;]+#([^\s"'<>;]+)/gi,
  /[?&](?:amp;)?(?:code|sig|token|key|access_token|client_secret)=([^&"'\s<>#]+)/gi,
];

/** Languages in which programs beside .NET reach the service. */
export type OtherClientLanguage = 'javascript' | 'python' | 'java' | 'go' | 'php' | 'ruby' | 'openssl';

/** A way to allow nothing newer than TLS 1.1. */
export interface ClientPin {
  /** The group `pin` is the place; it stands in code, outside of comments. */
  readonly pattern: RegExp;
  /** What to write instead, as the end of a sentence. */
  readonly replacement: string;
}

/** Extensions and names of files, in lower case. */
export const otherClientLanguages: Readonly<Record<string, OtherClientLanguage>> = {
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.ts': 'javascript',
  '.mts': 'javascript',
  '.cts': 'javascript',
  '.py': 'python',
  '.java': 'java',
  '.kt': 'java',
  '.go': 'go',
  '.php': 'php',
  '.rb': 'ruby',
  '.cnf': 'openssl',
};

const node = "leave the option away, or write minVersion: 'TLSv1.2'";
const python =
  'use ssl.create_default_context(), with minimum_version = ssl.TLSVersion.TLSv1_2 where it has to be named';
const java = 'leave it away, or name TLSv1.2 and TLSv1.3';
const ruby = 'set min_version = :TLS1_2 and no maximum';
const php = 'leave it away, or use STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT';

/**
 * Pins by language. Options that only say from which version on are none: they keep the newer versions.
 * Sources: https://nodejs.org/api/tls.html, https://docs.python.org/3/library/ssl.html,
 * https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html,
 * https://pkg.go.dev/crypto/tls, https://github.com/ruby/openssl (lib/openssl/ssl.rb),
 * https://www.php.net/manual/context.ssl.php, https://github.com/curl/curl (include/curl/curl.h) and
 * https://docs.openssl.org/master/man5/config/
 */
export const clientPins: Readonly<Record<OtherClientLanguage, readonly ClientPin[]>> = {
  javascript: [
    {
      pattern: /\bsecureProtocol\s*[:=]\s*(?<pin>(["'`])(?:SSLv2|SSLv3|TLSv1|TLSv1_1)_(?:client_)?method\2)/g,
      replacement: node,
    },
    { pattern: /\bmaxVersion\s*[:=]\s*(?<pin>(["'`])TLSv1(?:\.1)?\2)/g, replacement: node },
    { pattern: /\bDEFAULT_MAX_VERSION\s*=\s*(?<pin>(["'`])TLSv1(?:\.1)?\2)/g, replacement: 'leave the default' },
    { pattern: /\bsecureOptions\s*:[^,}\n]*(?<pin>\bSSL_OP_NO_TLSv1_2\b)/g, replacement: node },
  ],
  python: [
    {
      pattern: /(?:[=(,]\s*)(?<pin>\bssl\.PROTOCOL_(?:SSLv2|SSLv3|TLSv1|TLSv1_1)\b)(?!\s*:)/g,
      replacement: python,
    },
    {
      pattern: /\bmaximum_version\s*=\s*(?<pin>(?:ssl\.)?TLSVersion\.(?:SSLv3|TLSv1|TLSv1_1)\b)/g,
      replacement: python,
    },
    { pattern: /\bContext\(\s*(?<pin>SSL\.(?:SSLv3|TLSv1|TLSv1_1)_METHOD\b)/g, replacement: 'use SSL.TLS_METHOD' },
  ],
  java: [
    {
      pattern: /\bSSLContext\s*\.\s*getInstance\(\s*(?<pin>"(?:SSLv3|TLSv1|TLSv1\.1)")/g,
      replacement: 'use SSLContext.getInstance("TLS")',
    },
    {
      pattern:
        /\bsetProperty\(\s*"(?:https\.protocols|jdk\.tls\.client\.protocols)"\s*,\s*(?<pin>"(?:SSLv3|TLSv1|TLSv1\.1)(?:\s*,\s*(?:SSLv3|TLSv1|TLSv1\.1))*")/g,
      replacement: java,
    },
    {
      pattern:
        /\bsetEnabledProtocols\(\s*new\s+String\s*\[\s*\]\s*\{\s*(?<pin>"(?:SSLv3|TLSv1|TLSv1\.1)"(?:\s*,\s*"(?:SSLv3|TLSv1|TLSv1\.1)")*)\s*\}/g,
      replacement: java,
    },
  ],
  go: [
    {
      pattern: /\bMaxVersion\s*[:=]\s*(?<pin>tls\.Version(?:SSL30|TLS10|TLS11)\b)/g,
      replacement: 'leave MaxVersion away; MinVersion: tls.VersionTLS12 where it has to be named',
    },
  ],
  php: [
    {
      pattern:
        /(["'])crypto_method\1\s*=>\s*(?<pin>STREAM_CRYPTO_METHOD_(?:SSLv2|SSLv3|TLSv1_0|TLSv1_1)_CLIENT)(?!\s*\|)/g,
      replacement: php,
    },
    {
      pattern: /\bCURLOPT_SSLVERSION\s*(?:=>|,)\s*(?<pin>CURL_SSLVERSION_MAX_TLSv1_[01])\b/g,
      replacement: 'leave it away',
    },
  ],
  ruby: [
    {
      pattern: /\bssl_version\s*(?:=|:|=>)\s*(?<pin>:?["']?(?:SSLv3|TLSv1|TLSv1_1)(?![.\w])["']?)/g,
      replacement: ruby,
    },
    {
      pattern: /\bmax_version\s*[=:]\s*(?<pin>OpenSSL::SSL::(?:SSL3|TLS1|TLS1_1)_VERSION\b|:(?:SSL3|TLS1|TLS1_1)\b)/g,
      replacement: ruby,
    },
  ],
  openssl: [
    {
      pattern: /^[ \t]*MaxProtocol[ \t]*=[ \t]*(?<pin>(?:SSLv3|TLSv1|TLSv1\.[01]))[ \t]*\r?$/gm,
      replacement: 'leave MaxProtocol away, and write MinProtocol = TLSv1.2',
    },
  ],
};

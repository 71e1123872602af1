import {
  type ClientPin,
  clientPins,
  type OtherClientLanguage,
  otherClientLanguages,
} from '../facts/other-client-pins.ts';
import type { TextRange } from '../model/finding.ts';
import { extname, type FilePath } from '../model/path.ts';

/** A place where a program allows nothing newer than TLS 1.1. */
export interface FoundPin {
  readonly range: TextRange;
  readonly pin: ClientPin;
}

/** The language of a file by its name; undefined for all that are not looked at. */
export function otherClientLanguage(path: FilePath): OtherClientLanguage | undefined {
  return otherClientLanguages[extname(path)];
}

/** All pins of a text, in order. What stands in comments, and what is only compared or named, is none. */
export function findClientPins(text: string, language: OtherClientLanguage): FoundPin[] {
  const code = withoutComments(text, language);
  const found: FoundPin[] = [];
  for (const pin of clientPins[language]) {
    for (const match of code.matchAll(pin.pattern)) {
      const written = match.groups?.['pin'] ?? match[0];
      const start = match.index + match[0].lastIndexOf(written);
      if (!isCompared(code, match.index) && !isServer(code, match.index)) {
        found.push({ range: { start, end: start + written.length }, pin });
      }
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** What stands near shows a server: which versions it answers is another question. */
function isServer(code: string, index: number): boolean {
  const around = code.slice(Math.max(0, index - 300), index + 300);
  return /\bserver_side\s*=\s*True\b|\brequestCert\s*:|\bcreateServer\(|\bHttpsServer\b|\bhonorCipherOrder\b/.test(
    around,
  );
}

/** A comparison, a map from names, or a check whether the constant is there. */
function isCompared(code: string, index: number): boolean {
  const before = code.slice(Math.max(0, index - 60), index + 1);
  return (
    /(?:[=!]=\s*|[<>]=?\s*|\b(?:in|is|not|hasattr|getattr|assert\w*|expect)\b[\s(]*)$/.test(before) ||
    /[=!]==?$/.test(before)
  );
}

/** Comments as blanks; texts stay, because that is where the names of protocols stand. */
function withoutComments(text: string, language: OtherClientLanguage): string {
  return text.replace(comments[language], (match) =>
    isComment(match, language) ? match.replace(/[^\r\n]/g, ' ') : match,
  );
}

const text = /"(?:[^"\\\r\n]|\\[\s\S])*"|'(?:[^'\\\r\n]|\\[\s\S])*'/.source;
const slashes = new RegExp(`//[^\\r\\n]*|/\\*[\\s\\S]*?(?:\\*/|$)|\`(?:[^\`\\\\]|\\\\[\\s\\S])*(?:\`|$)|${text}`, 'g');
const numberSign = new RegExp(`#[^\\r\\n]*|"""[\\s\\S]*?(?:"""|$)|'''[\\s\\S]*?(?:'''|$)|${text}`, 'g');

/** Each alternative is one comment or one text. */
const comments: Readonly<Record<OtherClientLanguage, RegExp>> = {
  javascript: slashes,
  java: slashes,
  go: slashes,
  php: new RegExp(`#[^\\r\\n]*|${slashes.source}`, 'g'),
  python: numberSign,
  ruby: numberSign,
  openssl: /[#;][^\r\n]*/g,
};

function isComment(match: string, language: OtherClientLanguage): boolean {
  return /^(?:\/\/|\/\*|#|;)/.test(match) || (language === 'python' && /^(?:"""|''')/.test(match));
}

import type { TextRange } from '../model/finding.ts';
import { basename, type FilePath } from '../model/path.ts';
import { parseXml } from '../xml/index.ts';

/** How comments are written in a kind of file. */
export interface CommentSyntax {
  /** What stands around a comment that fills a line. */
  readonly before: string;
  readonly after: string;
  /** True where a comment cannot stand between the parts of something that goes over several lines. */
  readonly breaksContinuedLines: RegExp | null;
  /** The comments of a text with their content, in order. Strings that look like comments are none. Never throws. */
  readonly comments: (text: string) => Comment[];
}

export interface Comment {
  readonly range: TextRange;
  /** Without what opens and closes the comment. */
  readonly content: TextRange;
}

/** How comments are written in a file, by its name; undefined for files that have none. */
export function commentSyntax(path: FilePath): CommentSyntax | undefined {
  const name = basename(path).toLowerCase();
  if (/^(?:.+\.)?dockerfile$|^dockerfile\./.test(name)) {
    return numberSignAtLineStart;
  }
  if (/^paket\.(?:dependencies|references)$/.test(name)) {
    return slashesAtLineStart;
  }
  return byExtension[name.slice(name.lastIndexOf('.'))];
}

const xml: CommentSyntax = {
  before: '<!-- ',
  after: ' -->',
  breaksContinuedLines: null,
  comments: (text) =>
    [...parseXml(text).comments()].map(({ range }) => {
      const isEnded = text.startsWith('-->', range.end - 3) && range.end - range.start >= 7;
      return { range, content: { start: range.start + 4, end: range.end - (isEnded ? 3 : 0) } };
    }),
};

/** C#, and every other language with its comments. */
const slashes = lexical({
  before: '// ',
  tokens:
    /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|\${0,8}("{3,})[\s\S]*?(?:\1(?!")|$)|(?:@\$?|\$@)"(?:[^"]|"")*(?:"|$)|\$?"(?:[^"\\\r\n]|\\[^\r\n])*(?:"|$|(?=[\r\n]))|'(?:[^'\\\r\n]|\\[^\r\n])[^'\r\n]{0,8}'/g,
  opens: /^(?:\/\/+|\/\*+)/,
  closes: /\*+\/$/,
});

const php = lexical({
  before: '// ',
  tokens:
    /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<![^\s;{}])#(?!\[)[^\r\n]*|"(?:[^"\\]|\\[\s\S])*(?:"|$)|'(?:[^'\\]|\\[\s\S])*(?:'|$)/g,
  opens: /^(?:\/\/+|\/\*+|#+)/,
  closes: /\*+\/$/,
});

const visualBasic = lexical({
  before: "' ",
  tokens:
    /['\u2018\u2019][^\r\n]*|\bREM\b[^\r\n]*|\$?["\u201c\u201d](?:[^"\u201c\u201d\r\n]|["\u201c\u201d]{2})*(?:["\u201c\u201d]|$|(?=[\r\n]))/gi,
  opens: /^(?:['\u2018\u2019]+|REM\b)/i,
  closes: /$^/,
  // Before Visual Basic 16 a line that goes on had to be followed by the rest of it.
  breaksContinuedLines: /[ \t]_[ \t]*$/,
});

const fsharp = lexical({
  before: '// ',
  tokens:
    /\/\/[^\r\n]*|\(\*(?!\))[\s\S]*?(?:\*\)|$)|"""[\s\S]*?(?:"""|$)|@"(?:[^"]|"")*(?:"|$)|\$?"(?:[^"\\]|\\[\s\S])*(?:"|$)|'(?:[^'\\\r\n]|\\[^\r\n]{1,6})'/g,
  opens: /^(?:\/\/+|\(\*+)/,
  closes: /\*+\)$/,
});

const powerShell = lexical({
  before: '# ',
  tokens:
    /<#[\s\S]*?(?:#>|$)|@['\u2018\u2019][ \t]*(?:\r\n|\n|\r)[\s\S]*?(?:(?:\r\n|\n|\r)['\u2018\u2019]@|$)|@["\u201c\u201d][ \t]*(?:\r\n|\n|\r)[\s\S]*?(?:(?:\r\n|\n|\r)["\u201c\u201d]@|$)|['\u2018\u2019](?:[^'\u2018\u2019]|['\u2018\u2019]{2})*(?:['\u2018\u2019]|$)|["\u201c\u201d](?:[^"\u201c\u201d`]|`[\s\S]|["\u201c\u201d]{2})*(?:["\u201c\u201d]|$)|`[\s\S]|(?<![^\s(){};,|&])#[^\r\n]*/g,
  opens: /^(?:<#|#+)/,
  closes: /#>$/,
  breaksContinuedLines: /`[ \t]*$/,
});

const registry = lexical({
  before: '; ',
  tokens: /"(?:[^"\\\r\n]|\\[^\r\n])*(?:"|$|(?=[\r\n]))|;[^\r\n]*/g,
  opens: /^;+/,
  closes: /$^/,
  breaksContinuedLines: /\\[ \t]*$/,
});

const numberSign = lexical({
  before: '# ',
  tokens: /"(?:[^"\\\r\n]|\\[^\r\n])*(?:"|$|(?=[\r\n]))|'[^'\r\n]*(?:'|$|(?=[\r\n]))|(?<![^\s])#[^\r\n]*/g,
  opens: /^#+/,
  closes: /$^/,
});

const numberSignAtLineStart = lexical({
  before: '# ',
  tokens: /(?<=^|[\r\n])[ \t]*#[^\r\n]*/g,
  opens: /^[ \t]*#+/,
  closes: /$^/,
});

/** Paket's files. */
const slashesAtLineStart = lexical({
  before: '// ',
  tokens: /(?<=^|[\r\n])[ \t]*(?:\/\/|#)[^\r\n]*/g,
  opens: /^[ \t]*(?:\/\/+|#+)/,
  closes: /$^/,
});

const batch = lexical({
  before: 'rem ',
  tokens: /(?<=^|[\r\n&])[ \t]*@?(?:rem\b|::)[^\r\n]*/gi,
  opens: /^[ \t]*@?(?:rem\b|::+)/i,
  closes: /$^/,
  breaksContinuedLines: /\^[ \t]*$/,
});

/** JSON as the programs of .NET read it: `appsettings.json` may have comments. */
const json = lexical({
  before: '// ',
  tokens: /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\r\n]|\\[^\r\n])*(?:"|$|(?=[\r\n]))/g,
  opens: /^(?:\/\/+|\/\*+)/,
  closes: /\*+\/$/,
});

/** By the end of the name, in lower case. A kind of file that is added to the analysis needs its row here. */
const byExtension: Readonly<Record<string, CommentSyntax>> = {
  '.csproj': xml,
  '.vbproj': xml,
  '.fsproj': xml,
  '.vcxproj': xml,
  '.props': xml,
  '.targets': xml,
  '.user': xml,
  '.pubxml': xml,
  '.slnx': xml,
  '.config': xml,
  '.xml': xml,
  '.manifest': xml,
  '.runsettings': xml,
  '.testsettings': xml,
  '.cs': slashes,
  '.csx': slashes,
  '.vb': visualBasic,
  '.fs': fsharp,
  '.fsx': fsharp,
  '.fsi': fsharp,
  '.ps1': powerShell,
  '.psm1': powerShell,
  '.psd1': powerShell,
  '.reg': registry,
  '.sln': numberSignAtLineStart,
  '.yml': numberSign,
  '.yaml': numberSign,
  '.sh': numberSign,
  '.py': numberSign,
  '.rb': numberSign,
  '.cnf': numberSign,
  '.tf': numberSign,
  '.bicep': slashes,
  '.js': slashes,
  '.mjs': slashes,
  '.cjs': slashes,
  '.ts': slashes,
  '.mts': slashes,
  '.cts': slashes,
  '.kt': slashes,
  '.php': php,
  '.java': slashes,
  '.go': slashes,
  '.cpp': slashes,
  '.h': slashes,
  '.groovy': slashes,
  '.cmd': batch,
  '.bat': batch,
  '.json': json,
  '.jsonc': json,
};

/** A language whose comments and strings are found from left to right by one pattern. */
function lexical({
  before,
  tokens,
  opens,
  closes,
  breaksContinuedLines = null,
}: {
  readonly before: string;
  /** Comments, and strings in which something could look like one. */
  readonly tokens: RegExp;
  /** Matches the start of a comment, and of no string. */
  readonly opens: RegExp;
  readonly closes: RegExp;
  readonly breaksContinuedLines?: RegExp | null;
}): CommentSyntax {
  return {
    before,
    after: '',
    breaksContinuedLines,
    comments: (text) =>
      [...text.matchAll(tokens)].flatMap((match): Comment[] => {
        const opening = opens.exec(match[0]);
        if (!opening) {
          return [];
        }
        const start = match.index;
        const end = start + match[0].length;
        const closing = match[0].length > opening[0].length ? (closes.exec(match[0])?.[0].length ?? 0) : 0;
        return [{ range: { start, end }, content: { start: start + opening[0].length, end: end - closing } }];
      }),
  };
}

/** Languages whose comments and strings can be told from code here. */
export type CodeLanguage = 'csharp' | 'visual-basic' | 'fsharp';

/** The language of a source file by its extension. */
export function codeLanguage(path: string): CodeLanguage | undefined {
  const lower = path.toLowerCase();
  if (lower.endsWith('.cs')) {
    return 'csharp';
  }
  if (lower.endsWith('.vb')) {
    return 'visual-basic';
  }
  return lower.endsWith('.fs') ? 'fsharp' : undefined;
}

/**
 * Replaces comments and the contents of strings by blanks, so that a pattern only meets code. Offsets and line ends
 * stay. Holes of interpolated strings are blanked as well: nothing that is asked of this text stands in them.
 */
export function blankCommentsAndStrings(text: string, language: CodeLanguage): string {
  const pattern = patterns[language];
  return text.replace(pattern, (match) => match.replace(/[^\r\n]/g, ' '));
}

/** Each alternative is one comment or one string; the order matters where one begins like another. */
const patterns: Readonly<Record<CodeLanguage, RegExp>> = {
  csharp:
    /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|\${0,8}("{3,})[\s\S]*?(?:\1(?!")|$)|(?:@\$?|\$@)"(?:[^"]|"")*(?:"|$)|\$?"(?:[^"\\\r\n]|\\.)*(?:"|$|(?=[\r\n]))|'(?:[^'\\\r\n]|\\[^\r\n])[^'\r\n]{0,8}'/g,
  'visual-basic': /'[^\r\n]*|\bREM\b[^\r\n]*|\$?"(?:[^"\r\n]|"")*(?:"|$|(?=[\r\n]))/gi,
  fsharp:
    /\/\/[^\r\n]*|\(\*(?!\))[\s\S]*?(?:\*\)|$)|"""[\s\S]*?(?:"""|$)|@"(?:[^"]|"")*(?:"|$)|\$?"(?:[^"\\]|\\[\s\S])*(?:"|$)/g,
};

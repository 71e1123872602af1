import type { CodeLanguage } from '../code/index.ts';
import { typesOfNamespaces } from '../facts/dotnet-namespaces.ts';
import type { TextEdit, TextRange } from '../model/finding.ts';

/**
 * The edits that take a statement away, with the import that was there only for it; undefined for a statement that shares
 * its line, that is the body of something, or that F# would miss.
 */
export function removeStatement(text: string, language: CodeLanguage, range: TextRange): TextEdit[] | undefined {
  const lines = wholeLines(text, range);
  if (!lines || language === 'fsharp' || !isAlone(text, language, lines)) {
    return undefined;
  }
  return [{ range: lines, newText: '' }, ...unusedImports(text, language, range)];
}

/** The lines of a statement with their line end; undefined where something else stands on them. */
function wholeLines(text: string, { start, end }: TextRange): TextRange | undefined {
  let from = start;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) {
    from--;
  }
  let to = end;
  while (text[to] === ' ' || text[to] === '\t') {
    to++;
  }
  const isWhole = (from === 0 || isLineEnd(text[from - 1])) && (to >= text.length || isLineEnd(text[to]));
  if (!isWhole) {
    return undefined;
  }
  return { start: from, end: text[to] === '\r' && text[to + 1] === '\n' ? to + 2 : Math.min(text.length, to + 1) };
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\r' || character === '\n';
}

/** True for a statement between others, in a block: what stands before it is complete. */
function isAlone(text: string, language: CodeLanguage, lines: TextRange): boolean {
  const before = text.slice(Math.max(0, lines.start - 4000), lines.start).split(/\r\n|\n|\r/);
  for (let i = before.length - 1; i >= 0; i--) {
    const line = (before[i] ?? '').trim();
    if (line === '' || line.startsWith('//') || line.startsWith("'")) {
      continue;
    }
    if (language === 'visual-basic') {
      return !/(?:[_,=(]|\b(?:Or|And|AndAlso|OrElse))$/i.test(line);
    }
    if (line.startsWith('#')) {
      return /^#(?:end)?region|^#pragma|^#(?:if|else|elif|endif)/.test(line);
    }
    return /[;{}]$|\*\/$/.test(line.replace(/\s*\/\/[^"]*$/, '')) || /^\[.*\]$/.test(line);
  }
  return false;
}

/** Imports of namespaces of which the rest of the file names no type. */
function unusedImports(text: string, language: CodeLanguage, removed: TextRange): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const [namespace, types] of Object.entries(typesOfNamespaces)) {
    const statement = text.slice(removed.start, removed.end);
    const isNeededByStatement =
      types.some((type) => wordOf(type).test(statement)) && !statement.includes(`${namespace}.`);
    const line = importLine(text, language, namespace);
    if (!isNeededByStatement || !line) {
      continue;
    }
    const rest = text.slice(0, line.start) + text.slice(line.end, removed.start) + text.slice(removed.end);
    if (!types.some((type) => wordOf(type).test(rest))) {
      edits.push({ range: line, newText: '' });
    }
  }
  return edits;
}

function wordOf(type: string): RegExp {
  return new RegExp(`\\b${type}\\b`, 'i');
}

function importLine(text: string, language: CodeLanguage, namespace: string): TextRange | undefined {
  const name = namespace.replaceAll('.', '\\.');
  const pattern =
    language === 'visual-basic'
      ? `^[ \\t]*Imports[ \\t]+${name}[ \\t]*(?:\\r\\n|\\n|\\r)`
      : `^[ \\t]*using[ \\t]+${name}[ \\t]*;[ \\t]*(?:\\r\\n|\\n|\\r)`;
  const match = new RegExp(pattern, language === 'visual-basic' ? 'im' : 'm').exec(text);
  if (!match) {
    return undefined;
  }
  const end = match.index + match[0].length;
  // A file does not begin with an empty line.
  const blank = match.index === 0 ? (/^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return { start: match.index, end: end + blank };
}

import type { TextEdit } from '../../model/finding.ts';
import { lineEndAt } from '../../text/edits.ts';
import type { PowerShellScript, Statement } from './nodes.ts';

/**
 * The edit that puts a line where it runs before everything else: behind `#requires`, the help, `using` and `param`,
 * inside of the first `begin`, `process` or `end` block where there is one. Indentation and line ends are those of the
 * statement that follows.
 */
export function insertFirst(text: string, { body }: PowerShellScript, line: string): TextEdit {
  const usings = body.statements.filter(({ kind }) => kind === 'using');
  const headEnd = Math.max(body.parameters?.range.end ?? body.range.start, usings.at(-1)?.range.end ?? 0);
  const rest = body.statements.filter(({ kind, range }) => kind !== 'using' && range.start >= headEnd);
  const first = firstRunning(rest);
  const lineEnd = lineEndAt(text, headEnd);
  if (!first) {
    return at(headEnd, `${lineEnd}${line}${lineEnd}`);
  }
  const start = lineStart(text, first.range.start);
  const indentation = text.slice(start, first.range.start);
  if (!/^[ \t\uFEFF]*$/.test(indentation) || start < headEnd) {
    // Something else stands in the same line.
    return at(first.range.start, `${line}; `);
  }
  const from = aboveComments(text, start, headEnd);
  const blanks = indentation.replace('\uFEFF', '');
  return at(from + (text[from] === '\uFEFF' ? 1 : 0), `${blanks}${line}${lineEndAt(text, from)}`);
}

function firstRunning(statements: readonly Statement[]): Statement | undefined {
  const [first] = statements;
  const isNamed = first?.kind === 'named-block' && /^(?:begin|process|end|dynamicparam|clean)$/.test(first.name);
  if (!isNamed) {
    return first;
  }
  const run = statements.find((statement) => statement.kind === 'named-block' && statement.name === 'begin') ?? first;
  return run.kind === 'named-block' ? (run.body.statements[0] ?? run) : run;
}

/**
 * Lines of comment directly above belong to the statement. At the begin of a file they are its title and licence: there
 * the line goes below them.
 */
function aboveComments(text: string, start: number, headEnd: number): number {
  let from = start;
  while (from > headEnd) {
    const above = lineStart(text, text[from - 1] === '\n' && text[from - 2] === '\r' ? from - 2 : from - 1);
    if (above < headEnd || !/^[ \t]*#(?!requires\b|!)/i.test(text.slice(above, from))) {
      return from;
    }
    from = above;
  }
  return headEnd === 0 || from === 0 ? start : from;
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function at(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

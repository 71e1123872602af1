import type { Finding, TextEdit } from '../model/finding.ts';
import { lineEndAt } from '../text/edits.ts';
import { parseXml, XmlNodeKind } from '../xml/index.ts';
import { elementAround } from './apply-suppressions.ts';
import { type CommentSyntax, commentSyntax } from './comment-syntax.ts';
import { type NamedRule, placeholderReason, type Suppression } from './read-suppressions.ts';

/**
 * The edit that silences a finding by a comment above its line, with the line's indentation, or by one at the top of
 * the file. Undefined where no comment can stand. A person replaces the reason.
 */
export function suppressionEdit(text: string, finding: Finding, reach: 'next-line' | 'file'): TextEdit | undefined {
  const syntax = commentSyntax(finding.path);
  if (!syntax) {
    return undefined;
  }
  const comment = `${syntax.before}dynamics-tls-disable-${reach} ${finding.rule}: ${placeholderReason}${syntax.after}`;
  return reach === 'file' ? editAtTop(text, syntax, comment) : editAbove(text, finding, syntax, comment);
}

function editAbove(text: string, finding: Finding, syntax: CommentSyntax, comment: string): TextEdit | undefined {
  const isXml = syntax.after !== '';
  const place = isXml
    ? (elementAround(parseXml(text), finding.range.start)?.start ?? finding.range.start)
    : finding.range.start;
  const start = lineStart(text, place);
  const indentation = /^[ \t]*/.exec(text.slice(start, place))?.[0] ?? '';
  const lineBefore = text.slice(lineStart(text, Math.max(0, start - 1)), start).replace(/[\r\n]+$/, '');
  if (
    finding.range.end === 0 ||
    (start > 0 && syntax.breaksContinuedLines?.test(lineBefore)) ||
    (isXml ? isInsideOfMarkup(text, start) : isInsideOfToken(text, syntax, start))
  ) {
    return undefined;
  }
  return insert(start, `${indentation}${comment}${lineEndAt(text, start)}`);
}

/** Before everything else; behind what must come first: a declaration of XML, the head of a registry file, `#!`. */
function editAtTop(text: string, syntax: CommentSyntax, comment: string): TextEdit {
  const head = /^\ufeff?(?:<\?xml[^>]*\?>|(?:Windows Registry Editor[^\r\n]*|REGEDIT4[^\r\n]*|#![^\r\n]*))/i.exec(
    text,
  )?.[0];
  const solution =
    syntax.before === '# ' ? /^\ufeff?\s*Microsoft Visual Studio Solution File[^\r\n]*/.exec(text)?.[0] : undefined;
  const end = (solution ?? head ?? '').length;
  const lineEnd = lineEndAt(text, end);
  if (end === 0) {
    return insert(0, `${comment}${lineEnd}`);
  }
  const rest = /^[ \t]*(\r\n|\n|\r|$)/.exec(text.slice(end));
  return rest ? insert(end, `${lineEnd}${comment}`) : insert(end, `${lineEnd}${comment}${lineEnd}`);
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') {
    start--;
  }
  return start;
}

/** In a tag, a comment, CDATA, or before the declaration: no comment can begin there. */
function isInsideOfMarkup(text: string, offset: number): boolean {
  const document = parseXml(text);
  if (/^\ufeff?<\?xml/i.test(text) && offset < text.indexOf('?>')) {
    return true;
  }
  for (let element = document.elementAt(offset); element; element = element.parent) {
    const { openTagRange, closeTagRange } = element;
    const isInTag = openTagRange.start < offset && offset < openTagRange.end;
    const isInClosingTag = closeTagRange && closeTagRange.start < offset && offset < closeTagRange.end;
    if (isInTag || isInClosingTag) {
      return true;
    }
    const isInNode = element.nodes.some(
      ({ kind, range }) => kind !== XmlNodeKind.text && range.start < offset && offset < range.end,
    );
    if (isInNode) {
      return true;
    }
  }
  return false;
}

/** In a comment that goes over several lines; strings that do are found by analysing the result. */
function isInsideOfToken(text: string, syntax: CommentSyntax, offset: number): boolean {
  return syntax.comments(text).some(({ range }) => range.start < offset && offset < range.end);
}

/** The edit that takes a rule out of a comment, and the comment away when it names no other. */
export function removalEdit(text: string, suppression: Suppression, rule: NamedRule): TextEdit {
  const index = suppression.rules.indexOf(rule);
  if (suppression.rules.length > 1 && index >= 0) {
    const next = suppression.rules[index + 1];
    const previous = suppression.rules[index - 1];
    const range = next
      ? { start: rule.range.start, end: next.range.start }
      : { start: previous?.range.end ?? rule.range.start, end: rule.range.end };
    return { range, newText: '' };
  }
  return wholeCommentEdit(text, suppression);
}

/** Takes a comment away, with its line when nothing else stands there. */
export function wholeCommentEdit(text: string, { range }: Pick<Suppression, 'range'>): TextEdit {
  const start = lineStart(text, range.start);
  const end = /^[ \t]*(\r\n|\n|\r|$)/.exec(text.slice(range.end));
  const isAlone = text.slice(start, range.start).trim() === '' && end !== null;
  if (isAlone) {
    return { range: { start, end: range.end + (end?.[0].length ?? 0) }, newText: '' };
  }
  const blanks = /[ \t]*$/.exec(text.slice(start, range.start))?.[0].length ?? 0;
  return { range: { start: end ? range.start - blanks : range.start, end: range.end }, newText: '' };
}

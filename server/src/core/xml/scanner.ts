/** Receives what the scanner finds, in order. All numbers are offsets in UTF-16 units. */
export interface XmlSink {
  /** `<name`; the tag's attributes follow, then {@link endTag}. */
  openTag(nameStart: number, nameEnd: number): void;
  /** An attribute; `valueStart` is -1 when it has no value, `quote` 0 when the value has no quotes. */
  attribute(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number, quote: number): void;
  /** The end of an opening tag; `isComplete` is false when its `>` is missing. */
  endTag(end: number, isSelfClosing: boolean, isComplete: boolean): void;
  /** `</name>`. */
  closeTag(start: number, nameStart: number, nameEnd: number, end: number): void;
  /** Text, comment, CDATA, processing instruction or document type. */
  node(kind: XmlNodeKind, start: number, end: number, isComplete: boolean): void;
  problem(kind: XmlProblemKind, offset: number): void;
}

/** Kinds of nodes that are not elements. */
export const XmlNodeKind = { text: 1, comment: 2, cdata: 3, instruction: 4, doctype: 5 } as const;
export type XmlNodeKind = (typeof XmlNodeKind)[keyof typeof XmlNodeKind];

/** What can be wrong with the syntax. */
export type XmlProblemKind =
  | 'stray-less-than'
  | 'tag-not-ended'
  | 'attribute-without-value'
  | 'attribute-without-quotes'
  | 'open-quote'
  | 'unexpected-character'
  | 'close-tag-without-name'
  | 'unmatched-close-tag'
  | 'element-not-closed'
  | 'comment-not-ended'
  | 'cdata-not-ended'
  | 'instruction-not-ended'
  | 'doctype-not-ended';

/**
 * Scans XML once, without recursion, and never throws. A raw `<` cannot be part of a tag or an attribute value, so a
 * half-typed tag or an open quote costs that one tag and nothing behind it.
 */
export function scanXml(text: string, sink: XmlSink): void {
  const length = text.length;
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (position < length) {
    const found = text.indexOf('<', position);
    const tag = found < 0 ? length : found;
    if (tag > position) {
      sink.node(XmlNodeKind.text, position, tag, true);
    }
    if (tag >= length) {
      return;
    }
    position = scanMarkup(text, tag, sink);
  }
}

function scanMarkup(text: string, start: number, sink: XmlSink): number {
  const next = text.charCodeAt(start + 1);
  if (next === Char.bang) {
    return scanDeclaration(text, start, sink);
  }
  if (next === Char.question) {
    return scanDelimited(text, start, '?>', XmlNodeKind.instruction, 'instruction-not-ended', sink);
  }
  if (next === Char.slash) {
    return scanCloseTag(text, start, sink);
  }
  if (start + 1 >= text.length || isNameEnd(next)) {
    sink.problem('stray-less-than', start);
    return start + 1;
  }
  return scanOpenTag(text, start, sink);
}

function scanDeclaration(text: string, start: number, sink: XmlSink): number {
  if (text.startsWith('<!--', start)) {
    return scanDelimited(text, start, '-->', XmlNodeKind.comment, 'comment-not-ended', sink);
  }
  if (text.startsWith('<![CDATA[', start)) {
    return scanDelimited(text, start, ']]>', XmlNodeKind.cdata, 'cdata-not-ended', sink);
  }
  if (text.slice(start, start + 9).toUpperCase() === '<!DOCTYPE') {
    return scanDoctype(text, start, sink);
  }
  // A comment that is being typed: it must not swallow the next tag.
  sink.problem('stray-less-than', start);
  return start + 2;
}

function scanDelimited(
  text: string,
  start: number,
  terminator: string,
  kind: XmlNodeKind,
  problem: XmlProblemKind,
  sink: XmlSink,
): number {
  const headLength = kind === XmlNodeKind.comment ? 4 : kind === XmlNodeKind.cdata ? 9 : 2;
  const found = text.indexOf(terminator, start + headLength);
  const end = found < 0 ? text.length : found + terminator.length;
  if (found < 0) {
    sink.problem(problem, start);
  }
  sink.node(kind, start, end, found >= 0);
  return end;
}

/** A document type, with its internal subset and the comments in it. */
function scanDoctype(text: string, start: number, sink: XmlSink): number {
  let quote = 0;
  let depth = 0;
  let position = start + 2;
  for (; position < text.length; position++) {
    const char = text.charCodeAt(position);
    if (quote !== 0) {
      quote = char === quote ? 0 : quote;
    } else if (char === Char.doubleQuote || char === Char.singleQuote) {
      quote = char;
    } else if (char === Char.openBracket) {
      depth++;
    } else if (char === Char.closeBracket) {
      depth = Math.max(0, depth - 1);
    } else if (depth > 0 && char === Char.lessThan && text.startsWith('<!--', position)) {
      const end = text.indexOf('-->', position + 4);
      position = end < 0 ? text.length : end + 2;
    } else if (char === Char.greaterThan && depth === 0) {
      break;
    }
  }
  const isComplete = position < text.length;
  if (!isComplete) {
    sink.problem('doctype-not-ended', start);
  }
  const end = Math.min(text.length, position + 1);
  sink.node(XmlNodeKind.doctype, start, end, isComplete);
  return end;
}

function scanCloseTag(text: string, start: number, sink: XmlSink): number {
  const nameStart = skipBlanks(text, start + 2);
  const nameEnd = skipName(text, nameStart);
  let position = nameEnd;
  while (position < text.length) {
    const char = text.charCodeAt(position);
    if (char === Char.greaterThan || char === Char.lessThan) {
      break;
    }
    position++;
  }
  const isComplete = text.charCodeAt(position) === Char.greaterThan;
  const end = isComplete ? position + 1 : position;
  if (!isComplete) {
    sink.problem('tag-not-ended', start);
  }
  if (nameEnd > nameStart) {
    sink.closeTag(start, nameStart, nameEnd, end);
  } else {
    sink.problem('close-tag-without-name', start);
  }
  return end;
}

function scanOpenTag(text: string, start: number, sink: XmlSink): number {
  let position = skipName(text, start + 1);
  sink.openTag(start + 1, position);
  for (;;) {
    position = skipBlanks(text, position);
    const char = text.charCodeAt(position);
    if (position >= text.length || char === Char.lessThan) {
      sink.problem('tag-not-ended', start);
      sink.endTag(position, false, false);
      return position;
    }
    if (char === Char.greaterThan) {
      sink.endTag(position + 1, false, true);
      return position + 1;
    }
    if (char === Char.slash && text.charCodeAt(position + 1) === Char.greaterThan) {
      sink.endTag(position + 2, true, true);
      return position + 2;
    }
    position = scanAttribute(text, position, sink);
  }
}

function scanAttribute(text: string, nameStart: number, sink: XmlSink): number {
  const nameEnd = skipName(text, nameStart);
  if (nameEnd === nameStart) {
    sink.problem('unexpected-character', nameStart);
    return nameStart + 1;
  }
  const equals = skipBlanks(text, nameEnd);
  if (text.charCodeAt(equals) !== Char.equals) {
    sink.problem('attribute-without-value', nameStart);
    sink.attribute(nameStart, nameEnd, -1, -1, 0);
    return equals;
  }
  const valueStart = skipBlanks(text, equals + 1);
  const quote = text.charCodeAt(valueStart);
  if (quote !== Char.doubleQuote && quote !== Char.singleQuote) {
    const valueEnd = skipName(text, valueStart);
    sink.problem('attribute-without-quotes', nameStart);
    sink.attribute(nameStart, nameEnd, valueStart, valueEnd, 0);
    return valueEnd;
  }
  return scanQuoted(text, nameStart, nameEnd, valueStart + 1, quote, sink);
}

function scanQuoted(
  text: string,
  nameStart: number,
  nameEnd: number,
  valueStart: number,
  quote: number,
  sink: XmlSink,
): number {
  let position = valueStart;
  while (position < text.length) {
    const char = text.charCodeAt(position);
    if (char === quote) {
      sink.attribute(nameStart, nameEnd, valueStart, position, quote);
      return position + 1;
    }
    if (char === Char.lessThan) {
      break;
    }
    position++;
  }
  sink.problem('open-quote', valueStart - 1);
  const valueEnd = openQuoteEnd(text, valueStart, position);
  sink.attribute(nameStart, nameEnd, valueStart, valueEnd, quote);
  return valueEnd;
}

/** An open quote ends with its line, or before the `>` or `/>` on it. */
function openQuoteEnd(text: string, valueStart: number, limit: number): number {
  const newline = text.indexOf('\n', valueStart);
  const lineEnd = newline < 0 || newline > limit ? limit : newline;
  const tagEnd = text.slice(valueStart, lineEnd).search(/\/?>/);
  let end = tagEnd >= 0 ? valueStart + tagEnd : lineEnd;
  while (end > valueStart && isBlank(text.charCodeAt(end - 1))) {
    end--;
  }
  return end;
}

const Char = {
  doubleQuote: 34,
  singleQuote: 39,
  bang: 33,
  slash: 47,
  lessThan: 60,
  equals: 61,
  greaterThan: 62,
  question: 63,
  openBracket: 91,
  closeBracket: 93,
} as const;

function isBlank(char: number): boolean {
  return char === 32 || char === 10 || char === 13 || char === 9;
}

function isNameEnd(char: number): boolean {
  return (
    isBlank(char) ||
    char === Char.greaterThan ||
    char === Char.slash ||
    char === Char.equals ||
    char === Char.lessThan ||
    char === Char.doubleQuote ||
    char === Char.singleQuote
  );
}

function skipBlanks(text: string, position: number): number {
  let end = position;
  while (end < text.length && isBlank(text.charCodeAt(end))) {
    end++;
  }
  return end;
}

function skipName(text: string, position: number): number {
  let end = position;
  while (end < text.length && !isNameEnd(text.charCodeAt(end))) {
    end++;
  }
  return end;
}

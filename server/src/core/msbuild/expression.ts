/**
 * Values with `$(...)` in them, parsed once. The grammar follows what MSBuild's expander accepts:
 * https://github.com/dotnet/msbuild/blob/main/src/Build/Evaluation/Expander.cs
 */

/** A parsed value: a row of parts that are joined. */
export interface Expression {
  readonly source: string;
  readonly parts: readonly Part[];
  /** The text when there is nothing to expand. */
  readonly literal: string | undefined;
}

export type Part = TextPart | PropertyPart | CallPart | RegistryPart | FaultyPart;

interface PartPlace {
  /** Where the part stands in the source of the expression. */
  readonly start: number;
  readonly end: number;
}

export interface TextPart extends PartPlace {
  readonly kind: 'text';
  readonly text: string;
}

/** `$(Name)` */
export interface PropertyPart extends PartPlace {
  readonly kind: 'property';
  readonly name: string;
  readonly key: string;
}

/** `$(Name.Method(...)...)` or `$([Type]::Method(...)...)` */
export interface CallPart extends PartPlace {
  readonly kind: 'call';
  /** The property that the calls start from, or undefined for a type. */
  readonly property: PropertyPart | undefined;
  /** The type as written, without brackets. */
  readonly type: string | undefined;
  readonly calls: readonly Call[];
}

/** `$(Registry:...)` */
export interface RegistryPart extends PartPlace {
  readonly kind: 'registry';
}

/** Something that MSBuild refuses. */
export interface FaultyPart extends PartPlace {
  readonly kind: 'faulty';
  readonly code: string;
  readonly explanation: string;
}

/** One member of a chain. */
export interface Call {
  /** The member's name; `get_Item` for an indexer. */
  readonly name: string;
  /** Undefined for a property or field. */
  readonly arguments: readonly Argument[] | undefined;
}

/** An argument, or `null` for the word null. */
export type Argument = Expression | null;

const maximumDepth = 64;
const cache = new Map<string, Expression>();
const maximumCached = 20_000;

/** Parses a value. Never throws; parts that MSBuild refuses become {@link FaultyPart}s. */
export function parseExpression(source: string): Expression {
  if (!source.includes('$(')) {
    return { source, parts: [{ kind: 'text', text: source, start: 0, end: source.length }], literal: source };
  }
  const cached = cache.get(source);
  if (cached) {
    return cached;
  }
  const expression = parseParts(source, 0);
  if (cache.size >= maximumCached) {
    cache.clear();
  }
  cache.set(source, expression);
  return expression;
}

function parseParts(source: string, depth: number): Expression {
  const parts: Part[] = [];
  let position = 0;
  while (position < source.length) {
    const start = source.indexOf('$(', position);
    const end = start < 0 ? -1 : findClosingParenthesis(source, start + 2);
    if (start < 0 || end < 0) {
      break;
    }
    if (start > position) {
      parts.push({ kind: 'text', text: source.slice(position, start), start: position, end: start });
    }
    parts.push(parseReference(source.slice(start + 2, end), start, end + 1, depth));
    position = end + 1;
  }
  if (position < source.length || parts.length === 0) {
    parts.push({ kind: 'text', text: source.slice(position), start: position, end: source.length });
  }
  const [only] = parts;
  return { source, parts, literal: parts.length === 1 && only?.kind === 'text' ? only.text : undefined };
}

/** Index of the `)` that closes a `$(` whose content starts at `from`; quoted text may contain parentheses. */
export function findClosingParenthesis(source: string, from: number): number {
  let depth = 1;
  for (let i = from; i < source.length; i++) {
    const char = source[i];
    if (char === '(') {
      depth++;
    } else if (char === ')') {
      if (--depth === 0) {
        return i;
      }
    } else if (char === "'" || char === '`' || char === '"') {
      const quoteEnd = source.indexOf(char, i + 1);
      if (quoteEnd < 0) {
        return -1;
      }
      i = quoteEnd;
    }
  }
  return -1;
}

const simpleName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

function parseReference(body: string, start: number, end: number, depth: number): Part {
  if (simpleName.test(body)) {
    return { kind: 'property', name: body, key: body.toLowerCase(), start, end };
  }
  if (depth > maximumDepth) {
    return { kind: 'faulty', code: 'too-deep', explanation: 'functions are nested too deeply', start, end };
  }
  if (/^registry:/i.test(body)) {
    return { kind: 'registry', start, end };
  }
  const trimmed = body.trim();
  if (trimmed.startsWith('[')) {
    return parseStaticCall(trimmed, start, end, depth);
  }
  const head = /^[A-Za-z_][A-Za-z0-9_-]*/.exec(trimmed);
  if (!head) {
    return body.includes('$(') || body.includes('.')
      ? faulty(start, end, `"$(${body})" is not a property or function`)
      : { kind: 'property', name: body, key: body.toLowerCase(), start, end };
  }
  const rest = trimmed.slice(head[0].length);
  if (rest === '' || !/^\s*[.[]/.test(rest)) {
    return body.includes('$(')
      ? faulty(start, end, `"$(${body})" is not a property or function`)
      : { kind: 'property', name: body, key: body.toLowerCase(), start, end };
  }
  const calls = parseCalls(rest, depth);
  if (typeof calls === 'string') {
    return faulty(start, end, calls);
  }
  const property: PropertyPart = { kind: 'property', name: head[0], key: head[0].toLowerCase(), start, end };
  return { kind: 'call', property, type: undefined, calls, start, end };
}

function parseStaticCall(body: string, start: number, end: number, depth: number): Part {
  const close = body.indexOf(']');
  const type = body.slice(1, close).trim();
  const rest = body.slice(close + 1).trimStart();
  if (close < 0 || type === '' || !rest.startsWith('::')) {
    return faulty(start, end, `"$(${body})" is not a static function call`);
  }
  const calls = parseCalls(`.${rest.slice(2).trimStart()}`, depth);
  return typeof calls === 'string'
    ? faulty(start, end, calls)
    : { kind: 'call', property: undefined, type, calls, start, end };
}

function faulty(start: number, end: number, explanation: string): FaultyPart {
  return { kind: 'faulty', code: 'MSB4184', explanation, start, end };
}

/** `.Name(...)`, `.Name` and `[...]` in a row, or why it is none. */
function parseCalls(text: string, depth: number): Call[] | string {
  const calls: Call[] = [];
  let position = 0;
  while (position < text.length) {
    const char = text[position];
    if (char === ' ' || char === '\t' || char === '\n' || char === '\r') {
      position++;
    } else if (char === '[') {
      const close = text.indexOf(']', position);
      if (close < 0) {
        return 'an index has no closing bracket';
      }
      calls.push({ name: 'get_Item', arguments: parseArguments(text.slice(position + 1, close), depth) });
      position = close + 1;
    } else if (char === '.') {
      const name = /^\.\s*([A-Za-z_]\w*)\s*/.exec(text.slice(position));
      if (!name) {
        return 'a name is missing after a dot';
      }
      position += name[0].length;
      if (text[position] !== '(') {
        calls.push({ name: name[1] as string, arguments: undefined });
        continue;
      }
      const close = findClosingParenthesis(text, position + 1);
      if (close < 0) {
        return 'a call has no closing parenthesis';
      }
      calls.push({ name: name[1] as string, arguments: parseArguments(text.slice(position + 1, close), depth) });
      position = close + 1;
    } else {
      return `"${text.slice(position)}" does not continue a function call`;
    }
  }
  return calls;
}

/** Splits arguments at commas outside quotes and parentheses; blanks and one pair of quotes are taken off. */
function parseArguments(text: string, depth: number): Argument[] {
  if (text.trim() === '') {
    return [];
  }
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '$' && text[i + 1] === '(') {
      const close = findClosingParenthesis(text, i + 2);
      i = close < 0 ? text.length : close;
    } else if (char === "'" || char === '`' || char === '"') {
      const close = text.indexOf(char, i + 1);
      i = close < 0 ? text.length : close;
    } else if (char === ',') {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => parseArgument(part.trim(), depth));
}

function parseArgument(text: string, depth: number): Argument {
  const quote = text[0];
  if (text.length >= 2 && (quote === "'" || quote === '`' || quote === '"') && text.endsWith(quote)) {
    return parseParts(text.slice(1, -1), depth + 1);
  }
  return text.toLowerCase() === 'null' ? null : parseParts(text, depth + 1);
}

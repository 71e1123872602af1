import type { Code } from './code.ts';
import type { Scope, ScopeKind, Structure } from './structure.ts';
import { tokenKinds } from './tokens.ts';

const conditionalWords: ReadonlySet<string> = new Set([
  'if',
  'elif',
  'else',
  'match',
  'for',
  'while',
  'with',
  'fun',
  'function',
  'then',
  '|',
]);
const memberWords: ReadonlySet<string> = new Set([
  'let',
  'member',
  'override',
  'default',
  'new',
  'static',
  'use',
  'do',
]);

/** Scopes of F# are what stands further right than the statement before. */
export function fsharpStructure(code: Code): Structure {
  const statements = readStatements(code);
  const statementOf = (i: number) => statements.findLast(({ first }) => first <= i) ?? { first: 0, column: 0 };
  return {
    scopesOf: (i) => scopesOf(code, statements, i),
    statementStart: (i) => statementOf(i).first,
    statementEnd(i) {
      let at = i;
      const open = code.around(i);
      while (at + 1 < code.length && !code.isEnd(at + 1) && (open < 0 || code.partner(at + 1) !== open)) {
        at = Math.max(at + 1, code.after(at + 1) - 1);
      }
      return at;
    },
  };
}

interface Statement {
  readonly first: number;
  readonly column: number;
}

function readStatements(code: Code): Statement[] {
  const statements: Statement[] = [];
  let isStart = true;
  for (let i = 0; i < code.length; i++) {
    if (code.kind(i) === tokenKinds.end) {
      isStart = true;
    } else if (isStart) {
      statements.push({ first: i, column: columnOf(code, i) });
      isStart = false;
    }
  }
  return statements;
}

function columnOf(code: Code, i: number): number {
  const start = code.start(i);
  return start - code.text.lastIndexOf('\n', start - 1) - 1;
}

function scopesOf(code: Code, statements: readonly Statement[], i: number): Scope[] {
  const scopes: Scope[] = [];
  let index = statements.findLastIndex(({ first }) => first <= i);
  let limit = i;
  let column = Number.POSITIVE_INFINITY;
  for (let isOwn = true; index >= 0; index--, isOwn = false) {
    const statement = statements[index] as Statement;
    if (!isOwn && statement.column >= column) {
      continue;
    }
    column = Math.min(column, statement.column);
    const end = isOwn ? limit : (statements[index + 1]?.first ?? code.length);
    // Inside one statement, the words nearest to the token come first.
    for (let at = Math.min(end, limit) - 1; at >= statement.first; at--) {
      const scope = scopeAt(code, at, i);
      if (scope && (code.around(at) < 0 || isInside(code, code.around(at), i))) {
        scopes.push(scope);
      }
    }
    limit = statement.first;
  }
  return scopes;
}

function isInside(code: Code, open: number, i: number): boolean {
  const close = code.partner(open);
  return open < i && (close < 0 || i < close);
}

function scopeAt(code: Code, at: number, i: number): Scope | undefined {
  const scope = (kind: ScopeKind, name?: string): Scope => ({ kind, name, first: at + 1, end: i + 1 });
  if (code.isOneOf(at, conditionalWords)) {
    return scope(code.is(at, 'fun') || code.is(at, 'function') ? 'lambda' : code.is(at, '|') ? 'arms' : 'conditional');
  }
  if (code.is(at, 'type') || code.is(at, 'module') || code.is(at, 'namespace')) {
    return scope('type', code.name(at + 1));
  }
  if (code.is(at, 'try')) {
    return scope('block', 'try');
  }
  const isMember = code.isOneOf(at, memberWords) && !code.isOneOf(at - 1, memberWords);
  return isMember ? scope('member', memberName(code, at)) : undefined;
}

/** `name` of `let rec name x =` and of `member this.Name =`. */
function memberName(code: Code, at: number): string | undefined {
  for (let i = at + 1; i < at + 8; i++) {
    if (code.is(i, '=') || code.is(i, '(')) {
      return undefined;
    }
    if (
      code.isName(i) &&
      !code.isOneOf(i, memberWords) &&
      !['rec', 'mutable', 'inline', 'private', 'internal', 'public', 'async'].includes(code.word(i))
    ) {
      return code.is(i + 1, '.') ? code.name(i + 2) : code.name(i);
    }
  }
  return undefined;
}

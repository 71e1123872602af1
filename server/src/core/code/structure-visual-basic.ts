import type { Code } from './code.ts';
import type { Scope, ScopeKind, Structure } from './structure.ts';

const modifiers: ReadonlySet<string> = new Set([
  ...['public', 'private', 'protected', 'friend', 'shared', 'overrides', 'overridable', 'mustoverride'],
  ...['notoverridable', 'readonly', 'writeonly', 'partial', 'async', 'iterator', 'default', 'shadows', 'overloads'],
  ...['mustinherit', 'notinheritable', 'narrowing', 'widening', 'custom'],
]);

/** Words that open a scope, which `End` with the same word closes. */
const openers: Readonly<Record<string, ScopeKind>> = {
  class: 'type',
  module: 'type',
  structure: 'type',
  interface: 'type',
  enum: 'type',
  namespace: 'type',
  sub: 'member',
  function: 'member',
  property: 'member',
  operator: 'member',
  get: 'block',
  set: 'block',
  select: 'conditional',
  for: 'conditional',
  while: 'conditional',
  do: 'conditional',
  try: 'block',
  with: 'block',
  using: 'block',
  synclock: 'block',
};

interface Open {
  readonly word: string;
  readonly kind: ScopeKind;
  readonly name: string | undefined;
  readonly first: number;
}

/** Scopes of Visual Basic stand between words on lines of their own. */
export function visualBasicStructure(code: Code): Structure {
  const scopes = readScopes(code);
  return {
    scopesOf: (i) =>
      scopes.filter(({ first, end }) => first <= i && i < end).sort((a, b) => b.first - a.first || a.end - b.end),
    statementStart: (i) => statementStart(code, i),
    statementEnd: (i) => statementEnd(code, i),
  };
}

function statementStart(code: Code, i: number): number {
  let at = i;
  while (at > 0 && !code.isEnd(at - 1)) {
    const previous = code.before(at - 1) + 1;
    at = code.around(at) === at - 1 ? at - 1 : Math.min(previous, at - 1);
  }
  return at;
}

function statementEnd(code: Code, i: number): number {
  let at = i;
  while (at + 1 < code.length && !code.isEnd(at + 1)) {
    at = Math.max(at + 1, code.after(at + 1) - 1);
  }
  return at;
}

function readScopes(code: Code): Scope[] {
  const scopes: Scope[] = [];
  const open: Open[] = [];
  const close = (words: readonly string[], end: number) => {
    const index = open.findLastIndex(({ word }) => words.includes(word));
    for (const { kind, name, first } of index < 0 ? [] : open.splice(index)) {
      scopes.push({ kind, name, first, end });
    }
  };
  let isInInterface = 0;
  for (let start = 0; start < code.length; start++) {
    let at = start;
    while (code.isOneOf(at, modifiers)) {
      at++;
    }
    let end = start;
    while (end < code.length && !code.isEnd(end)) {
      end++;
    }
    const word = code.word(at).toLowerCase();
    const next = code.word(at + 1).toLowerCase();
    if (word === 'end' && next !== '') {
      isInInterface -= next === 'interface' ? 1 : 0;
      close([next], start);
    } else if (word === 'next' || word === 'loop') {
      close(word === 'next' ? ['for'] : ['do'], start);
    } else if (word === 'if' || word === 'elseif' || word === 'else') {
      if (word !== 'if') {
        close(['if'], start);
      }
      const isBlock = word === 'else' || code.is(end - 1, 'Then');
      if (isBlock) {
        open.push({ word: 'if', kind: 'conditional', name: undefined, first: end });
      } else {
        scopes.push({ kind: 'conditional', name: undefined, first: at + 1, end });
      }
    } else if (word !== 'end' && openers[word] !== undefined && !code.is(at + 1, '=') && !code.is(at + 1, '.')) {
      isInInterface += word === 'interface' ? 1 : 0;
      if (isInInterface <= 0 || word === 'interface') {
        openScope(code, start, at, end, open);
      }
    }
    openLambdas(code, at, end, open);
    start = end;
  }
  close(
    open.slice(0, 1).map(({ word }) => word),
    code.length,
  );
  return scopes;
}

function openScope(code: Code, start: number, at: number, end: number, open: Open[]): void {
  const word = code.word(at).toLowerCase();
  const kind = openers[word] ?? 'block';
  for (let i = start; i < at; i++) {
    if (code.is(i, 'MustOverride')) {
      return;
    }
  }
  if (word === 'property' && !hasAccessors(code, end)) {
    return;
  }
  const name = kind === 'type' || kind === 'member' ? code.name(at + 1) : word === 'try' ? word : undefined;
  open.push({ word, kind, name, first: at + 1 });
}

function hasAccessors(code: Code, end: number): boolean {
  let at = end + 1;
  while (code.isOneOf(at, modifiers)) {
    at++;
  }
  return code.is(at, 'Get') || code.is(at, 'Set');
}

/** `Function(a, b)` in the middle of a statement whose body stands on the lines below. */
function openLambdas(code: Code, at: number, end: number, open: Open[]): void {
  for (let i = at + 1; i < end; i++) {
    const isLambda =
      (code.is(i, 'Function') || code.is(i, 'Sub')) &&
      code.is(i + 1, '(') &&
      !code.is(i - 1, '.') &&
      !code.isOneOf(i - 1, modifiers) &&
      !code.is(i - 1, 'End') &&
      !code.is(i - 1, 'Exit');
    if (isLambda) {
      const behind = code.partner(i + 1) + 1;
      const isBlock = behind >= end || (code.is(behind, 'As') && behind + 2 >= end);
      if (isBlock) {
        open.push({ word: code.word(i).toLowerCase(), kind: 'lambda', name: undefined, first: end });
      }
    }
  }
}

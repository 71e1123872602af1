import type { Code } from './code.ts';

/** Types that readers know, by their full names. */
export const knownTypes = {
  'System.Net.ServicePointManager': 'ServicePointManager',
  'System.Net.SecurityProtocolType': 'SecurityProtocolType',
  'System.Security.Authentication.SslProtocols': 'SslProtocols',
  'System.AppContext': 'AppContext',
  'System.Enum': 'Enum',
  'Microsoft.Win32.Registry': 'Registry',
  'Microsoft.Win32.RegistryKey': 'RegistryKey',
} as const;

export type KnownType = (typeof knownTypes)[keyof typeof knownTypes];

const fullNames = new Map<string, KnownType>(Object.entries(knownTypes));
const shortNames = new Map<string, string>(Object.entries(knownTypes).map(([full, short]) => [short, full]));

/** What a file imports, renames and declares. */
export interface FileNames {
  /** Namespaces, as written. */
  readonly imports: ReadonlySet<string>;
  /** Types whose members are used without the type (`using static`, `open type`), as written. */
  readonly staticImports: readonly string[];
  /** Names that stand for others. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Types that the file declares itself: they come before imported ones. */
  readonly declared: ReadonlySet<string>;
}

/** Reads the directives of a file. Those inside of namespaces count as well: nobody imports two things by one name. */
export function readNames(code: Code): FileNames {
  const imports = new Set<string>();
  const staticImports: string[] = [];
  const aliases = new Map<string, string>();
  const declared = new Set<string>();
  for (let i = 0; i < code.length; i++) {
    if (!code.isName(i)) {
      continue;
    }
    if (isImport(code, i)) {
      readImport(code, i, imports, staticImports, aliases);
    } else if (isDeclaration(code, i)) {
      const name = code.name(i + 1);
      declared.add(name);
      const abbreviated =
        code.language === 'fsharp' && code.is(i, 'type') && code.is(i + 2, '=') ? chainText(code, i + 3) : undefined;
      if (abbreviated !== undefined && resolveText(abbreviated, imports) !== undefined) {
        declared.delete(name);
        aliases.set(name, abbreviated);
      }
    }
  }
  return { imports, staticImports, aliases, declared };
}

function isImport(code: Code, i: number): boolean {
  const previous = code.isEnd(i - 1) || code.is(i - 1, '{') || code.is(i - 1, '}') || code.is(i - 1, 'global');
  switch (code.language) {
    case 'csharp':
      return previous && code.is(i, 'using') && !code.is(i + 1, '(');
    case 'visual-basic':
      return previous && code.is(i, 'Imports');
    default:
      return code.is(i, 'open');
  }
}

function readImport(
  code: Code,
  i: number,
  imports: Set<string>,
  staticImports: string[],
  aliases: Map<string, string>,
): void {
  let at = i + 1;
  const isStatic =
    (code.language === 'csharp' && code.is(at, 'static')) || (code.language === 'fsharp' && code.is(at, 'type'));
  at += isStatic ? 1 : 0;
  for (;;) {
    if (code.is(at + 1, '=')) {
      const target = chainText(code, at + 2);
      if (target !== undefined) {
        aliases.set(code.name(at), target);
      }
      at = skipChain(code, at + 2);
    } else {
      const name = chainText(code, at);
      if (name !== undefined) {
        if (isStatic) {
          staticImports.push(name);
        } else {
          imports.add(name);
          // Visual Basic imports types with the same word as namespaces.
          if (code.language === 'visual-basic') {
            staticImports.push(name);
          }
        }
      }
      at = skipChain(code, at);
    }
    if (code.language !== 'visual-basic' || !code.is(at, ',')) {
      return;
    }
    at++;
  }
}

const declarations: ReadonlySet<string> = new Set([
  'class',
  'struct',
  'enum',
  'interface',
  'record',
  'module',
  'structure',
  'type',
]);

function isDeclaration(code: Code, i: number): boolean {
  return code.isOneOf(i, declarations) && code.isName(i + 1) && !(code.is(i, 'type') && code.language !== 'fsharp');
}

/** `System.Net.Foo` as a text, `global::` left out; undefined where no name stands. */
export function chainText(code: Code, i: number): string | undefined {
  let at = code.is(i, 'global') && (code.is(i + 1, '::') || code.is(i + 1, '.')) ? i + 2 : i;
  if (!code.isName(at)) {
    return undefined;
  }
  let text = code.name(at);
  while (code.is(at + 1, '.') && code.isName(at + 2)) {
    at += 2;
    text += `.${code.name(at)}`;
  }
  return text;
}

function skipChain(code: Code, i: number): number {
  let at = code.is(i, 'global') && code.is(i + 1, '::') ? i + 2 : i;
  while (code.isName(at) && code.is(at + 1, '.')) {
    at += 2;
  }
  return at + 1;
}

/** A known type by a text with or without its namespace. */
function resolveText(text: string, imports: ReadonlySet<string>): KnownType | undefined {
  const full = fullNames.get(text);
  if (full !== undefined) {
    return full;
  }
  for (const namespace of imports) {
    const found = fullNames.get(`${namespace}.${text}`);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/**
 * The known type that a name stands for; undefined for types of the file's own and for all others. A short name without
 * an import is taken for the known type: imports may stand in another file or in the project.
 */
export function resolveType(
  text: string,
  { aliases, imports, declared }: FileNames,
  ignoresCase: boolean,
): KnownType | undefined {
  const written = ignoresCase ? canonical(text) : text;
  const [first = '', ...rest] = written.split('.');
  const alias = find(aliases, first, ignoresCase);
  const spelled = alias === undefined ? written : [alias, ...rest].join('.');
  if (alias === undefined && rest.length === 0) {
    return has(declared, written, ignoresCase) ? undefined : shortType(written);
  }
  const full = ignoresCase ? canonical(spelled) : spelled;
  return fullNames.get(full) ?? resolveText(full, imports) ?? resolvePartly(full);
}

function shortType(text: string): KnownType | undefined {
  return shortNames.has(text) ? (text as KnownType) : undefined;
}

/** `Net.ServicePointManager` where `System` is imported, or where the code stands in a namespace below it. */
function resolvePartly(text: string): KnownType | undefined {
  return text.includes('.') ? fullNames.get(`System.${text}`) : shortType(text);
}

/** The spelling of the documentation for names in any letter case. */
function canonical(text: string): string {
  const last = text.slice(text.lastIndexOf('.') + 1).toLowerCase();
  for (const [short, full] of shortNames) {
    if (short.toLowerCase() === last) {
      const written = full.split('.');
      const count = text.split('.').length;
      const spelled = written.slice(-count).join('.');
      return spelled.toLowerCase() === text.toLowerCase() ? spelled : text;
    }
  }
  return text;
}

function find(map: ReadonlyMap<string, string>, name: string, ignoresCase: boolean): string | undefined {
  if (!ignoresCase) {
    return map.get(name);
  }
  for (const [key, value] of map) {
    if (key.toLowerCase() === name.toLowerCase()) {
      return value;
    }
  }
  return undefined;
}

function has(set: ReadonlySet<string>, name: string, ignoresCase: boolean): boolean {
  return set.has(name) || (ignoresCase && [...set].some((one) => one.toLowerCase() === name.toLowerCase()));
}

/** `System.Text.RegularExpressions.Regex` for patterns that mean the same in both languages and cannot run away. */
import { FunctionRefused, FunctionUnknown, type MatchValue, type TypedValue, toText } from './typed-value.ts';

/** Calls a static function of Regex; the name is in lower case. */
export function callRegex(member: string, args: readonly TypedValue[]): TypedValue {
  const [input = '', pattern = '', third, fourth] = args.map(toText);
  switch (member) {
    case 'escape':
      return input.replace(/[\\*+?|{[()^$.# \t\n\r]/g, '\\$&');
    case 'ismatch':
      return compile(input, pattern, third).test(input);
    case 'match':
      return toMatch(compile(input, pattern, third).exec(input));
    case 'replace':
      return input.replace(compile(input, pattern, fourth, 'g'), replacement(third ?? ''));
    case 'split':
      return input.split(compile(input, pattern, third)).map((part) => part ?? '');
    default:
      throw new FunctionUnknown(`the function "Regex.${member}" is not supported`);
  }
}

function compile(input: string, pattern: string, options: string | undefined, flags = ''): RegExp {
  if (pattern.length > 300 || input.length > 5000 || isRisky(pattern)) {
    throw new FunctionUnknown(`the regular expression "${pattern.slice(0, 80)}" is not evaluated`);
  }
  let allFlags = flags;
  if (options !== undefined && options !== '') {
    if (!/^(System\.Text\.RegularExpressions\.)?(RegexOptions\.)?(None|IgnoreCase|CultureInvariant)$/i.test(options)) {
      throw new FunctionUnknown(`the regular expression options "${options}" are not supported`);
    }
    allFlags += /ignorecase/i.test(options) ? 'i' : '';
  }
  try {
    return new RegExp(pattern, allFlags);
  } catch {
    // The two languages differ here, or .NET refuses it as well; which one is not known.
    throw new FunctionUnknown(`the regular expression "${pattern.slice(0, 80)}" is not supported`);
  }
}

/** Repetition of a group that itself repeats, back references, and syntax with another meaning in .NET. */
function isRisky(pattern: string): boolean {
  return (
    /\([^()]*[+*}][^()]*\)\s*[+*{]/.test(pattern) ||
    /\)\)\s*[+*{]/.test(pattern) ||
    /\\[1-9kGAZzpPbBcCeaf]|\(\?(?!:|=|!|<[A-Za-z])|\[[^\]]*-\[/.test(pattern)
  );
}

/** `$1`, `${1}` and `$$` mean the same; `${name}` is spelled differently. */
function replacement(text: string): string {
  if (/\$[_+]/.test(text)) {
    throw new FunctionRefused(`the replacement "${text}" is not supported`);
  }
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => (/^\d+$/.test(name) ? `$${name}` : `$<${name}>`));
}

function toMatch(match: RegExpExecArray | null): MatchValue {
  const group = (text: string | undefined): MatchValue => ({
    kind: 'match',
    isSuccess: text !== undefined,
    isGroup: true,
    value: text ?? '',
    groups: [],
    names: {},
  });
  const names = Object.entries(match?.groups ?? {}).map(([name, text]) => [name, group(text)] as const);
  return {
    kind: 'match',
    isSuccess: match !== null,
    isGroup: false,
    value: match?.[0] ?? '',
    groups: Array.from(match ?? [], (text: string | undefined) => group(text)),
    names: Object.fromEntries(names),
  };
}

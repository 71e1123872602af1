/**
 * MSBuild's escapes. Source: https://github.com/dotnet/msbuild/blob/main/src/Framework/EscapingUtilities.cs
 */

const escaped = /%([0-9a-fA-F]{2})/g;
const special = /[%*?@$();']/g;
const hasSpecial = /[%*?@$();']/;

/** Replaces every `%XX` by its character; anything else stays. */
export function unescapeText(text: string): string {
  return text.includes('%')
    ? text.replace(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

/** Writes the characters with a meaning as `%xx`. */
export function escapeText(text: string): string {
  if (!hasSpecial.test(text)) {
    return text;
  }
  return text.replace(special, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Splits a list at its semicolons, trims the parts and drops empty ones; item expressions are not split. */
export function splitList(text: string): string[] {
  if (!text.includes(';')) {
    const trimmed = text.trim();
    return trimmed === '' ? [] : [trimmed];
  }
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let inQuotes = false;
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (depth > 0 && char === "'") {
      inQuotes = !inQuotes;
    } else if (!inQuotes && char === '@' && text[i + 1] === '(') {
      depth++;
      i++;
    } else if (!inQuotes && depth > 0 && char === '(') {
      depth++;
    } else if (!inQuotes && depth > 0 && char === ')') {
      depth--;
    } else if (char === undefined || (char === ';' && depth === 0)) {
      const part = text.slice(start, i).trim();
      if (part !== '') {
        parts.push(part);
      }
      start = i + 1;
    }
  }
  return parts;
}

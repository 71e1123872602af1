import { escapePattern } from '../../text/escape.ts';
import type { Block, Expression, Statement } from './nodes.ts';
import type { Scope } from './run.ts';
import type { Value } from './value.ts';

/** Callbacks, policies and built-in validators that look at nothing. */
export function acceptsEverything(value: Value, scope: Scope): boolean {
  if (value.kind === 'block') {
    return isAlwaysTrue(value.body);
  }
  if (value.kind !== 'object') {
    return false;
  }
  if (value.type === 'dangerousacceptanyservercertificatevalidator') {
    return true;
  }
  // A class of the script's own: `[Trust]::Callback()`, `New-Object TrustAll`.
  const name = value.type.replace(/::.*$/, '').replace(/^.*\./, '');
  return [...embeddedClasses(scope.file.text)].some(
    (code) => new RegExp(`\\bclass\\s+${escapePattern(name)}\\b`, 'i').test(code) && acceptsInCode(code),
  );
}

/** `{ $true }`, `{ return $true }`, with or without parameters. */
function isAlwaysTrue({ statements }: Block): boolean {
  const last = statements.at(-1);
  return (
    last !== undefined && statements.every((statement) => isTrue(statement) || isOutput(statement)) && isTrue(last)
  );
}

function isTrue(statement: Statement): boolean {
  if (statement.kind === 'flow') {
    return statement.keyword === 'return' && statement.value !== undefined && isTrue(statement.value);
  }
  if (statement.kind === 'named-block') {
    return isAlwaysTrue(statement.body);
  }
  const element = statement.kind === 'pipeline' && statement.elements.length === 1 ? statement.elements[0] : undefined;
  return element?.kind === 'expression' && isTrueExpression(element.expression);
}

function isTrueExpression(expression: Expression): boolean {
  switch (expression.kind) {
    case 'variable':
      return expression.name === 'true';
    case 'number':
      return expression.value !== 0;
    case 'cast':
      return isTrueExpression(expression.operand);
    case 'group':
      return expression.statements.length === 1 && expression.statements.every(isTrue);
    default:
      return false;
  }
}

/** Lines that only write something. */
function isOutput(statement: Statement): boolean {
  const element = statement.kind === 'pipeline' ? statement.elements[0] : undefined;
  const name = element?.kind === 'command' && element.name.kind === 'string' ? element.name.parts[0] : undefined;
  return typeof name === 'string' && /^write-/i.test(name);
}

/** C# inside a script: what stands between the quotes of here-strings and other long texts. */
function* embeddedClasses(text: string): Generator<string> {
  for (const [code] of text.matchAll(
    /@["'][ \t]*\r?\n[\s\S]{0,20000}?\r?\n["']@|(["'])[^"'\r\n]{0,200}\bclass\b[\s\S]{0,4000}?\1/g,
  )) {
    yield code;
  }
}

/** A C# text with a callback or policy that returns true and does nothing else. */
export function acceptsInCode(code: string): boolean {
  return (
    /CheckValidationResult\s*\([^)]*\)\s*\{\s*return\s+true\s*;\s*\}/.test(code) ||
    /(?:delegate|=>|\)|\bdelegate\s*\([^)]*\))\s*\{?\s*(?:return\s+)?true\s*;?\s*\}/.test(code)
  );
}

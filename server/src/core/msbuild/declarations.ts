/** The places where properties are written. */
import type { TextRange } from '../model/finding.ts';
import { type Known, known, unknown } from '../model/known.ts';
import type { FilePath } from '../model/path.ts';
import type { XmlElement } from '../xml/index.ts';
import { unescapeText } from './escapes.ts';
import type { LoadedFile, Write } from './evaluation-state.ts';
import type { PropertyStatement, Statement } from './statements.ts';
import { hasSymbol, symbolReasons, type Value } from './value.ts';

/** One place where a property is written. */
export interface Declaration {
  readonly name: string;
  readonly path: FilePath;
  readonly element: XmlElement;
  readonly nameRange: TextRange;
  /** The value without blanks around it (what an edit replaces); empty range inside the element when there is none. */
  readonly valueRange: TextRange;
  /** The value as written, without blanks around it, references in place. */
  readonly text: string;
  /** Whether its conditions (and those of its imports) hold. */
  readonly conditionOutcome: boolean | 'unknown';
  /** True for the write that the final value comes from. */
  readonly isEffective: boolean;
  /** What the property was right after this write; undefined when the write did not happen. */
  readonly value: Known<string> | undefined;
}

/** The value as the outside sees it: unescaped, without symbols. */
export function publish(value: Value): Known<string> {
  if (typeof value !== 'string') {
    return unknown(...value.reasons);
  }
  return hasSymbol(value) ? unknown(...symbolReasons(value)) : known(unescapeText(value));
}

/** A declaration as others see it. */
export function toDeclaration(
  statement: PropertyStatement,
  path: FilePath,
  write: Write | undefined,
  isEffective: boolean,
): Declaration {
  const element = statement.element as XmlElement;
  const text = statement.value.source;
  const trimmed = text.trim();
  const start = text.length - text.trimStart().length;
  const valueRange = statement.text ? statement.text.sourceRange(start, start + trimmed.length) : element.innerRange;
  return {
    name: statement.name,
    path,
    element,
    nameRange: element.nameRange,
    valueRange,
    text: trimmed,
    conditionOutcome: write ? (write.isCertain ? true : 'unknown') : false,
    isEffective,
    value: write && publish(write.value),
  };
}

const statementTables = new WeakMap<object, ReadonlyMap<string, readonly PropertyStatement[]>>();

/** The statements of a file that write a property, false conditions included. */
export function propertyStatements(file: LoadedFile, key: string): readonly PropertyStatement[] {
  if (!file.document) {
    return [];
  }
  let table = statementTables.get(file.document);
  if (!table) {
    const built = new Map<string, PropertyStatement[]>();
    collectProperties(file.document.statements, built);
    table = built;
    statementTables.set(file.document, table);
  }
  return table.get(key) ?? [];
}

function collectProperties(statements: readonly Statement[], into: Map<string, PropertyStatement[]>): void {
  for (const statement of statements) {
    if (statement.kind === 'property') {
      const existing = into.get(statement.key);
      if (existing) {
        existing.push(statement);
      } else {
        into.set(statement.key, [statement]);
      }
    } else if (statement.kind === 'group') {
      collectProperties(statement.statements, into);
    } else if (statement.kind === 'choose') {
      for (const branch of statement.branches) {
        collectProperties(branch.statements, into);
      }
    }
  }
}

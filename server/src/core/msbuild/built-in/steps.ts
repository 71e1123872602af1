/** A short notation for the steps of Microsoft's props and targets, in the statements of the evaluator. */
import { parseExpression } from '../expression.ts';
import { conditionSource } from '../project-document.ts';
import type {
  ConditionSource,
  GroupStatement,
  ImportOrigin,
  ImportStatement,
  ItemStatement,
  PropertyStatement,
  Statement,
} from '../statements.ts';

/** Sets a property, under a condition where one is given. */
export function set(name: string, value: string, when?: string): PropertyStatement {
  return {
    kind: 'property',
    name,
    key: name.toLowerCase(),
    condition: condition(when),
    value: parseExpression(value),
    element: undefined,
    text: undefined,
  };
}

/** Sets a property that is still empty, under a further condition where one is given. */
export function setDefault(name: string, value: string, when?: string): PropertyStatement {
  return set(name, value, when ? `'$(${name})' == '' and (${when})` : `'$(${name})' == ''`);
}

/** Runs steps under a condition. */
export function group(when: string, ...statements: readonly Statement[]): GroupStatement {
  return { kind: 'group', condition: condition(when), statements, isItemGroup: false };
}

/** Items under a condition that waits for the items' turn. */
export function itemGroup(when: string | undefined, ...statements: readonly ItemStatement[]): GroupStatement {
  return { kind: 'group', condition: condition(when), statements, isItemGroup: true };
}

/** Imports a file when the condition holds. */
export function importFile(project: string, origin: ImportOrigin, when?: string): ImportStatement {
  return {
    kind: 'import',
    project: parseExpression(project),
    sdk: undefined,
    condition: when === undefined ? undefined : conditionSource(when, undefined, 'file'),
    element: undefined,
    range: undefined,
    origin,
  };
}

/** What an item step may say. */
export interface ItemOptions {
  readonly include?: string;
  readonly exclude?: string;
  readonly remove?: string;
  readonly update?: string;
  readonly when?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Includes, removes or updates items. */
export function item(type: string, options: ItemOptions): ItemStatement {
  const expression = (text: string | undefined) => (text === undefined ? undefined : parseExpression(text));
  return {
    kind: 'item',
    type,
    key: type.toLowerCase(),
    include: expression(options.include),
    exclude: expression(options.exclude),
    remove: expression(options.remove),
    update: expression(options.update),
    condition: condition(options.when),
    metadata: Object.entries(options.metadata ?? {}).map(([name, value]) => ({
      name,
      key: name.toLowerCase(),
      value: parseExpression(value),
      condition: undefined,
      nameRange: undefined,
      valueRange: undefined,
    })),
    element: undefined,
  };
}

function condition(text: string | undefined): ConditionSource | undefined {
  return text === undefined ? undefined : conditionSource(text, undefined, 'project');
}

/** Which configurations a project knows, and which properties its answer depends on. */

import type { Condition } from './condition.ts';
import { splitList, unescapeText } from './escapes.ts';
import type { Expression } from './expression.ts';
import type { ProjectDocument } from './project-document.ts';
import type { ConditionSource, Statement } from './statements.ts';

/** A configuration of a project. */
export interface Configuration {
  readonly configuration: string;
  readonly platform: string;
}

/** The pairs that a project's conditions, lists and items mention. */
export function mentionedConfigurations(document: ProjectDocument): {
  pairs: readonly Configuration[];
  configurations: readonly string[];
  platforms: readonly string[];
} {
  const pairs: Configuration[] = [];
  const configurations = new Set<string>();
  const platforms = new Set<string>();
  const readCondition = (source: ConditionSource): void => {
    for (const match of source.text.matchAll(pairPattern)) {
      pairs.push({ configuration: match[1] as string, platform: match[2] as string });
    }
    for (const match of source.text.matchAll(singlePattern)) {
      (match[1]?.toLowerCase() === 'configuration' ? configurations : platforms).add(match[2] as string);
    }
  };
  visit(document.statements, (statement) => {
    for (const condition of conditionsOf(statement)) {
      readCondition(condition);
    }
    if (statement.kind === 'property' && statement.value.literal !== undefined) {
      const list =
        statement.key === 'configurations' ? configurations : statement.key === 'platforms' ? platforms : null;
      for (const name of list ? splitList(unescapeText(statement.value.literal)) : []) {
        list?.add(name);
      }
    }
    if (statement.kind === 'item' && statement.key === 'projectconfiguration') {
      const [configuration = '', platform = ''] = statement.include?.literal?.split('|') ?? [];
      if (configuration !== '' && platform !== '') {
        pairs.push({ configuration: configuration.trim(), platform: platform.trim() });
      }
    }
  });
  return { pairs, configurations: [...configurations], platforms: [...platforms] };
}

const pairPattern = /'\s*\$\(Configuration\)\s*\|\s*\$\(Platform\)\s*'\s*==\s*'\s*([^'|]+?)\s*\|\s*([^'|]+?)\s*'/gi;
const singlePattern = /'\s*\$\((Configuration|Platform)\)\s*'\s*==\s*'\s*([^'|]+?)\s*'/gi;

function conditionsOf(statement: Statement): ConditionSource[] {
  if (statement.kind === 'choose') {
    return statement.branches.flatMap((branch) => (branch.condition ? [branch.condition] : []));
  }
  return 'condition' in statement && statement.condition ? [statement.condition] : [];
}

function visit(statements: readonly Statement[], look: (statement: Statement) => void): void {
  for (const statement of statements) {
    look(statement);
    if (statement.kind === 'group') {
      visit(statement.statements, look);
    } else if (statement.kind === 'choose') {
      for (const branch of statement.branches) {
        visit(branch.statements, look);
      }
    }
  }
}

/** What one statement's effect depends on: keys of properties, in lower case. */
interface Dependence {
  /** The property that is set, or undefined for imports and items (which always matter). */
  readonly key: string | undefined;
  readonly reads: ReadonlySet<string>;
}

const dependences = new WeakMap<ProjectDocument, readonly Dependence[]>();

/** Items whose presence matters to the answer. */
const relevantItems: ReadonlySet<string> = new Set([
  'packagereference',
  'packageversion',
  'globalpackagereference',
  'projectreference',
  'reference',
]);

const relevantProperties: readonly string[] = [
  'targetframework',
  'targetframeworks',
  'targetframeworkversion',
  'targetframeworkidentifier',
  'targetframeworkprofile',
  'targetframeworksubset',
  'targetframeworkmoniker',
  'targetruntime',
  'outputtype',
  'targettype',
  'clrsupport',
  'projecttypeguids',
  'usevshostingprocess',
];

/** Properties that Microsoft's targets make of the configuration. */
const madeOfConfiguration: ReadonlySet<string> = new Set([
  'configuration',
  'platform',
  'configurationname',
  'platformname',
  'debugsymbols',
  'optimize',
  'outputpath',
  'outdir',
  'intermediateoutputpath',
]);

/** Whether targets, output type or references can differ between the configurations of a project. */
export function dependsOnConfiguration(documents: readonly ProjectDocument[]): boolean {
  const all = documents.flatMap((document) => dependencesOf(document));
  const relevant = new Set(relevantProperties);
  let size = -1;
  while (size !== relevant.size) {
    size = relevant.size;
    for (const { key, reads } of all) {
      if (key === undefined || relevant.has(key)) {
        for (const read of reads) {
          relevant.add(read);
        }
      }
    }
  }
  return [...relevant].some((key) => madeOfConfiguration.has(key));
}

function dependencesOf(document: ProjectDocument): readonly Dependence[] {
  const existing = dependences.get(document);
  if (existing) {
    return existing;
  }
  const result: Dependence[] = [];
  collect(document.statements, new Set(), result);
  dependences.set(document, result);
  return result;
}

function collect(statements: readonly Statement[], outer: ReadonlySet<string>, into: Dependence[]): void {
  for (const statement of statements) {
    const reads = new Set(outer);
    for (const condition of conditionsOf(statement)) {
      readsOfCondition(condition.condition, reads);
    }
    switch (statement.kind) {
      case 'group':
        collect(statement.statements, reads, into);
        break;
      case 'choose':
        for (const branch of statement.branches) {
          collect(branch.statements, reads, into);
        }
        break;
      case 'property':
        readsOfExpression(statement.value, reads);
        into.push({ key: statement.key, reads });
        break;
      case 'import':
        readsOfExpression(statement.project, reads);
        into.push({ key: undefined, reads });
        break;
      case 'item':
        if (relevantItems.has(statement.key)) {
          for (const expression of [statement.include, statement.exclude, statement.remove, statement.update]) {
            if (expression) {
              readsOfExpression(expression, reads);
            }
          }
          for (const metadata of statement.metadata) {
            readsOfExpression(metadata.value, reads);
            if (metadata.condition) {
              readsOfCondition(metadata.condition.condition, reads);
            }
          }
          into.push({ key: undefined, reads });
        }
        break;
      default:
        break;
    }
  }
}

function readsOfCondition(condition: Condition, into: Set<string>): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      for (const term of condition.terms) {
        readsOfCondition(term, into);
      }
      return;
    case 'not':
      readsOfCondition(condition.operand, into);
      return;
    case 'comparison':
      readsOfCondition(condition.left, into);
      readsOfCondition(condition.right, into);
      return;
    case 'call':
      for (const operand of condition.arguments) {
        readsOfExpression(operand.value, into);
      }
      return;
    case 'operand':
      readsOfExpression(condition.value, into);
      return;
    case 'malformed':
      return;
  }
}

function readsOfExpression(expression: Expression, into: Set<string>): void {
  for (const part of expression.parts) {
    if (part.kind === 'property') {
      into.add(part.key);
    } else if (part.kind === 'call') {
      if (part.property) {
        into.add(part.property.key);
      }
      for (const call of part.calls) {
        for (const argument of call.arguments ?? []) {
          if (argument) {
            readsOfExpression(argument, into);
          }
        }
      }
    }
  }
}

import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { TextRange } from '../model/finding.ts';
import { dirname, type FilePath, resolvePath } from '../model/path.ts';
import {
  type ConfigurableRule,
  entryProblem,
  type SettingDefinition,
  settingDefinitions,
  valueProblem,
} from '../model/settings.ts';
import { nearMiss } from '../text/near-miss.ts';

/** What is wrong at one place of a configuration file; `message` is a key of the rule that reports it. */
export interface ConfigurationProblem {
  readonly range: TextRange;
  readonly message:
    | 'syntax'
    | 'too-deep'
    | 'no-object'
    | 'unknown-key'
    | 'similar-key'
    | 'editor-only'
    | 'twice'
    | 'wrong-value'
    | 'unknown-rule'
    | 'similar-rule'
    | 'extends-wrong'
    | 'extends-address'
    | 'extends-missing'
    | 'extends-cycle'
    | 'extends-broken';
  readonly values: Readonly<Record<string, string>>;
}

/** A file that a configuration takes over with `extends`. */
export interface ExtendedFile {
  readonly path: FilePath;
  /** The text between the quotes. */
  readonly range: TextRange;
  readonly written: string;
}

/** One configuration file. What is wrong in it is left out of `values`; the rest counts. */
export interface ConfigurationFile {
  readonly path: FilePath;
  /** Values of settings by their keys; of maps only the good entries. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly extends: readonly ExtendedFile[];
  readonly problems: readonly ConfigurationProblem[];
}

/** Keys that are no settings. */
const otherKeys = ['$schema', 'extends'];
const fileDefinitions = settingDefinitions.filter(({ isEditorOnly }) => !isEditorOnly);

/** Reads a configuration file: JSON with comments and trailing commas. Never throws. */
export function readConfiguration(path: FilePath, text: string, rules: readonly ConfigurableRule[]): ConfigurationFile {
  const problems: ConfigurationProblem[] = [];
  const root = parse(text, problems);
  if (!root) {
    return { path, values: {}, extends: [], problems };
  }
  if (root.type !== 'object') {
    problems.push({ range: rangeOf(root), message: 'no-object', values: {} });
    return { path, values: {}, extends: [], problems };
  }
  const values: [string, unknown][] = [];
  let extended: readonly ExtendedFile[] = [];
  for (const { key, keyNode, value } of propertiesOf(root, problems)) {
    const definition = fileDefinitions.find((candidate) => candidate.key === key);
    if (definition) {
      values.push(...readValue(definition, value, rules, problems));
    } else if (key === 'extends') {
      extended = readExtends(path, value, problems);
    } else if (key !== '$schema') {
      problems.push(strangeKey(key, keyNode));
    }
  }
  return { path, values: Object.fromEntries(values), extends: extended, problems };
}

function parse(text: string, problems: ConfigurationProblem[]): Node | undefined {
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
    // The parser descends with the nesting of the text, and ten thousand brackets exhaust the stack.
    problems.push({ range: { start: 0, end: Math.min(1, text.length) }, message: 'too-deep', values: {} });
    return undefined;
  }
  const [first] = errors;
  if (first) {
    const start = Math.min(first.offset, Math.max(0, text.length - 1));
    const end = Math.min(text.length, Math.max(start + 1, first.offset + first.length));
    const reason = syntaxReasons[first.error] ?? 'this is not JSON';
    problems.push({ range: { start, end }, message: 'syntax', values: { reason } });
  }
  return root;
}

/** By the parser's error codes, whose names are not there at run time. */
const syntaxReasons: Readonly<Record<number, string>> = {
  1: 'this is no value',
  2: 'this is no number',
  3: 'the name of a property is missing',
  4: 'a value is missing',
  5: 'a colon is missing',
  6: 'a comma is missing',
  7: 'a closing brace is missing',
  8: 'a closing bracket is missing',
  9: 'something follows the end of the object',
  11: 'a comment does not end',
  12: 'a text does not end',
  13: 'a number does not end',
  14: 'this is no Unicode escape',
  15: 'this is no escape',
  16: 'this character must be escaped',
};

interface Property {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

/** The properties of an object; of two with one name the last one counts, as everywhere in JSON. */
function propertiesOf(object: Node, problems: ConfigurationProblem[]): Property[] {
  const properties = new Map<string, Property>();
  for (const { children: [keyNode, value] = [] } of object.children ?? []) {
    if (!keyNode || !value || typeof keyNode.value !== 'string') {
      continue;
    }
    const key = keyNode.value;
    if (properties.has(key)) {
      problems.push({ range: rangeOf(keyNode), message: 'twice', values: { key } });
    }
    properties.set(key, { key, keyNode, value });
  }
  return [...properties.values()];
}

function strangeKey(key: string, node: Node): ConfigurationProblem {
  const range = rangeOf(node);
  if (settingDefinitions.some((definition) => definition.key === key)) {
    return { range, message: 'editor-only', values: { key } };
  }
  const meant = nearMiss(key, [...fileDefinitions.map((definition) => definition.key), ...otherKeys]);
  return meant === undefined
    ? { range, message: 'unknown-key', values: { key } }
    : { range, message: 'similar-key', values: { key, meant } };
}

/** The setting with its value, or nothing when the value is wrong. */
function readValue(
  definition: SettingDefinition,
  node: Node,
  rules: readonly ConfigurableRule[],
  problems: ConfigurationProblem[],
): [string, unknown][] {
  if (definition.type === 'string-map' || definition.type === 'rule-map') {
    return node.type === 'object'
      ? [[definition.key, readMap(definition, node, rules, problems)]]
      : wrong(definition.key, 'must be an object', node, problems);
  }
  const value = plainValue(node);
  const problem = valueProblem(definition, value);
  return problem ? wrong(definition.key, problem, node, problems) : [[definition.key, value]];
}

function readMap(
  definition: SettingDefinition,
  node: Node,
  rules: readonly ConfigurableRule[],
  problems: ConfigurationProblem[],
): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const { key, keyNode, value } of propertiesOf(node, problems)) {
    if (definition.type === 'rule-map' && !rules.some(({ id }) => id === key)) {
      const meant = nearMiss(
        key,
        rules.map(({ id }) => id),
      );
      problems.push({
        range: rangeOf(keyNode),
        message: meant === undefined ? 'unknown-rule' : 'similar-rule',
        values: { key, meant: meant ?? '' },
      });
      continue;
    }
    const plain = plainValue(value);
    const problem = entryProblem(definition, key, plain, rules);
    if (problem) {
      problems.push({
        range: rangeOf(value),
        message: 'wrong-value',
        values: { key: definition.key, problem: `has the entry "${key}", ${problem}` },
      });
    } else {
      entries.push([key, plain]);
    }
  }
  return Object.fromEntries(entries);
}

function wrong(key: string, problem: string, node: Node, problems: ConfigurationProblem[]): [] {
  problems.push({ range: rangeOf(node), message: 'wrong-value', values: { key, problem } });
  return [];
}

function readExtends(path: FilePath, node: Node, problems: ConfigurationProblem[]): ExtendedFile[] {
  const nodes = node.type === 'array' ? (node.children ?? []) : [node];
  return nodes.flatMap((entry): ExtendedFile[] => {
    const written: unknown = entry.value;
    const range = rangeOf(entry);
    if (entry.type !== 'string' || typeof written !== 'string' || written.trim() === '') {
      problems.push({ range, message: 'extends-wrong', values: {} });
      return [];
    }
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(written)) {
      problems.push({ range, message: 'extends-address', values: { written } });
      return [];
    }
    return [{ path: resolvePath(dirname(path), written), range, written }];
  });
}

/** Built with own properties only: a key such as `__proto__` is a key like any other. */
function plainValue(node: Node): unknown {
  if (node.type === 'array') {
    return (node.children ?? []).map(plainValue);
  }
  if (node.type === 'object') {
    return Object.fromEntries(
      (node.children ?? []).flatMap(({ children: [key, value] = [] }): [string, unknown][] =>
        key && value ? [[String(key.value), plainValue(value)]] : [],
      ),
    );
  }
  return node.value;
}

/** Without the quotes of a text, so that the squiggle stands under what a person wrote. */
function rangeOf(node: Node): TextRange {
  const isQuoted = node.type === 'string' && node.length > 2;
  const inset = isQuoted ? 1 : 0;
  return { start: node.offset + inset, end: node.offset + node.length - inset };
}

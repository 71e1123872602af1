import { type Known, known, unknown } from '../model/known.ts';
import type { RegistryWrite, RegistryWriteData } from '../model/protocol-use.ts';
import { numberValue } from './literals.ts';
import { chainText } from './names.ts';
import { chainStart } from './protocol-assignments.ts';
import { isConstant } from './protocol-bits.ts';
import { innerRange } from './switch-uses.ts';
import { describePlace, statementRange } from './use-places.ts';
import { type Argument, type Evaluator, splitArguments } from './values.ts';

/**
 * `Registry.SetValue("HKEY_LOCAL_MACHINE\...", name, value, kind)` and `key.SetValue(name, value, kind)`, where the key
 * is opened in the same file.
 */
export function readRegistryWrites(evaluator: Evaluator): RegistryWrite[] {
  const { code } = evaluator;
  const found: RegistryWrite[] = [];
  for (let i = 0; i < code.length; i++) {
    if (!code.isName(i) || !code.is(i + 1, '(')) {
      continue;
    }
    if (code.same(code.name(i), 'SetValue') || code.same(code.name(i), 'DeleteValue')) {
      const write = readWrite(evaluator, i);
      if (write) {
        found.push(write);
      }
    }
  }
  return found;
}

function readWrite(evaluator: Evaluator, i: number): RegistryWrite | undefined {
  const { code } = evaluator;
  const parameters = splitArguments(code, i + 1);
  const start = chainStart(code, i);
  const owner = (chainText(code, start) ?? '').split('.').slice(0, -1).join('.');
  const isDeletion = code.same(code.name(i), 'DeleteValue');
  const isStatic = evaluator.type(owner) === 'Registry' || /^My\.Computer\.Registry$/i.test(owner);
  const [path, ...rest] = isStatic ? parameters : [undefined, ...parameters];
  const [name, value, kind] = rest;
  if (!name || (!value && !isDeletion)) {
    return undefined;
  }
  const key = isStatic ? pathText(evaluator, path) : openedKey(evaluator, i, 0);
  const nameText = evaluator.text(name.first, name.last);
  return {
    kind: 'registry-write',
    key: key.path === undefined ? unknown('the key is not known') : known(key.path),
    name: nameText === undefined ? unknown('the name is not known') : known(nameText),
    data: isDeletion ? known({ type: 'deleted' }) : dataOf(evaluator, value as Argument, kind),
    view: key.view,
    keyRange: path ? innerRange(evaluator, path.first, path.last) : code.range(start, i),
    nameRange: innerRange(evaluator, name.first, name.last),
    dataRange: value ? code.range(value.first, value.last) : code.range(i, i),
    range: statementRange(evaluator, i),
    where: describePlace(evaluator, i),
  };
}

interface Key {
  readonly path: string | undefined;
  readonly view: RegistryWrite['view'];
}

const hives: Readonly<Record<string, string>> = {
  localmachine: 'HKEY_LOCAL_MACHINE',
  currentuser: 'HKEY_CURRENT_USER',
  classesroot: 'HKEY_CLASSES_ROOT',
  users: 'HKEY_USERS',
  currentconfig: 'HKEY_CURRENT_CONFIG',
};

const maximumDepth = 6;

/** The key that stands before the dot of a call, followed through variables and calls that open it. */
function openedKey(evaluator: Evaluator, call: number, depth: number): Key {
  const { code } = evaluator;
  const before = code.is(call - 2, '!') || code.is(call - 2, '?') ? call - 3 : call - 2;
  const isMember = code.is(call - 1, '.') || code.is(call - 1, '?.');
  if (!isMember || depth > maximumDepth) {
    return { path: undefined, view: undefined };
  }
  if (code.is(before, ')')) {
    return keyOfCall(evaluator, code.partner(before) - 1, depth);
  }
  const hive = hives[code.name(before).toLowerCase()];
  if (hive !== undefined) {
    return { path: hive, view: undefined };
  }
  const definition = code.isName(before) ? evaluator.definition(before) : undefined;
  return definition
    ? keyOfExpression(evaluator, definition.first, definition.last, depth + 1)
    : { path: undefined, view: undefined };
}

function keyOfExpression(evaluator: Evaluator, first: number, last: number, depth: number): Key {
  const { code } = evaluator;
  const end = code.is(last, '!') ? last - 1 : last;
  if (code.is(end, ')')) {
    return keyOfCall(evaluator, code.partner(end) - 1, depth);
  }
  const hive = hives[code.name(end).toLowerCase()];
  if (hive !== undefined) {
    return { path: hive, view: undefined };
  }
  const definition =
    first === end && code.isName(first) && depth < maximumDepth ? evaluator.definition(first) : undefined;
  return definition
    ? keyOfExpression(evaluator, definition.first, definition.last, depth + 1)
    : { path: undefined, view: undefined };
}

function keyOfCall(evaluator: Evaluator, call: number, depth: number): Key {
  const { code } = evaluator;
  const name = code.name(call).toLowerCase();
  const [first, second] = splitArguments(code, call + 1);
  if (name === 'openbasekey' && first) {
    const view = second ? code.name(second.last).toLowerCase() : '';
    return {
      path: hives[code.name(first.last).toLowerCase()],
      view: view === 'registry32' ? 'wow64' : view === 'registry64' ? 'native' : undefined,
    };
  }
  if ((name === 'opensubkey' || name === 'createsubkey') && first) {
    const parent = openedKey(evaluator, call, depth + 1);
    const path = evaluator.text(first.first, first.last);
    return {
      path: parent.path === undefined || path === undefined ? undefined : `${parent.path}\\${trimSlashes(path)}`,
      view: parent.view,
    };
  }
  return { path: undefined, view: undefined };
}

function pathText(evaluator: Evaluator, path: Argument | undefined): Key {
  const text = path && evaluator.text(path.first, path.last);
  return { path: text === undefined ? undefined : trimSlashes(text), view: undefined };
}

function trimSlashes(path: string): string {
  return path.replace(/^[\\/]+|[\\/]+$/g, '').replaceAll('/', '\\');
}

/** A whole number without a kind is a dword; everything else without one is a text. */
function dataOf(evaluator: Evaluator, value: Argument, kind: Argument | undefined): Known<RegistryWriteData> {
  const { code } = evaluator;
  const kindName = kind ? code.name(kind.last).toLowerCase() : '';
  if (kind && !/^(?:dword|string|expandstring|unknown|qword|binary|multistring|none)$/.test(kindName)) {
    return unknown('the kind is not known');
  }
  const number = numberOf(evaluator, value);
  const text = evaluator.text(value.first, value.last);
  if (kindName === 'dword' || (kindName === '' && number !== undefined)) {
    const parsed = number ?? (text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined);
    return parsed === undefined ? unknown('the value is not known') : known({ type: 'dword', value: parsed });
  }
  if (kindName === 'string' || kindName === 'expandstring' || (kindName === '' && text !== undefined)) {
    return text === undefined && number === undefined
      ? unknown('the value is not known')
      : known({ type: 'string', value: text ?? String(number) });
  }
  return kindName === '' ? unknown('the value is not known') : known({ type: 'other' });
}

function numberOf(evaluator: Evaluator, { first, last }: Argument): number | undefined {
  const literal = first === last ? numberValue(evaluator.code, first) : undefined;
  if (literal !== undefined) {
    return literal;
  }
  const [change, ...others] = evaluator.evaluate(first, last).changes;
  return change && others.length === 0 && isConstant(change) ? change.set : undefined;
}

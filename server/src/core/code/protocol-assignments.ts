import { acceptedBits, allProtocolBits, protocolsOf } from '../facts/protocol-numbers.ts';
import { type Known, known, unknown } from '../model/known.ts';
import { type ProtocolApi, type ProtocolName, type ProtocolUse, protocolNames } from '../model/protocol-use.ts';
import type { Code } from './code.ts';
import { lateness } from './late-uses.ts';
import { chainText } from './names.ts';
import { type Change, complement, isConstant, present } from './protocol-bits.ts';
import { describePlace, statementRange } from './use-places.ts';
import { type Evaluator, joinValues, knownValue, splitArguments, unknownValue, type Value } from './values.ts';
import { expressionEnd } from './variables.ts';

/** What {@link toUses} turns into uses. */
export interface FoundValue {
  readonly api: ProtocolApi;
  readonly form: ProtocolUse['form'];
  /** A token of the statement. */
  readonly at: number;
  /** The value's tokens, both included. */
  readonly first: number;
  readonly last: number;
  readonly value: Value;
}

/** Properties that hold SslProtocols: the client or server that has them takes exactly these. */
const sslProperties: ReadonlySet<string> = new Set([
  'SslProtocols',
  'EnabledSslProtocols',
  'SslProtocol',
  'DefaultSslProtocols',
  'SSLProtocols',
]);

const authentication = /^(?:Begin)?AuthenticateAs(?:Client|Server)(?:Async)?$/i;
const shortestAuthentication = 'AuthenticateAsClient'.length;

/** Places that tell a process, a client or a server which protocols to use. */
export function readAssignments(evaluator: Evaluator): FoundValue[] {
  const { code } = evaluator;
  const found: FoundValue[] = [];
  for (let i = 0; i < code.length; i++) {
    if (!code.isName(i)) {
      continue;
    }
    const name = code.name(i);
    if (code.same(name, 'SecurityProtocol')) {
      found.push(...readProcessWide(evaluator, i));
    } else if (isSslProperty(code, name)) {
      found.push(...readProperty(evaluator, i));
    } else if (name.length >= shortestAuthentication && code.is(i + 1, '(') && authentication.test(name)) {
      found.push(...readAuthentication(evaluator, i));
    }
  }
  return found;
}

function isSslProperty(code: Code, name: string): boolean {
  return (
    sslProperties.has(name) ||
    (code.language === 'visual-basic' && [...sslProperties].some((one) => code.same(one, name)))
  );
}

/** `ServicePointManager.SecurityProtocol = ...`, in every form of assignment. */
function readProcessWide(evaluator: Evaluator, i: number): FoundValue[] {
  const { code } = evaluator;
  const first = chainStart(code, i);
  if (!isProcessWide(evaluator, first, i)) {
    return [];
  }
  const operator = assignmentAt(code, first, i + 1);
  if (operator === undefined) {
    return [];
  }
  const from = i + 2;
  const last = expressionEnd(code, from);
  const right = evaluator.evaluate(from, last);
  return [
    {
      api: 'service-point-manager',
      form: 'assignment',
      at: i,
      first: from,
      last,
      value: applyOperator(operator, right),
    },
  ];
}

function isProcessWide(evaluator: Evaluator, first: number, i: number): boolean {
  const { code } = evaluator;
  if (first === i) {
    return evaluator.names.staticImports.some((name) => evaluator.type(name) === 'ServicePointManager');
  }
  const text = chainText(code, first);
  const owner = text?.slice(0, text.lastIndexOf('.'));
  return owner !== undefined && evaluator.type(owner) === 'ServicePointManager';
}

/** The first token of the dotted name that a token ends. */
export function chainStart(code: Code, i: number): number {
  let first = i;
  while ((code.is(first - 1, '.') || code.is(first - 1, '::')) && code.isName(first - 2)) {
    first -= 2;
  }
  return first;
}

/** The operator of an assignment; undefined for comparisons. */
function assignmentAt(code: Code, first: number, i: number): string | undefined {
  const word = code.word(i);
  switch (code.language) {
    case 'csharp':
      return /^(?:=|[|&^+-]=)$/.test(word) ? word : undefined;
    case 'visual-basic':
      return word === '=' && isStatementStart(code, first) ? '=' : undefined;
    default:
      return word === '<-' ? '=' : undefined;
  }
}

function isStatementStart(code: Code, first: number): boolean {
  return (
    code.isEnd(first - 1) ||
    code.is(first - 1, 'Then') ||
    code.is(first - 1, 'Else') ||
    (code.is(first - 1, ')') && code.is(code.partner(first - 1) - 1, 'Sub'))
  );
}

function applyOperator(operator: string, right: Value): Value {
  const before = knownValue(present);
  switch (operator) {
    case '=':
      return right;
    case '&=':
      return joinValues('and', before, right);
    case '^=':
      return joinValues('xor', before, right);
    case '-=': {
      const changes = right.changes.map(complement);
      return right.unknown === undefined && changes.every((change) => change !== undefined)
        ? joinValues('and', before, { ...right, changes: changes.flatMap((change) => change ?? []) })
        : unknownValue(right.unknown ?? 'the running program decides', right.places);
    }
    default:
      return joinValues('or', before, right);
  }
}

function readProperty(evaluator: Evaluator, i: number): FoundValue[] {
  const { code } = evaluator;
  const operator = propertyAssignment(code, i);
  if (operator === undefined) {
    return [];
  }
  const from = i + 2;
  const last = expressionEnd(code, from);
  const value = evaluator.evaluate(from, last);
  const isAbout = value.places.length > 0 || (value.unknown === undefined && mentions(evaluator, from, last));
  const compound = operator === '=' ? value : joinValues('or', knownValue({ keep: -1, set: 0, toggle: 0 }), value);
  const joined = operator === '&=' ? joinValues('and', knownValue(present), value) : compound;
  return isAbout ? [{ api: apiOf(code, i), form: 'assignment', at: i, first: from, last, value: joined }] : [];
}

/** True for an expression that names the enumeration itself. */
function mentions(evaluator: Evaluator, first: number, last: number): boolean {
  for (let i = first; i <= last; i++) {
    if (evaluator.code.isName(i) && evaluator.protocolType(evaluator.code.name(i)) !== undefined) {
      return true;
    }
  }
  return false;
}

function propertyAssignment(code: Code, i: number): string | undefined {
  const word = code.word(i + 1);
  const isMember = code.is(i - 1, '.');
  const isEntry = code.is(i - 1, '{') || code.is(i - 1, ',') || code.is(i - 1, '(');
  switch (code.language) {
    case 'csharp':
      return /^(?:=|[|&]=)$/.test(word) && (isMember || (isEntry && code.is(code.around(i), '{')) || code.isEnd(i - 1))
        ? word
        : undefined;
    case 'visual-basic': {
      const isInitializer = isMember && (code.is(i - 2, '{') || code.is(i - 2, ','));
      return word === '=' &&
        isMember &&
        (isInitializer || code.isEnd(i - 2) || isStatementStart(code, chainStart(code, i)))
        ? '='
        : undefined;
    }
    default:
      return (word === '<-' && isMember) || (word === '=' && isEntry && code.is(code.around(i), '(')) ? '=' : undefined;
  }
}

/** Who has the property, by what stands around it. */
function apiOf(code: Code, i: number): ProtocolApi {
  if (code.name(i).startsWith('Enabled')) {
    return 'ssl-stream';
  }
  const owner = code.is(code.around(i), '{') || code.is(code.around(i), '(') ? ownerOfBraces(code, code.around(i)) : '';
  const chain = code.text.slice(code.start(Math.max(0, chainStart(code, i) - 12)), code.start(i));
  if (
    /TcpTransport|SslStreamSecurity|Security\.Transport/.test(owner + chain) ||
    /NetTcpBinding|SslStreamSecurityBindingElement|TcpTransportSecurity/.test(code.text)
  ) {
    return 'wcf';
  }
  const isServer = /UseHttps|ConfigureHttpsDefaults|HttpsConnectionAdapterOptions|ListenOptions/.test(code.text);
  return isServer && !/Handler/.test(owner + chain) ? 'kestrel' : 'handler';
}

function ownerOfBraces(code: Code, open: number): string {
  const before = code.is(open - 1, ')') ? code.partner(open - 1) - 1 : open - 1;
  return code.name(before);
}

/** `AuthenticateAsClient(host, certificates, protocols, checkRevocation)`. */
function readAuthentication(evaluator: Evaluator, i: number): FoundValue[] {
  const { code } = evaluator;
  const parameters = splitArguments(code, i + 1);
  const named = parameters.find(({ name }) => name !== undefined && /SslProtocols$/i.test(name));
  const positional = parameters.length >= 3 && parameters[2]?.name === undefined ? parameters[2] : undefined;
  const argument = named ?? positional;
  if (!argument) {
    return [];
  }
  const value = evaluator.evaluate(argument.first, argument.last);
  return value.unknown === undefined || value.places.length > 0
    ? [{ api: 'ssl-stream', form: 'argument', at: i, first: argument.first, last: argument.last, value }]
    : [];
}

/** The uses that a value makes: one for each effect. */
export function toUses(evaluator: Evaluator, found: FoundValue): ProtocolUse[] {
  const { code } = evaluator;
  const { api, form, value } = found;
  const base = {
    kind: 'protocol' as const,
    api,
    form,
    range:
      form === 'argument' ? code.range(found.at, code.after(found.at + 1) - 1) : statementRange(evaluator, found.at),
    valueRange: code.range(found.first, found.last),
    places: distinctPlaces(value.places),
    timing: api === 'service-point-manager' ? lateness(evaluator, found.at) : ({ kind: 'unremarkable' } as const),
    where: describePlace(evaluator, found.at),
  };
  const use = (
    effect: ProtocolUse['effect'],
    protocols: Known<readonly ProtocolName[]>,
    isSystemDefault = false,
  ): ProtocolUse => ({
    ...base,
    effect,
    protocols,
    isSystemDefault,
  });
  if (value.unknown !== undefined) {
    return [use('replaces', unknown(value.unknown))];
  }
  const constants = value.changes.filter(isConstant);
  if (constants.length === value.changes.length) {
    return [constantUse(constants, use)];
  }
  if (value.changes.length > 1) {
    return [use('adds', unknown('the running program chooses'))];
  }
  return changeUses(value.changes[0] as Change, use);
}

type MakeUse = (
  effect: ProtocolUse['effect'],
  protocols: Known<readonly ProtocolName[]>,
  isSystemDefault?: boolean,
) => ProtocolUse;

/** Several values of which all are obsolete are as bad as one. */
function constantUse(constants: readonly Change[], use: MakeUse): ProtocolUse {
  const values = constants.map(({ set }) => set);
  if (values.some((value) => (value & ~allProtocolBits) !== 0)) {
    return use('replaces', unknown('the value has bits that are no protocol, which the runtime refuses'));
  }
  const [only = 0] = values;
  if (values.length === 1) {
    return use('replaces', known(protocolsOf(only)), only === 0);
  }
  const areObsolete = values.every((value) => value !== 0 && (value & acceptedBits) === 0);
  const union = protocolsOf(values.reduce((joined, value) => joined | value, 0));
  return use('replaces', areObsolete ? known(union) : unknown('the running program chooses'));
}

function changeUses({ keep, set, toggle }: Change, use: MakeUse): ProtocolUse[] {
  const kept = new Set(protocolsOf(keep | set | toggle));
  const removed = protocolNames.filter((name) => name !== 'SSL 2.0' && !kept.has(name));
  const found: ProtocolUse[] = [];
  if ((set & allProtocolBits) !== 0) {
    found.push(use('adds', known(protocolsOf(set & ~toggle))));
  }
  if (removed.length > 0) {
    found.push(use('removes', known(removed)));
  }
  if ((toggle & allProtocolBits) !== 0) {
    found.push(use('toggles', known(protocolsOf(toggle))));
  }
  return found;
}

function distinctPlaces(places: ProtocolUse['places']): ProtocolUse['places'] {
  const seen = new Map(places.map((place) => [`${place.protocol} ${place.range.start}`, place]));
  return [...seen.values()].sort((a, b) => a.range.start - b.range.start);
}

import { crmServiceClient, webConnections } from '../../facts/powershell-commands.ts';
import { acceptedBits } from '../../facts/protocol-numbers.ts';
import type { TextRange } from '../../model/finding.ts';
import { type Known, known, unknown } from '../../model/known.ts';
import type { ProtocolApi, ProtocolUse, RegistryWriteData } from '../../model/protocol-use.ts';
import { acceptsEverything } from './certificates.ts';
import { hostOf, isDynamicsHost } from './hosts.ts';
import type { AssignmentStatement, CallExpression, Expression, MemberExpression } from './nodes.ts';
import { currentProtocols, minus, or, protocolsOf, toProtocols, unknownProtocols } from './protocol-value.ts';
import type { Run, Scope } from './run.ts';
import { servicePointManager } from './type-names.ts';
import type { ProtocolValue, Value } from './value.ts';

/** What an assignment to a member does about TLS. */
export function noteAssignment(
  run: Run,
  statement: AssignmentStatement,
  member: MemberExpression,
  value: Value,
  scope: Scope,
): void {
  const owner = run.evaluate(member.target, scope);
  const name = member.name.toLowerCase();
  const { range } = statement;
  const valueRange = statement.value.range;
  if (owner.kind === 'type' && scope.types.is(owner.name, servicePointManager)) {
    noteServicePointManager(run, name, statement.operator, value, { range, valueRange }, scope);
  } else if (name === 'sslprotocols' && !member.isStatic) {
    noteProtocols(run, toProtocols(value, scope.file.text), 'handler', 'assignment', { range, valueRange }, scope);
  } else if (name === 'servercertificatecustomvalidationcallback' && acceptsEverything(value, scope)) {
    noteCertificate(run, value, 'client', { range, valueRange }, scope);
  }
}

interface Ranges {
  readonly range: TextRange;
  readonly valueRange: TextRange;
}

function noteServicePointManager(
  run: Run,
  member: string,
  operator: string,
  value: Value,
  ranges: Ranges,
  scope: Scope,
): void {
  switch (member) {
    case 'securityprotocol':
      noteProtocols(
        run,
        byOperator(operator, toProtocols(value, scope.file.text)),
        'service-point-manager',
        'assignment',
        ranges,
        scope,
      );
      break;
    case 'servercertificatevalidationcallback':
      if (acceptsEverything(value, scope)) {
        noteCertificate(run, value, 'process', ranges, scope);
      }
      break;
    case 'certificatepolicy':
      if (acceptsEverything(value, scope)) {
        run.use({ kind: 'certificate-check', form: 'policy', scope: 'process', ...ranges, where: scope.where }, scope);
      }
      break;
  }
}

function noteCertificate(run: Run, value: Value, reach: 'process' | 'client', ranges: Ranges, scope: Scope): void {
  const form = value.kind === 'object' && value.type.startsWith('dangerous') ? 'accept-any' : 'callback';
  run.use({ kind: 'certificate-check', form, scope: reach, ...ranges, where: scope.where }, scope);
}

/** `+=` and `-=` change the present value. */
function byOperator(operator: string, value: ProtocolValue | undefined): ProtocolValue | undefined {
  if (operator === '=' || !value) {
    return value;
  }
  return operator === '+='
    ? or(currentProtocols, value)
    : operator === '-='
      ? minus(currentProtocols, value)
      : undefined;
}

/** Notes one use for each effect that a formula has. */
export function noteProtocols(
  run: Run,
  value: ProtocolValue | undefined,
  api: ProtocolApi,
  form: ProtocolUse['form'],
  ranges: Ranges,
  scope: Scope,
): void {
  for (const effect of effectsOf(scope.isRepeated ? undefined : value)) {
    const names = new Set(effect.protocols.known ? effect.protocols.value : []);
    run.use(
      {
        kind: 'protocol',
        api,
        form,
        ...ranges,
        ...effect,
        places: (value?.places ?? []).filter(({ protocol }) => names.has(protocol)),
        timing: { kind: 'unremarkable' },
        where: scope.where,
      },
      scope,
    );
  }
  if (api === 'service-point-manager') {
    noteState(run, value, ranges.range, scope);
  }
}

type Effect = Pick<ProtocolUse, 'effect' | 'protocols' | 'isSystemDefault'>;

function effectsOf(value: ProtocolValue | undefined): Effect[] {
  if (!value || value.base === 'all' || value.base === 'unknown') {
    return [{ effect: 'replaces', protocols: unknownProtocols, isSystemDefault: false }];
  }
  if (value.base === 'none') {
    return [{ effect: 'replaces', protocols: protocolsOf(value.added), isSystemDefault: value.added === 0 }];
  }
  const parts: readonly (readonly [effect: Effect['effect'], mask: number])[] = [
    ['adds', value.added],
    ['removes', value.removed],
    ['toggles', value.toggled],
  ];
  return parts.flatMap(([effect, mask]) =>
    mask === 0 ? [] : [{ effect, protocols: protocolsOf(mask), isSystemDefault: false }],
  );
}

/** What is allowed behind the line. */
function noteState(run: Run, value: ProtocolValue | undefined, range: TextRange, scope: Scope): void {
  if (!value || value.base === 'all' || value.base === 'unknown') {
    run.allow('modern', range, scope);
  } else if (value.base === 'none') {
    run.allow(value.added === 0 || (value.added & acceptedBits) !== 0 ? 'modern' : 'obsolete', range, scope);
  } else if ((value.added & acceptedBits) !== 0 || (value.toggled & acceptedBits) !== 0) {
    run.allow('modern', range, scope);
  }
}

/** What the call of a method does about TLS. */
export function noteCall(run: Run, call: CallExpression, owner: Value, values: readonly Value[], scope: Scope): void {
  const name = call.name.toLowerCase();
  const type = owner.kind === 'type' ? owner.name.toLowerCase().replace(/^system\./, '') : '';
  const { range } = call;
  if (type === 'appcontext' && name === 'setswitch') {
    noteSwitch(run, call, values, scope);
  } else if (type === 'microsoft.win32.registry' && name === 'setvalue') {
    noteRegistryCall(run, call, values, scope);
  } else if (owner.kind === 'type' && name === 'new' && /(?:^|\.)crmserviceclient$/.test(type)) {
    run.connect({ range, command: crmServiceClient, host: hostOf(values) }, scope);
  } else if (isWebCall(owner, name) && isDynamicsHost(values)) {
    const command = webConnections[typeOf(owner)];
    if (command) {
      run.connect({ range, command, host: 'online' }, scope);
    }
  } else if (/^authenticateasclient(?:async)?$/.test(name)) {
    noteHandshake(run, call, values, scope);
  } else if (owner.kind === 'type' && scope.types.is(owner.name, servicePointManager)) {
    const setter = /^set_(\w+)$/.exec(name)?.[1];
    const argument = call.arguments[0];
    if (setter && argument && values[0]) {
      noteServicePointManager(run, setter, '=', values[0], { range, valueRange: argument.range }, scope);
    }
  }
}

/** A call of a WebClient, or the making of a request, which keeps the protocols of that moment. */
function isWebCall(owner: Value, name: string): boolean {
  const type = typeOf(owner);
  return owner.kind === 'object'
    ? type === 'net.webclient' && /^(?:download|upload|openread|openwrite)/.test(name)
    : (type === 'net.webrequest' || type === 'net.httpwebrequest') && /^create(?:http|default)?$/.test(name);
}

/** The name of a type, or of an object's type, in lower case and without the first namespace. */
function typeOf(owner: Value): string {
  const name = owner.kind === 'type' ? owner.name : owner.kind === 'object' ? owner.type : '';
  return name.toLowerCase().replace(/^system\./, '');
}

function noteSwitch(run: Run, call: CallExpression, values: readonly Value[], scope: Scope): void {
  const [name, value] = values;
  const [nameArgument, valueArgument] = call.arguments;
  if (nameArgument && valueArgument) {
    run.use(
      {
        kind: 'switch',
        name: name?.kind === 'text' ? known(name.value) : unknown('the name is known at run time only'),
        value: value?.kind === 'boolean' ? known(value.value) : unknown('the value is known at run time only'),
        nameRange: insideQuotes(nameArgument),
        valueRange: valueArgument.range,
        range: call.range,
        where: scope.where,
      },
      scope,
    );
  }
}

/** A text without its quotes. */
function insideQuotes({ kind, range, ...rest }: Expression): TextRange {
  const isQuoted = kind === 'string' && 'form' in rest && (rest.form === 'single' || rest.form === 'double');
  return isQuoted ? { start: range.start + 1, end: range.end - 1 } : range;
}

/** `AuthenticateAsClient(host, certificates, protocols, check)`. */
function noteHandshake(run: Run, call: CallExpression, values: readonly Value[], scope: Scope): void {
  const index = values.length >= 4 ? 2 : -1;
  const argument = call.arguments[index];
  const protocols = values[index] && toProtocols(values[index], scope.file.text);
  if (argument && protocols) {
    const ranges = { range: call.range, valueRange: argument.range };
    noteProtocols(run, protocols, 'ssl-stream', 'argument', ranges, scope);
  }
}

/** `[Microsoft.Win32.Registry]::SetValue(key, name, value, kind)`. */
function noteRegistryCall(run: Run, call: CallExpression, values: readonly Value[], scope: Scope): void {
  const [key, name, data, kind] = values;
  const [keyArgument, nameArgument, dataArgument] = call.arguments;
  if (!keyArgument || !nameArgument || !dataArgument) {
    return;
  }
  const type = kind?.kind === 'text' ? kind.value : undefined;
  run.use(
    {
      kind: 'registry-write',
      key: key?.kind === 'text' ? known(key.value) : unknown('the key is known at run time only'),
      name: name?.kind === 'text' ? known(name.value) : unknown('the name is known at run time only'),
      data: registryData(data, kind === undefined || type !== undefined ? type : 'unknown'),
      view: undefined,
      keyRange: keyArgument.range,
      nameRange: nameArgument.range,
      dataRange: dataArgument.range,
      range: call.range,
      where: scope.where,
    },
    scope,
  );
}

/**
 * What is written for a value and the name of a type. Without a type, numbers are written as numbers and texts as
 * texts.
 */
export function registryData(value: Value | undefined, type: string | undefined): Known<RegistryWriteData> {
  const kind = type?.toLowerCase().replace(/^.*\.|^.*::/, '');
  const isNumber = kind === 'dword' || kind === '4' || (kind === undefined && value?.kind === 'number');
  if (isNumber) {
    const number = value?.kind === 'number' ? value.value : value?.kind === 'text' ? Number(value.value) : Number.NaN;
    const isTrue = value?.kind === 'boolean' ? Number(value.value) : number;
    // Numbers are kept without their sign: -1 and 4294967295 are the same bits.
    return Number.isInteger(isTrue)
      ? known({ type: 'dword', value: isTrue >>> 0 })
      : unknown('the number is known at run time only');
  }
  if (kind === undefined || kind === 'string' || kind === 'expandstring' || kind === '1' || kind === '2') {
    const text = value?.kind === 'text' || value?.kind === 'number' ? String(value.value) : undefined;
    return text === undefined ? unknown('the value is known at run time only') : known({ type: 'string', value: text });
  }
  return /^(?:qword|binary|multistring|none|\d+)$/.test(kind)
    ? known({ type: 'other' })
    : unknown('the type is known at run time only');
}

/** `$x.Protocols = ...`: what is behind brackets, casts and the like counts. */
export function memberOf(target: Expression): MemberExpression | undefined {
  if (target.kind === 'member') {
    return target;
  }
  return target.kind === 'cast' ? memberOf(target.operand) : undefined;
}

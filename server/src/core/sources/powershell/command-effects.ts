import {
  commandAliases,
  connectingCommand,
  crmServiceClient,
  webConnections,
  webSwitches,
} from '../../facts/powershell-commands.ts';
import type { TextRange } from '../../model/finding.ts';
import { known, unknown } from '../../model/known.ts';
import { type BoundArgument, bindArguments, type Signature, textOf } from './arguments.ts';
import { acceptsInCode } from './certificates.ts';
import { noteProtocols, registryData } from './effects.ts';
import { hostOf, isDynamicsHost } from './hosts.ts';
import type { Command } from './nodes.ts';
import { isOptionOfProgram, runProgram, runStarted } from './programs.ts';
import { toProtocols } from './protocol-value.ts';
import { innerMachine, type KnownFunction, type Run, type Scope } from './run.ts';
import { joinPath } from './script-paths.ts';
import { unknownValue, type Value } from './value.ts';

/** Runs a command: what it does about TLS, and the blocks that it is given. `input` comes through the pipe. */
export function runCommand(run: Run, command: Command, input: Value | undefined, scope: Scope): Value {
  const name = run.evaluate(command.name, scope);
  if (name.kind === 'block') {
    return run.callBlock(name.body, scope, new Map());
  }
  const written = textOf(name);
  if (command.invocation === '.' || isScriptName(written) || (command.invocation === '&' && written === undefined)) {
    const values = evaluateAll(run, command, scope);
    runBlocks(run, values, scope);
    run.load(written, scope);
    return unknownValue;
  }
  if (written === undefined) {
    runBlocks(run, evaluateAll(run, command, scope), scope);
    return unknownValue;
  }
  const plain = written.replace(/^.*[\\/]/, '').toLowerCase();
  const known = run.callFunction(plain, scope, (target) => bindParameters(run, command, target, scope));
  return known ?? runKnownCommand(run, plain, command, input, scope);
}

function isScriptName(name: string | undefined): boolean {
  return name !== undefined && /\.psm?1$/i.test(name);
}

function runKnownCommand(run: Run, plain: string, command: Command, input: Value | undefined, scope: Scope): Value {
  const name = commandAliases[plain] ?? plain;
  const runIt = commands.get(name);
  if (runIt) {
    return runIt({ run, command, name, input, scope }) ?? unknownValue;
  }
  const values = evaluateAll(run, command, scope);
  const connecting = connectingCommand(name);
  if (connecting) {
    run.connect(
      {
        range: command.name.range,
        command: connecting,
        host: connecting.isOnPremises ? 'on-premises' : hostOf(values),
      },
      scope,
    );
    return unknownValue;
  }
  runBlocks(run, values, scope);
  if (/tls|ssl|securityprotocol/.test(name)) {
    // By its name it does what cannot be seen here.
    run.allow('maybe', command.range, scope);
  }
  return unknownValue;
}

interface Call {
  readonly run: Run;
  readonly command: Command;
  readonly name: string;
  readonly input: Value | undefined;
  readonly scope: Scope;
}

type RunCommand = (call: Call) => Value | undefined;

const commands: ReadonlyMap<string, RunCommand> = new Map<string, RunCommand>([
  ['set-itemproperty', writeRegistry],
  ['new-itemproperty', writeRegistry],
  ['remove-itemproperty', writeRegistry],
  ['invoke-webrequest', callWeb],
  ['invoke-restmethod', callWeb],
  ['add-type', addType],
  ['import-module', importModule],
  ['new-object', newObject],
  ['set-variable', setVariable],
  ['new-variable', setVariable],
  ['foreach-object', forEachObject],
  ['join-path', joinPaths],
  ['split-path', ({ run, command, scope }) => splitPath(run, command, scope)],
  ['resolve-path', passText],
  ['convert-path', passText],
  ['write-output', passText],
  ['start-job', runElsewhere],
  ['invoke-command', runElsewhere],
  ['start-threadjob', ({ run, command, scope }) => runBlocks(run, evaluateAll(run, command, scope), scope)],
  ['powershell', runElsewhere],
  ['powershell.exe', runElsewhere],
  ['pwsh', runElsewhere],
  ['pwsh.exe', runElsewhere],
  ['invoke-expression', invokeExpression],
  ...['reg', 'reg.exe', 'curl.exe', 'wget.exe'].map((name): [string, RunCommand] => [name, runProgram]),
  ['start-process', startProcess],
  // What a test replaces does not run.
  ['mock', () => undefined],
]);

function bind({ run, command, scope }: Call, signature: Signature): ReadonlyMap<string, BoundArgument> {
  return bindArguments(command, signature, (expression) => run.evaluate(expression, scope));
}

function evaluateAll(run: Run, { elements }: Command, scope: Scope): Value[] {
  return elements.flatMap((element) => {
    const value = element.value;
    return value ? [run.evaluate(value, scope)] : [];
  });
}

function runBlocks(run: Run, values: readonly Value[], scope: Scope): undefined {
  for (const value of values) {
    if (value.kind === 'block') {
      run.callBlock(value.body, scope, new Map());
    } else if (value.kind === 'list') {
      runBlocks(run, value.items, scope);
    }
  }
}

/** What a function of the script gets, by the names of its parameters. */
function bindParameters(run: Run, command: Command, target: KnownFunction, scope: Scope): ReadonlyMap<string, Value> {
  const parameters = (target.statement.body.parameters?.parameters ?? []).map(({ name }) => name);
  const signature: Signature = { parameters, positional: parameters, switches: [] };
  const bound = bindArguments(command, signature, (expression) => run.evaluate(expression, scope));
  return new Map([...bound].map(([name, { value }]) => [name, value]));
}

const itemProperty: Signature = {
  parameters: ['path', 'literalpath', 'name', 'value', 'type', 'propertytype', 'credential', 'erroraction', 'filter'],
  positional: ['path', 'name', 'value'],
  switches: ['force', 'passthru', 'whatif', 'confirm', 'verbose'],
};

function writeRegistry(call: Call): undefined {
  const { run, command, name, scope } = call;
  const bound = bind(call, itemProperty);
  const path = bound.get('path') ?? bound.get('literalpath');
  const item = bound.get('name');
  const value = bound.get('value');
  const isDeletion = name.startsWith('remove');
  if (!path || !item || (!value && !isDeletion)) {
    return;
  }
  const type = bound.get('type') ?? bound.get('propertytype');
  const typeName = type ? (textOf(type.value) ?? 'unknown') : undefined;
  // Without a type, an existing value keeps its own: what a text becomes then is not known.
  const isTypeOpen = type === undefined && name === 'set-itemproperty' && value?.value.kind === 'text';
  const keys = path.value.kind === 'list' ? path.value.items : [path.value];
  for (const key of keys) {
    const text = textOf(key);
    const itemName = textOf(item.value);
    run.use(
      {
        kind: 'registry-write',
        key: text === undefined ? unknown('the key is known at run time only') : known(text),
        name: itemName === undefined ? unknown('the name is known at run time only') : known(itemName),
        data: isDeletion
          ? known({ type: 'deleted' })
          : isTypeOpen
            ? unknown('the type of the present value counts')
            : registryData(value?.value, typeName),
        view: undefined,
        keyRange: key.kind === 'text' && key.range.end > key.range.start ? key.range : path.valueRange,
        nameRange: item.valueRange,
        dataRange: value?.valueRange ?? item.valueRange,
        range: command.range,
        where: scope.where,
      },
      scope,
    );
  }
}

const web: Signature = {
  parameters: [
    'authentication',
    'body',
    'certificate',
    'certificatethumbprint',
    'contenttype',
    'credential',
    'custommethod',
    'erroraction',
    'form',
    'headers',
    'httpversion',
    'infile',
    'maximumredirection',
    'maximumretrycount',
    'method',
    'outfile',
    'outvariable',
    'proxy',
    'proxycredential',
    'responseheadersvariable',
    'retryintervalsec',
    'sessionvariable',
    'sslprotocol',
    'statuscodevariable',
    'timeoutsec',
    'token',
    'transferencoding',
    'uri',
    'useragent',
    'websession',
  ],
  positional: ['uri'],
  switches: webSwitches,
};

function callWeb(call: Call): undefined {
  if (call.command.elements.some(isOptionOfProgram)) {
    return runProgram(call);
  }
  const { run, command, scope } = call;
  const bound = bind(call, web);
  const skip = bound.get('skipcertificatecheck');
  if (skip?.value.kind === 'boolean' && skip.value.value && !isOwnMachine(bound.get('uri'))) {
    run.use(
      {
        kind: 'certificate-check',
        form: 'option',
        scope: 'client',
        range: command.range,
        valueRange: optionRange(skip),
        where: scope.where,
      },
      scope,
    );
  }
  const protocol = bound.get('sslprotocol');
  const value = protocol && toProtocols(protocol.value, scope.file.text);
  if (protocol && value) {
    const ranges = { range: command.range, valueRange: protocol.valueRange };
    noteProtocols(run, value, 'call', 'argument', ranges, scope);
  }
  const uri = bound.get('uri')?.value;
  const connecting = webConnections[call.name];
  if (connecting && uri && !protocol && isDynamicsHost([uri])) {
    run.connect({ range: command.name.range, command: connecting, host: 'online' }, scope);
  }
  runBlocks(
    run,
    [...bound.values()].map((argument) => argument.value),
    scope,
  );
  return undefined;
}

/** The option with its dash. */
function optionRange({ nameRange }: BoundArgument): TextRange {
  return nameRange;
}

/** A test server on this machine has no certificate that anybody could check. */
function isOwnMachine(uri: BoundArgument | undefined): boolean {
  const text = uri && textOf(uri.value);
  return text !== undefined && /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:/]|$)/i.test(text);
}

const addTypeSignature: Signature = {
  parameters: [
    'typedefinition',
    'memberdefinition',
    'name',
    'namespace',
    'language',
    'referencedassemblies',
    'path',
    'literalpath',
    'assemblyname',
    'erroraction',
    'usingnamespace',
  ],
  positional: ['typedefinition'],
  switches: ['passthru', 'ignorewarnings'],
};

/** C# in a script that switches the check off by itself, when one of its methods is called. */
function addType(call: Call): undefined {
  const bound = bind(call, addTypeSignature);
  const code = bound.get('typedefinition') ?? bound.get('memberdefinition');
  const value = code?.value;
  if (!code || value?.kind !== 'text' || !acceptsInCode(value.value)) {
    return;
  }
  const { start, end } = value.range;
  const source = call.scope.file.text.slice(start, end);
  const found = /ServicePointManager\s*\.\s*ServerCertificateValidationCallback\s*\+?=[^;]*/.exec(source);
  if (found) {
    const range = { start: start + found.index, end: start + found.index + found[0].length };
    const { run, scope } = call;
    run.use(
      { kind: 'certificate-check', form: 'callback', scope: 'process', range, valueRange: range, where: scope.where },
      scope,
    );
  }
}

function importModule(call: Call): undefined {
  const bound = bind(call, {
    parameters: [
      'name',
      'assembly',
      'prefix',
      'function',
      'cmdlet',
      'requiredversion',
      'minimumversion',
      'scope',
      'erroraction',
      'warningaction',
      'argumentlist',
    ],
    positional: ['name'],
    switches: ['force', 'global', 'passthru', 'disablenamechecking', 'noclobber', 'verbose', 'ascustomobject'],
  });
  const name = bound.get('name');
  const text = name && textOf(name.value);
  // Modules without a path are those that are installed: what they do to the process is not seen, and seldom anything.
  if (name && (text === undefined || /[\\/]|\.ps[dm]?1$/i.test(text))) {
    call.run.load(text, call.scope);
  }
}

function newObject(call: Call): Value {
  const bound = bind(call, {
    parameters: ['typename', 'argumentlist', 'property', 'comobject'],
    positional: ['typename', 'argumentlist'],
    switches: ['strict'],
  });
  const type = bound.get('typename')?.value;
  const name = type?.kind === 'type' ? type.name : textOf(type ?? unknownValue);
  if (name !== undefined && /(?:^|\.)crmserviceclient$/i.test(name)) {
    const host = hostOf([...bound.values()].map(({ value }) => value));
    call.run.connect({ range: call.command.range, command: crmServiceClient, host }, call.scope);
  }
  return name === undefined ? unknownValue : { kind: 'object', type: name.toLowerCase() };
}

function setVariable(call: Call): undefined {
  const bound = bind(call, {
    parameters: ['name', 'value', 'option', 'scope', 'description', 'visibility'],
    positional: ['name', 'value'],
    switches: ['force', 'passthru'],
  });
  const name = bound.get('name') && textOf(bound.get('name')?.value);
  if (name !== undefined) {
    call.scope.machine.variables.set(name.toLowerCase(), bound.get('value')?.value ?? unknownValue);
  }
}

/** So many values are gone through one by one. */
export const maximumRepetitions = 32;

function forEachObject({ run, command, input, scope }: Call): undefined {
  const values = evaluateAll(run, command, scope);
  const items = input?.kind === 'list' && input.items.length <= maximumRepetitions ? input.items : [unknownValue];
  const isRepeated = items.length > 1 || input?.kind !== 'text';
  for (const item of items) {
    for (const value of values) {
      if (value.kind === 'block') {
        const inner = { ...scope, isRepeated: scope.isRepeated || isRepeated };
        run.callBlock(
          value.body,
          inner,
          new Map([
            ['_', item],
            ['psitem', item],
          ]),
        );
      }
    }
  }
}

function joinPaths(call: Call): Value {
  const bound = bind(call, {
    parameters: ['path', 'childpath', 'additionalchildpath'],
    positional: ['path', 'childpath', 'additionalchildpath'],
    switches: ['resolve'],
  });
  const parts = ['path', 'childpath', 'additionalchildpath'].flatMap((name) => bound.get(name)?.value ?? []);
  return joinPath(parts);
}

function splitPath(run: Run, command: Command, scope: Scope): Value {
  const isLeaf = command.elements.some((element) => element.kind === 'parameter' && /^-?le/i.test(element.name));
  const path = evaluateAll(run, command, scope).find(
    ({ kind }) => kind === 'text' || kind === 'object' || kind === 'unknown',
  );
  const isOwnPath = command.elements.some(
    (element) =>
      element.value &&
      /^\$(?:script:)?(?:myinvocation|pscommandpath|psscriptroot)\b/i.test(
        scope.file.text.slice(element.value.range.start, element.value.range.end),
      ),
  );
  const text = path?.kind === 'text' ? path.value : isOwnPath ? scope.file.path : undefined;
  if (text === undefined || isLeaf) {
    return unknownValue;
  }
  return { kind: 'text', value: text.replace(/[\\/][^\\/]*$/, ''), range: command.range };
}

function passText({ run, command, scope }: Call): Value | undefined {
  return evaluateAll(run, command, scope)[0];
}

/** Another process or machine: what it sets does not come back. */
function runElsewhere({ run, command, scope }: Call): undefined {
  const machine = innerMachine(scope.machine);
  runBlocks(run, evaluateAll(run, command, scope), { ...scope, machine });
}

/** Code in a text is not read; what it speaks of, it may do. */
function invokeExpression({ run, command, scope }: Call): undefined {
  const values = evaluateAll(run, command, scope);
  const text = scope.file.text.slice(command.range.start, command.range.end);
  if (values.some(({ kind }) => kind !== 'text') || /SecurityProtocol/i.test(text)) {
    run.allow('maybe', command.range, scope);
  }
}

function startProcess(call: Call): undefined {
  const bound = bind(call, {
    parameters: ['filepath', 'argumentlist', 'verb', 'windowstyle', 'workingdirectory', 'credential'],
    positional: ['filepath', 'argumentlist'],
    switches: ['wait', 'passthru', 'nonewwindow', 'loaduserprofile'],
  });
  const program = bound.get('filepath')?.value;
  return program && runStarted(call, program, bound.get('argumentlist')?.value);
}

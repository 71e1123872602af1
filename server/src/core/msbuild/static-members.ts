/**
 * Static functions of .NET types that MSBuild lets projects call. What is known about the machine comes in through
 * {@link FunctionContext}; what is not known throws {@link FunctionUnknown}.
 * Source of the list: https://github.com/dotnet/msbuild/blob/main/src/Build/Resources/Constants.cs
 */
import { callIntrinsic } from './intrinsics.ts';
import { callPathFunction } from './path-functions.ts';
import { callRegex } from './regex-functions.ts';
import { FunctionRefused, FunctionUnknown, type TypedValue, toInteger, toNumber, toText } from './typed-value.ts';
import type { Value } from './value.ts';
import { parseVersion } from './versions.ts';

/** What functions may ask of the evaluation around them. Paths are texts as MSBuild has them. */
export interface FunctionContext {
  readonly system: 'windows' | 'unix';
  /** The folder of the project. */
  readonly projectFolder: string;
  /** The folder of the file that contains the call. */
  readonly fileFolder: string;
  /** `file`, `folder`, `none`, or undefined when that is not known. */
  look(path: string): 'file' | 'folder' | 'none' | undefined;
  readFile(path: string): string | undefined;
  /** Names of the files directly in a folder; undefined when it cannot be read. */
  fileNames(path: string): readonly string[] | undefined;
  environmentVariable(name: string): Value;
}

type StaticFunction = (args: readonly TypedValue[], context: FunctionContext) => TypedValue;

/** Calls a static function or reads a static property. `args` is undefined for a property. */
export function callStatic(
  type: string,
  name: string,
  args: readonly TypedValue[] | undefined,
  context: FunctionContext,
): TypedValue {
  const typeKey = type.toLowerCase();
  const member = name.toLowerCase();
  if (typeKey === 'msbuild') {
    return callIntrinsic(name, args ?? [], context);
  }
  if (typeKey === 'system.io.path') {
    return callPathFunction(member, args ?? [], context);
  }
  if (typeKey === 'system.text.regularexpressions.regex') {
    return callRegex(member, args ?? []);
  }
  const members = Object.hasOwn(types, typeKey) ? types[typeKey] : undefined;
  const call = members && Object.hasOwn(members, member) ? members[member] : undefined;
  if (!call) {
    throw new FunctionUnknown(`the function "[${type}]::${name}" is not supported`);
  }
  return call(args ?? [], context);
}

const integers = {
  parse: (args: readonly TypedValue[]) => toInteger(args[0]),
  maxvalue: () => 0x7fffffff,
};

const types: Readonly<Record<string, Readonly<Record<string, StaticFunction>>>> = {
  'system.string': {
    isnullorempty: (args) => toText(args[0] ?? '') === '',
    isnullorwhitespace: (args) => toText(args[0] ?? '').trim() === '',
    concat: (args) => args.map(toText).join(''),
    join: (args) =>
      args
        .slice(1)
        .flatMap((argument) => (Array.isArray(argument) ? argument : [argument]))
        .map(toText)
        .join(toText(args[0] ?? '')),
    format: (args) => formatText(args),
    copy: (args) => toText(args[0] ?? ''),
    new: (args) => toText(args[0] ?? ''),
    empty: () => '',
    compare: (args) => compare(toText(args[0] ?? ''), toText(args[1] ?? ''), args[2]),
    equals: (args) => compare(toText(args[0] ?? ''), toText(args[1] ?? ''), args[2]) === 0,
  },
  'system.version': { parse: (args) => version(args), new: (args) => version(args) },
  'system.int32': integers,
  'system.int64': integers,
  'system.uint32': integers,
  'system.double': { parse: (args) => toNumber(args[0]) },
  'system.char': {
    isdigit: (args) => /^\d/.test(charArgument(args)),
    isletter: (args) => /^\p{L}/u.test(charArgument(args)),
    isletterordigit: (args) => /^[\p{L}\p{Nd}]/u.test(charArgument(args)),
    iswhitespace: (args) => /^\s/.test(charArgument(args)),
    toupper: (args) => charArgument(args).charAt(0).toUpperCase(),
    tolower: (args) => charArgument(args).charAt(0).toLowerCase(),
    isupper: (args) => /^\p{Lu}/u.test(charArgument(args)),
    islower: (args) => /^\p{Ll}/u.test(charArgument(args)),
  },
  'system.convert': {
    toint32: (args) => convertToInteger(args),
    toint64: (args) => convertToInteger(args),
    touint32: (args) => convertToInteger(args),
    todouble: (args) => toNumber(args[0]),
    todecimal: (args) => toNumber(args[0]),
    toboolean: (args) => parseBooleanWord(toText(args[0] ?? '')),
    tostring: (args) =>
      args[1] === undefined ? toText(args[0] ?? '') : toInteger(args[0]).toString(toInteger(args[1])),
  },
  'system.math': {
    max: (args) => Math.max(toNumber(args[0]), toNumber(args[1])),
    min: (args) => Math.min(toNumber(args[0]), toNumber(args[1])),
    abs: (args) => Math.abs(toNumber(args[0])),
    floor: (args) => Math.floor(toNumber(args[0])),
    ceiling: (args) => Math.ceil(toNumber(args[0])),
    round: (args) => {
      if (args.length > 1) {
        throw new FunctionUnknown('rounding to digits is not supported');
      }
      return roundToEven(toNumber(args[0]));
    },
    truncate: (args) => Math.trunc(toNumber(args[0])),
    pow: (args) => toNumber(args[0]) ** toNumber(args[1]),
    sqrt: (args) => Math.sqrt(toNumber(args[0])),
    sign: (args) => Math.sign(toNumber(args[0])),
  },
  'system.environment': {
    getenvironmentvariable: (args, context) => {
      const value = context.environmentVariable(toText(args[0] ?? ''));
      if (typeof value !== 'string') {
        throw new FunctionUnknown(value.reasons.join('; '));
      }
      return value;
    },
    newline: (_args, context) => (context.system === 'windows' ? '\r\n' : '\n'),
  },
  'system.io.file': {
    exists: (args, context) => isThere(toText(args[0] ?? ''), 'file', context),
    readalltext: (args, context) => {
      const text = context.readFile(toText(args[0] ?? ''));
      if (text === undefined) {
        throw new FunctionUnknown(`the file "${toText(args[0] ?? '')}" cannot be read`);
      }
      return text;
    },
  },
  'system.io.directory': {
    exists: (args, context) => isThere(toText(args[0] ?? ''), 'folder', context),
    getfiles: (args, context) => listFiles(args, context),
  },
  'system.runtime.interopservices.osplatform': {
    windows: () => 'WINDOWS',
    linux: () => 'LINUX',
    osx: () => 'OSX',
    freebsd: () => 'FREEBSD',
    create: (args) => toText(args[0] ?? '').toUpperCase(),
  },
  'system.runtime.interopservices.runtimeinformation': {
    isosplatform: (args, context) => isSystem(toText(args[0] ?? ''), context),
  },
  'system.operatingsystem': {
    iswindows: (_args, context) => context.system === 'windows',
    islinux: (_args, context) => isSystem('linux', context),
    ismacos: (_args, context) => isSystem('osx', context),
    isosplatform: (args, context) => isSystem(toText(args[0] ?? ''), context),
  },
};

/** Linux stands for every Unix: nothing that decides a target differs between them in practice. */
export function isSystem(name: string, context: Pick<FunctionContext, 'system'>): boolean {
  return context.system === 'windows' ? name.toLowerCase() === 'windows' : name.toLowerCase() === 'linux';
}

function parseBooleanWord(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (word !== 'true' && word !== 'false') {
    throw new FunctionRefused(`"${text}" is neither true nor false`);
  }
  return word === 'true';
}

/** .NET rounds halves to the even neighbour. */
function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function version(args: readonly TypedValue[]): TypedValue {
  const text = args.map(toText).join('.');
  const parts = parseVersion(text);
  if (!parts) {
    throw new FunctionRefused(`"${text}" is not a version`);
  }
  return { kind: 'version', parts };
}

function compare(left: string, right: string, option: TypedValue | undefined): number {
  const ignoreCase = option !== undefined && /ignorecase$|^true$/i.test(toText(option));
  const a = ignoreCase ? left.toLowerCase() : left;
  const b = ignoreCase ? right.toLowerCase() : right;
  return a === b ? 0 : a < b ? -1 : 1;
}

function formatText(args: readonly TypedValue[]): string {
  return toText(args[0] ?? '').replace(/\{\{|\}\}|\{(\d+)(:[^}]*)?\}/g, (whole, index: string | undefined, format) => {
    if (index === undefined) {
      return whole.charAt(0);
    }
    if (format !== undefined) {
      throw new FunctionUnknown('formats inside String.Format are not supported');
    }
    const argument = args[Number(index) + 1];
    if (argument === undefined) {
      throw new FunctionRefused('String.Format has too few arguments');
    }
    return toText(argument);
  });
}

function charArgument(args: readonly TypedValue[]): string {
  const text = toText(args[0] ?? '');
  return args[1] === undefined ? text : text.charAt(toInteger(args[1]));
}

function convertToInteger(args: readonly TypedValue[]): number {
  if (args[1] !== undefined) {
    const number = Number.parseInt(toText(args[0] ?? ''), toInteger(args[1]));
    if (Number.isNaN(number)) {
      throw new FunctionRefused(`"${toText(args[0] ?? '')}" is not a number`);
    }
    return number;
  }
  return typeof args[0] === 'boolean' ? Number(args[0]) : toInteger(args[0]);
}

function isThere(path: string, kind: 'file' | 'folder', context: FunctionContext): boolean {
  const found = path === '' ? 'none' : context.look(path);
  if (found === undefined) {
    throw new FunctionUnknown(`it is not known whether "${path}" exists`);
  }
  return found === kind;
}

/** Full paths of the files in a folder whose names match a pattern such as `*.sln`. */
function listFiles(args: readonly TypedValue[], context: FunctionContext): readonly string[] {
  const folder = toText(args[0] ?? '');
  const pattern = args[1] === undefined ? '*' : toText(args[1]);
  const names = context.fileNames(folder);
  if (!names || args.length > 2) {
    throw new FunctionUnknown(`the files in "${folder}" are not known`);
  }
  const expression = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replace(/\?/g, '.')}$`,
    'i',
  );
  const separator = context.system === 'windows' ? '\\' : '/';
  return names.filter((name) => expression.test(name)).map((name) => folder + separator + name);
}

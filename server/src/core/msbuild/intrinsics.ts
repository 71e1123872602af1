/**
 * The `[MSBuild]::` functions.
 * Source: https://github.com/dotnet/msbuild/blob/main/src/Build/Evaluation/IntrinsicFunctions.cs
 */
import { type FrameworkName, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import { dirname, resolvePath } from '../model/path.ts';
import { escapeText, splitList, unescapeText } from './escapes.ts';
import { isCompatible } from './framework-compatibility.ts';
import { fullPath, makeRelative, nativePath } from './path-functions.ts';
import { type FunctionContext, isSystem } from './static-members.ts';
import { FunctionRefused, FunctionUnknown, type TypedValue, toInteger, toText } from './typed-value.ts';
import { compareVersions, parseSimpleVersion } from './versions.ts';

type Intrinsic = (args: readonly string[], context: FunctionContext) => TypedValue;

/** Calls an intrinsic function. */
export function callIntrinsic(name: string, args: readonly TypedValue[], context: FunctionContext): TypedValue {
  const key = name.toLowerCase();
  const call = Object.hasOwn(intrinsics, key) ? intrinsics[key] : undefined;
  if (!call) {
    throw new FunctionUnknown(`the function "[MSBuild]::${name}" is not supported`);
  }
  return call(args.map(toText), context);
}

/** Names (in lower case) of intrinsics that accept a path with an unknown beginning. */
export const pathTolerantIntrinsics: ReadonlySet<string> = new Set([
  'valueordefault',
  'ensuretrailingslash',
  'normalizepath',
  'normalizedirectory',
  'escape',
  'unescape',
]);

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  add: (args) => arithmetic(args, (a, b) => a + b),
  subtract: (args) => arithmetic(args, (a, b) => a - b),
  multiply: (args) => arithmetic(args, (a, b) => a * b),
  divide: (args) => divide(args),
  modulo: (args) => arithmetic(args, (a, b) => a % b),
  bitwiseor: (args) => integer(args[0]) | integer(args[1]),
  bitwiseand: (args) => integer(args[0]) & integer(args[1]),
  bitwisexor: (args) => integer(args[0]) ^ integer(args[1]),
  bitwisenot: (args) => ~integer(args[0]),
  leftshift: (args) => integer(args[0]) << integer(args[1]),
  rightshift: (args) => integer(args[0]) >> integer(args[1]),
  escape: ([text = '']) => escapeText(text),
  unescape: ([text = '']) => unescapeText(text),
  valueordefault: ([value = '', fallback = '']) => (value === '' ? fallback : value),
  ensuretrailingslash: ([path = ''], context) =>
    path === '' || /[\\/]$/.test(path) ? nativeEnd(path, context) : path + (context.system === 'windows' ? '\\' : '/'),
  normalizepath: (args, context) => normalize(args, context, false),
  normalizedirectory: (args, context) => normalize(args, context, true),
  makerelative: ([folder = '', path = ''], context) =>
    makeRelative(
      fullPath(context.projectFolder, folder, context.system),
      fullPath(context.projectFolder, path, context.system),
      context.system,
    ),
  getdirectorynameoffileabove: ([start = '', file = ''], context) => folderAbove(start, file, context),
  getpathoffileabove: ([file = '', start = ''], context) => fileAbove(file, start, context),
  isosplatform: ([name = ''], context) => isSystem(name, context),
  isosunixlike: (_args, context) => context.system === 'unix',
  isrunningfromvisualstudio: () => false,
  areclear: () => true,
  arefeaturesenabled: () => true,
  checkfeatureavailability: () => 'Undefined',
  versionequals: (args) => compareSimple(args) === 0,
  versionnotequals: (args) => compareSimple(args) !== 0,
  versiongreaterthan: (args) => compareSimple(args) > 0,
  versiongreaterthanorequals: (args) => compareSimple(args) >= 0,
  versionlessthan: (args) => compareSimple(args) < 0,
  versionlessthanorequals: (args) => compareSimple(args) <= 0,
  gettargetframeworkidentifier: ([name = '']) => parse(name).identifier,
  gettargetframeworkversion: ([name = '', parts = '2']) => shorten(parse(name).version, toInteger(parts)),
  gettargetplatformidentifier: ([name = '']) => platform(parse(name)).identifier,
  gettargetplatformversion: ([name = '', parts = '2']) => shorten(platform(parse(name)).version, toInteger(parts)),
  istargetframeworkcompatible: ([target = '', candidate = '']) => compatible(target, candidate),
  filtertargetframeworks: ([wanted = '', available = '']) => filter(wanted, available),
  getmsbuildextensionspath: () => {
    throw new FunctionUnknown('the folder of MSBuild depends on the machine');
  },
  converttobase64: () => {
    throw new FunctionUnknown('"ConvertToBase64" is not supported');
  },
};

/** What NuGet makes of a name that it does not understand. */
const unsupported: FrameworkName = { identifier: 'Unsupported', version: '0.0', profile: '', platform: '' };

/** Blanks around a name are not taken off. */
function parse(name: string): FrameworkName {
  return name !== name.trim() ? unsupported : (parseFrameworkName(name) ?? unsupported);
}

function platform(framework: FrameworkName): { identifier: string; version: string } {
  const match = /^([a-z]+)([\d.]*)$/i.exec(framework.platform);
  return { identifier: match?.[1] ?? '', version: match?.[2] || '0.0' };
}

/** At least so many parts of a version; zeros behind them go. */
function shorten(version: string, minimum: number): string {
  const parts = version.split('.');
  while (parts.length < minimum) {
    parts.push('0');
  }
  while (parts.length > minimum && parts.at(-1) === '0') {
    parts.pop();
  }
  return parts.join('.');
}

function arithmetic(args: readonly string[], operate: (a: number, b: number) => number): number {
  return operate(decimal(args[0]), decimal(args[1]));
}

/** Whole numbers divide to a whole number. */
function divide(args: readonly string[]): number {
  const quotient = decimal(args[0]) / decimal(args[1]);
  const areWhole = args.every((text) => /^\s*-?\d+\s*$/.test(text));
  if (areWhole && decimal(args[1]) === 0) {
    throw new FunctionRefused('a division by zero');
  }
  return areWhole ? Math.trunc(quotient) : quotient;
}

function decimal(text: string | undefined): number {
  const number = Number(text?.trim() || 'NaN');
  if (Number.isNaN(number)) {
    throw new FunctionRefused(`"${text ?? ''}" is not a number`);
  }
  return number;
}

function integer(text: string | undefined): number {
  return toInteger(text ?? '');
}

function compareSimple(args: readonly string[]): number {
  const [left, right] = [parseSimpleVersion(args[0] ?? ''), parseSimpleVersion(args[1] ?? '')];
  if (!left || !right) {
    throw new FunctionRefused(`"${left ? args[1] : args[0]}" is not a version`);
  }
  return compareVersions(left, right);
}

function nativeEnd(path: string, context: FunctionContext): string {
  return path === '' ? '' : path.slice(0, -1) + (context.system === 'windows' ? '\\' : '/');
}

function normalize(args: readonly string[], context: FunctionContext, isFolder: boolean): string {
  let path = context.projectFolder;
  for (const part of args) {
    path = fullPath(path, part, context.system);
  }
  return isFolder && !/[\\/]$/.test(path) ? path + (context.system === 'windows' ? '\\' : '/') : path;
}

/** The nearest folder, from the given one upwards, that holds a file; empty when none does. */
function folderAbove(start: string, file: string, context: FunctionContext): string {
  let folder = resolvePath(context.projectFolder.replaceAll('\\', '/'), start);
  const isName = !/[\\/:]|^\.{0,2}$/.test(file);
  for (;;) {
    const found = context.look(isName && !folder.endsWith('/') ? `${folder}/${file}` : resolvePath(folder, file));
    if (found === undefined) {
      throw new FunctionUnknown(`it is not known whether "${file}" stands above "${start}"`);
    }
    if (found === 'file') {
      return nativePath(folder, context.system);
    }
    const parent = dirname(folder);
    if (parent === folder) {
      return '';
    }
    folder = parent;
  }
}

function fileAbove(file: string, start: string, context: FunctionContext): string {
  if (/[\\/]/.test(file)) {
    throw new FunctionRefused(`"${file}" is a path, not a file name`);
  }
  const folder = folderAbove(start === '' ? context.fileFolder : start, file, context);
  return folder === '' ? '' : nativePath(resolvePath(folder, file), context.system);
}

function compatible(target: string, candidate: string): boolean {
  const answer = isCompatible(parse(target), parse(candidate));
  if (answer === undefined) {
    throw new FunctionUnknown(`it is not known whether ${target} can use ${candidate}`);
  }
  return answer;
}

/** The frameworks of the first list that also stand in the second, compared without spelling. */
function filter(wanted: string, available: string): string {
  const allowed = splitList(available).map((name) => frameworkKey(parse(name)));
  return splitList(wanted)
    .filter((name) => allowed.includes(frameworkKey(parse(name))))
    .join(';');
}

function frameworkKey(framework: FrameworkName): string {
  return `${framework.identifier},${framework.version}`.toLowerCase();
}

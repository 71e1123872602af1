import type { Notice, TextRange } from '../model/finding.ts';
import { extname, type FilePath } from '../model/path.ts';
import type { TlsUse, UsePlace } from '../model/protocol-use.ts';
import { type ShellLanguage, splitCommands } from '../sources/command-lines.ts';
import { usesOfCommand } from '../sources/command-uses.ts';
import { type PipelineScript, readPipelineScripts } from '../sources/pipeline-scripts.ts';
import { engineOf, engineOfManifest, type PowerShellEngine } from '../sources/powershell/engine.ts';
import { runScript } from '../sources/powershell/interpreter.ts';
import { parsePowerShell } from '../sources/powershell/parse.ts';
import type { ScriptFile, ScriptReading } from '../sources/powershell/reading.ts';
import { shiftUse } from '../sources/shift-use.ts';
import { type CodeProcess, unknownProcess } from './code-process.ts';
import type { SourceReading } from './source-code.ts';

/** A script, or a pipeline with the scripts that it holds, and what they do about TLS. */
export interface ScriptDocument {
  readonly path: FilePath;
  readonly parts: readonly ScriptPart[];
  /** What each part does, with the process that runs it. */
  readonly readings: readonly SourceReading[];
  readonly isGenerated: false;
  readonly notices: readonly Notice[];
}

/** One script: the whole file, a step of a pipeline, or what a command line hands to PowerShell. */
export interface ScriptPart {
  /** Where the text of the part begins in the file. */
  readonly offset: number;
  readonly uses: readonly TlsUse[];
  /** Set for PowerShell; its places count from the begin of the part. */
  readonly powerShell: PowerShellPart | undefined;
}

/** A script of PowerShell, followed the way it runs. */
export interface PowerShellPart {
  readonly file: ScriptFile;
  readonly engine: PowerShellEngine;
  readonly reading: ScriptReading;
}

type ReadText = (path: FilePath) => string | undefined;

/** True for scripts and modules of PowerShell. */
export function isPowerShell(path: FilePath): boolean {
  return /^\.psm?1$/.test(extname(path));
}

/** Reads a script or a pipeline; undefined for every other file. Other scripts that it loads are asked for. */
export function readScriptDocument(path: FilePath, text: string, readText: ReadText): ScriptDocument | undefined {
  const parts = partsOf(path, text, readText);
  return (
    parts && {
      path,
      parts,
      readings: parts.map((part) => ({ uses: part.uses, processes: [processOf(path, part)] })),
      isGenerated: false,
      notices: parts.flatMap(noticesOf),
    }
  );
}

const runtimes = { windows: 'framework', core: 'modern', unknown: 'unknown' } as const;

/** Which .NET runs the part; its default is that of the machine. */
function processOf(path: FilePath, { powerShell }: ScriptPart): CodeProcess {
  const runtime = runtimes[powerShell?.engine ?? 'unknown'];
  return { ...unknownProcess, runtime, isTest: /\.tests?\.ps1$/i.test(path) };
}

function partsOf(path: FilePath, text: string, readText: ReadText): ScriptPart[] | undefined {
  switch (extname(path)) {
    case '.ps1':
    case '.psm1': {
      const powerShell = readPowerShell(path, text, readText);
      return [{ offset: 0, uses: powerShell.reading.uses, powerShell }];
    }
    case '.cmd':
    case '.bat':
      return commandParts(path, text, 'batch', { start: 0, end: text.length });
    case '.sh':
      return commandParts(path, text, 'shell', { start: 0, end: text.length });
    case '.yml':
    case '.yaml':
      return readPipelineScripts(text).flatMap((script) => pipelineParts(path, text, script, readText));
    default:
      return undefined;
  }
}

/** Reads a file of PowerShell by itself. */
export function readPowerShell(path: FilePath, text: string, readText: ReadText): PowerShellPart {
  const file = parsed(path, text);
  const manifest = readText(path.replace(/\.psm?1$/i, '.psd1'));
  const stated = engineOf(text, file.script);
  return {
    file,
    engine: stated === 'unknown' && manifest !== undefined ? engineOfManifest(manifest) : stated,
    reading: runScript(file, (other) => loaded(other, readText)),
  };
}

function loaded(path: FilePath, readText: ReadText): ScriptFile | undefined {
  const text = isPowerShell(path) ? readText(path) : undefined;
  return text === undefined ? undefined : parsed(path, text);
}

/** Scripts that were parsed last: modules load the same files for each of their functions. */
const lastParsed = new Map<FilePath, ScriptFile>();
const maximumParsed = 200;

function parsed(path: FilePath, text: string, indentation = 0): ScriptFile {
  const known = indentation === 0 ? lastParsed.get(path) : undefined;
  if (known?.text === text) {
    return known;
  }
  const file = { path, text, script: parsePowerShell(text, indentation) };
  const [oldest] = lastParsed.keys();
  if (lastParsed.size >= maximumParsed && oldest !== undefined) {
    lastParsed.delete(oldest);
  }
  if (indentation === 0) {
    lastParsed.set(path, file);
  }
  return file;
}

function pipelineParts(
  path: FilePath,
  text: string,
  { language, range, indentation }: PipelineScript,
  readText: ReadText,
): ScriptPart[] {
  switch (language) {
    case 'windows-powershell':
      return [inlinePart(path, text, range, 'windows', indentation, readText)];
    case 'powershell-core':
      return [inlinePart(path, text, range, 'core', indentation, readText)];
    default: {
      // The registry is there on Windows only, where such a step is one of cmd.
      const isWindows = /\breg(?:\.exe)?\s+add\b/i.test(text.slice(range.start, range.end));
      return commandParts(path, text, isWindows ? 'batch' : language, range);
    }
  }
}

/** PowerShell inside of another file. The pipeline's folder stands for that of the script. */
function inlinePart(
  path: FilePath,
  text: string,
  { start, end }: TextRange,
  engine: PowerShellEngine,
  indentation: number,
  readText: ReadText,
): ScriptPart {
  const file = parsed(path, text.slice(start, end), indentation);
  const reading = runScript(file, (other) => loaded(other, readText));
  const uses = reading.uses.map((use) => shiftUse(use, start));
  return { offset: start, uses, powerShell: { file, engine, reading } };
}

const anywhere: UsePlace = {
  isDebugOnly: false,
  condition: [],
  member: undefined,
  isConditional: false,
  isGuarded: false,
  isInTry: false,
};

function commandParts(path: FilePath, text: string, language: ShellLanguage, { start, end }: TextRange): ScriptPart[] {
  const commands = splitCommands(text.slice(start, end), language);
  const uses = commands.flatMap((command) => usesOfCommand(command, anywhere).map((use) => shiftUse(use, start)));
  const parts: ScriptPart[] = [{ offset: start, uses, powerShell: undefined }];
  for (const { words } of commands) {
    const program = words.findIndex(({ value }) => /(?:^|[\\/])(?:powershell|pwsh)(?:\.exe)?$/i.test(value));
    const option = words.findIndex(({ value }, index) => index > program && /^[-/]c(?:ommand)?$/i.test(value));
    const code = words[option + 1];
    if (program >= 0 && option > program && code && /["']$/.test(text[start + code.range.end - 1] ?? '')) {
      const engine = /pwsh/i.test(words[program]?.value ?? '') ? 'core' : 'windows';
      const range = { start: start + code.range.start + 1, end: start + code.range.end - 1 };
      parts.push(inlinePart(path, text, range, engine, 0, () => undefined));
    }
  }
  return parts;
}

/** What could not be read of a script, for people. */
function noticesOf({ powerShell }: ScriptPart): Notice[] {
  if (!powerShell) {
    return [];
  }
  const { file, reading } = powerShell;
  const templates = new Set<string>(file.script.problems.map(({ kind }) => problemTemplates[kind]));
  if (!reading.isComplete) {
    templates.add('The script has too many steps to be followed to its end: what it does about TLS is known in part.');
  }
  return [...templates].map((template) => ({
    path: file.path,
    message: { key: 'script-not-read', template, values: {} },
  }));
}

const problemTemplates = {
  unfinished: 'A text or comment of the script has no end: what follows it is not read as code.',
  'too-deep': 'Brackets stand inside each other so deeply that a part of the script is not read.',
} as const;

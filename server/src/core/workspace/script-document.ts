import type { Notice } from '../model/finding.ts';
import { extname, type FilePath } from '../model/path.ts';
import { engineOf, engineOfManifest, type PowerShellEngine } from '../sources/powershell/engine.ts';
import { runScript } from '../sources/powershell/interpreter.ts';
import { parsePowerShell } from '../sources/powershell/parse.ts';
import type { ScriptFile, ScriptReading } from '../sources/powershell/reading.ts';

/** A PowerShell script with what it does when it runs. */
export interface ScriptDocument {
  readonly file: ScriptFile;
  readonly engine: PowerShellEngine;
  readonly reading: ScriptReading;
}

/** What could not be read of a script, for people. */
export function scriptNotices({ file, reading }: ScriptDocument): Notice[] {
  const { path, script } = file;
  const templates = new Set<string>(script.problems.map(({ kind }) => problemTemplates[kind]));
  if (!reading.isComplete) {
    templates.add('The script has too many steps to be followed to its end: what it does about TLS is known in part.');
  }
  return [...templates].map((template) => ({ path, message: { key: 'script-not-read', template, values: {} } }));
}

const problemTemplates = {
  unfinished: 'A text or comment of the script has no end: what follows it is not read as code.',
  'too-deep': 'Brackets stand inside each other so deeply that a part of the script is not read.',
} as const;

/** True for scripts and modules of PowerShell. */
export function isPowerShell(path: FilePath): boolean {
  return /^\.psm?1$/.test(extname(path));
}

/** Reads a script; other scripts that it loads are asked for. */
export function readScript(
  path: FilePath,
  text: string,
  readText: (path: FilePath) => string | undefined,
): ScriptDocument {
  const file = parsed(path, text);
  const manifest = readText(path.replace(/\.psm?1$/i, '.psd1'));
  const stated = engineOf(text, file.script);
  return {
    file,
    engine: stated === 'unknown' && manifest !== undefined ? engineOfManifest(manifest) : stated,
    reading: runScript(file, (other) => {
      const found = isPowerShell(other) ? readText(other) : undefined;
      return found === undefined ? undefined : parsed(other, found);
    }),
  };
}

function parsed(path: FilePath, text: string): ScriptFile {
  return { path, text, script: parsePowerShell(text) };
}

import type { Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { Build } from '../msbuild/index.ts';
import { blankCommentsAndStrings, codeLanguage } from '../sources/blank-code.ts';

/**
 * A project that keeps MSBuild from compiling its target into the assembly. The runtime reads the attribute of the
 * entry assembly; without it, the process behaves like 4.0.
 * Sources: https://github.com/dotnet/msbuild (src/Tasks/Microsoft.Common.CurrentVersion.targets) and
 * https://github.com/microsoft/referencesource (mscorlib/system/appdomain.cs)
 */
export interface MissingTargetAttribute {
  /** The value of GenerateTargetFrameworkAttribute. */
  readonly at: Location;
  readonly isEditable: boolean;
  /** The attribute that the code has in its place. */
  readonly written: WrittenAttribute | null;
}

/** `[assembly: TargetFramework(".NETFramework,Version=v4.0")]`. */
export interface WrittenAttribute {
  readonly moniker: string;
  /** The text between the quotes. */
  readonly at: Location;
}

/** What stands in a project's way, or null for the projects (nearly all) that say nothing. */
export function missingTargetAttribute(
  builds: readonly Build[],
  sourceFiles: () => readonly FilePath[],
  readText: (path: FilePath) => string | undefined,
): MissingTargetAttribute | null {
  for (const { evaluation } of builds) {
    const { value, decider } = evaluation.property('GenerateTargetFrameworkAttribute');
    if (value.known && value.value.trim().toLowerCase() === 'false' && decider) {
      return {
        at: { path: decider.path, range: decider.valueRange },
        isEditable: decider.element.content.value.trim().toLowerCase() === 'false',
        written: findAttribute(sourceFiles(), readText),
      };
    }
  }
  return null;
}

function findAttribute(
  paths: readonly FilePath[],
  readText: (path: FilePath) => string | undefined,
): WrittenAttribute | null {
  for (const path of paths) {
    const text = readText(path);
    const language = codeLanguage(path);
    if (text === undefined || language === undefined || !/TargetFramework/i.test(text)) {
      continue;
    }
    const code = blankCommentsAndStrings(text, language);
    const head = /\bassembly\s*:\s*(?:[\w.]+\.)?TargetFramework(?:Attribute)?\s*\(/i.exec(code);
    const behind = head ? text.slice(head.index + head[0].length) : '';
    const argument = /^\s*@?"([^"\r\n]*)"/.exec(behind);
    if (head && argument) {
      const start = head.index + head[0].length + argument[0].indexOf('"') + 1;
      const moniker = argument[1] ?? '';
      return { moniker, at: { path, range: { start, end: start + moniker.length } } };
    }
  }
  return null;
}

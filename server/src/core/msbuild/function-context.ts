/** What property functions may ask of an evaluation. */
import { type FilePath, resolvePath } from '../model/path.ts';
import type { EvaluationRequest } from './evaluation-state.ts';
import { nativePath } from './path-functions.ts';
import type { FunctionContext } from './static-members.ts';
import { UnknownValue } from './value.ts';
import type { ValueScope } from './value-scope.ts';

/** The context of functions; `currentFolder` is the folder of the file that is being evaluated. */
export function createFunctionContext(
  scope: ValueScope,
  { environment }: EvaluationRequest,
  currentFolder: () => FilePath,
): FunctionContext {
  let projectFolder: string | undefined;
  return {
    system: scope.system,
    get projectFolder() {
      projectFolder ??= nativePath(scope.projectFolder, scope.system);
      return projectFolder;
    },
    get fileFolder() {
      return nativePath(currentFolder(), scope.system);
    },
    look: (path) => scope.stat(resolvePath(scope.projectFolder, path)) ?? 'none',
    readFile: (path) => {
      const full = resolvePath(scope.projectFolder, path);
      scope.dependencies.add(full);
      return scope.files.text(full);
    },
    fileNames: (path) => {
      const full = resolvePath(scope.projectFolder, path);
      scope.dependencies.add(full);
      return scope.files
        .readFolder(full)
        ?.filter((entry) => !entry.isFolder)
        .map((entry) => entry.name);
    },
    environmentVariable: (name) => {
      const entry = Object.entries(environment?.variables ?? {}).find(
        ([key]) => key === name || (scope.system === 'windows' && key.toLowerCase() === name.toLowerCase()),
      );
      if (entry) {
        return entry[1];
      }
      return environment?.isComplete ? '' : new UnknownValue([`the environment variable "${name}" is not known`]);
    },
  };
}

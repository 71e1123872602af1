import type { Location } from '../model/finding.ts';
import { dirname, relativePath } from '../model/path.ts';
import type { ProjectModel, WorkspaceModel } from './model.ts';

/** What shows that Visual Studio 2015 debugs a project. */
export interface HostingSign {
  /** Only `solution` is strong: upgraded projects keep their ToolsVersion, and folders stay behind. */
  readonly kind: 'solution' | 'tools-version' | 'folder';
  /** The name of the solution or of the folder, or empty. */
  readonly name: string;
  readonly at: Location | null;
}

/** Visual Studio 2015 is 14 in solutions and in ToolsVersion. */
const visualStudio2015 = 14;

/** A solution that 2015 saved last; without any solution the ToolsVersion, or the folder that 2015 leaves. */
export function hostingSign(project: ProjectModel, workspace: WorkspaceModel): HostingSign | undefined {
  const solutions = workspace.solutionsOf(project.path);
  const saved = solutions.find(({ visualStudio }) => visualStudio?.major === visualStudio2015);
  if (saved) {
    const name = saved.path.slice(saved.path.lastIndexOf('/') + 1);
    return {
      kind: 'solution',
      name,
      at: saved.visualStudio ? { path: saved.path, range: saved.visualStudio.range } : null,
    };
  }
  if (solutions.length > 0) {
    return undefined;
  }
  if (project.toolsVersion === '14.0') {
    return { kind: 'tools-version', name: '', at: null };
  }
  const folder = project.visualStudio2015Folder;
  return folder === null ? undefined : { kind: 'folder', name: relativePath(dirname(project.path), folder), at: null };
}

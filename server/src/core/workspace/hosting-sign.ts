import type { Location } from '../model/finding.ts';
import type { ProjectModel, WorkspaceModel } from './model.ts';

/** What shows that Visual Studio 2015 debugs a project. */
export interface HostingSign {
  /** True for a solution, false for the ToolsVersion, which upgraded projects keep. */
  readonly isStrong: boolean;
  /** The name of the solution, or empty. */
  readonly name: string;
  readonly at: Location | null;
}

/** Visual Studio 2015 is 14 in solutions and in ToolsVersion. */
const visualStudio2015 = 14;

/** A solution that 2015 saved last; without any solution the ToolsVersion. */
export function hostingSign(project: ProjectModel, workspace: WorkspaceModel): HostingSign | undefined {
  const solutions = workspace.solutionsOf(project.path);
  const saved = solutions.find(({ visualStudio }) => visualStudio?.major === visualStudio2015);
  if (saved) {
    const name = saved.path.slice(saved.path.lastIndexOf('/') + 1);
    return {
      isStrong: true,
      name,
      at: saved.visualStudio ? { path: saved.path, range: saved.visualStudio.range } : null,
    };
  }
  const isWeakSign = solutions.length === 0 && project.toolsVersion === '14.0';
  return isWeakSign ? { isStrong: false, name: '', at: null } : undefined;
}

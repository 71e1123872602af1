import type { FileEdits, Finding, Location } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { groupEdits } from '../text/edits.ts';
import type { HostingSign } from '../workspace/hosting-sign.ts';

/** What the command "Check Visual Studio 2015 Hosting Process" shows. */
export interface HostingList {
  readonly programs: readonly {
    readonly path: FilePath;
    readonly at: Location;
    /** What shows it; only a solution is sure. */
    readonly sign: HostingSign['kind'];
  }[];
  /** Files of the hosting process that are part of the workspace. */
  readonly files: readonly FilePath[];
  /** Edits that switch the process off in all programs together. */
  readonly changes: readonly FileEdits[];
}

/** Gathers the findings about the hosting process. */
export function hostingList(findings: readonly Finding[]): HostingList {
  const programs = findings.filter(({ rule }) => rule === 'hosting-process-2015');
  return {
    programs: programs.map((finding) => ({
      path: finding.project ?? finding.path,
      at: { path: finding.path, range: finding.range },
      sign: finding.message.key as HostingSign['kind'],
    })),
    files: findings.filter(({ rule }) => rule === 'hosting-process-file').map(({ path }) => path),
    changes: groupEdits(programs.flatMap(({ fixes }) => fixes[0]?.changes ?? [])),
  };
}

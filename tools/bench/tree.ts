/** A generated company: areas with a solution each, legacy and SDK-style projects, and the folders that builds leave. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { legacyProject, packagesConfig, projectsPerGroup, sdkProject, sharedProps, source } from './tree-texts.ts';

export interface Tree {
  readonly folder: string;
  readonly projects: readonly string[];
  /** A legacy program of usual size that is too old, so that it has a diagnostic. */
  readonly program: string;
  /** The shared file that the projects of one area read. */
  readonly areaProps: string;
  readonly fileCount: number;
}

const projectsPerArea = 100;

/**
 * Writes a tree of `projectCount` projects (a multiple of 100) to a new temporary folder, the same one each time, hands
 * it to `use`, and removes it.
 */
export function withTree<T>(projectCount: number, use: (tree: Tree) => T | Promise<T>): Promise<T> {
  return withTemporaryFolder((folder) => use(new TreeWriter(folder).write(projectCount)));
}

/** Hands a new folder to `use` and removes it, also when the benchmark is interrupted. */
export async function withTemporaryFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dynamics-tls-bench-')));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const stop = () => process.exit(130);
  process.once('exit', remove).once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await use(folder);
  } finally {
    process.off('exit', remove).off('SIGINT', stop).off('SIGTERM', stop);
    remove();
  }
}

class TreeWriter {
  readonly #folder: string;
  readonly #made = new Set<string>();
  readonly #projects: string[] = [];
  #fileCount = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  write(projectCount: number): Tree {
    this.#file('.gitignore', 'bin/\nobj/\n[Pp]ackages/\n*.user\n.vs/\n/generated/\n!/areas/**/keep/\n');
    this.#file('Directory.Build.props', sharedProps('<CompanyTarget>v4.6.1</CompanyTarget>'));
    this.#file('build/Common.targets', sharedProps('<CompanyName>Contoso</CompanyName>'));
    this.#file('generated/Ignored/Ignored.csproj', sdkProject({ area: 0, index: 0 }));
    for (let area = 0; area < projectCount / projectsPerArea; area++) {
      this.#area(area);
    }
    return {
      folder: this.#folder,
      projects: this.#projects,
      program: join(this.#folder, projectPath(0, programIndex)),
      areaProps: join(this.#folder, 'areas/Area000/Directory.Build.props'),
      fileCount: this.#fileCount,
    };
  }

  #area(area: number): void {
    const folder = areaFolder(area);
    this.#file(
      `${folder}/Directory.Build.props`,
      sharedProps(
        '<AreaTarget>net452</AreaTarget>',
        `<Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" />`,
      ),
    );
    const lines = ['Microsoft Visual Studio Solution File, Format Version 12.00', 'VisualStudioVersion = 14.0.25420.1'];
    for (let index = 0; index < projectsPerArea; index++) {
      this.#project(area, index);
      const path = projectPath(area, index)
        .slice(folder.length + 1)
        .replaceAll('/', '\\');
      const guid = `{0000${String(area).padStart(4, '0')}-0000-0000-0000-${String(index).padStart(12, '0')}}`;
      lines.push(
        `Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "${projectName(area, index)}", "${path}", "${guid}"`,
        'EndProject',
      );
    }
    this.#file(`${folder}/Area.sln`, `${lines.join('\r\n')}\r\nGlobal\r\nEndGlobal\r\n`);
    for (let index = 0; index < 10; index++) {
      this.#file(`${folder}/packages/Newtonsoft.Json.${index}.0.3/lib/net45/Newtonsoft.Json.xml`, '<doc></doc>');
      this.#file(`${folder}/packages/Newtonsoft.Json.${index}.0.3/build/Newtonsoft.Json.targets`, '<Project />');
      this.#file(`${folder}/web/node_modules/left-${index}/index.js`, 'module.exports = 1;\n');
      this.#file(`${folder}/web/node_modules/left-${index}/App.csproj`, '<Project />');
    }
  }

  #project(area: number, index: number): void {
    const path = projectPath(area, index);
    const folder = dirname(path);
    const isLegacy = isLegacyIndex(index);
    this.#file(path, isLegacy ? legacyProject({ area, index }) : sdkProject({ area, index }));
    this.#projects.push(join(this.#folder, path));
    if (isLegacy) {
      this.#file(`${folder}/packages.config`, packagesConfig());
      this.#file(
        `${folder}/Properties/AssemblyInfo.cs`,
        `using System.Reflection;\r\n[assembly: AssemblyTitle("P")]\r\n`,
      );
    }
    for (const name of ['Program', 'Service', 'Model', 'Extensions']) {
      this.#file(`${folder}/${name}.cs`, source(name, index));
    }
    if (index % 2 === 0) {
      this.#file(`${folder}/bin/Debug/App.dll.config`, '<configuration />');
      this.#file(`${folder}/obj/project.assets.json`, '{}');
      this.#file(`${folder}/obj/Debug/App.csproj`, '<Project />');
    }
  }

  #file(path: string, text: string): void {
    const absolute = join(this.#folder, path);
    const folder = dirname(absolute);
    if (!this.#made.has(folder)) {
      this.#made.add(folder);
      mkdirSync(folder, { recursive: true });
    }
    writeFileSync(absolute, text);
    this.#fileCount++;
  }
}

/** The place of programs in their group: legacy, with references to the libraries before them. */
const programIndex = 6;

function isLegacyIndex(index: number): boolean {
  return (index % projectsPerGroup) % 5 !== 0 && index % projectsPerGroup !== 9;
}

function areaFolder(area: number): string {
  return `areas/Area${String(area).padStart(3, '0')}`;
}

function projectPath(area: number, index: number): string {
  const name = projectName(area, index);
  return `${areaFolder(area)}/src/${name}/${name}.csproj`;
}

function projectName(area: number, index: number): string {
  return `Contoso.A${area}.P${index}`;
}

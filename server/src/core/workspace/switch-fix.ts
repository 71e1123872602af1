import { compareVersions, defaultProtocols } from '../facts/dotnet-frameworks.ts';
import type { FileEdits, Fix, TextEdit } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { parseXml } from '../xml/index.ts';
import type { ProjectModel, TargetFramework } from './model.ts';
import { insertLast, switchEdits } from './switch-edits.ts';
import { folderOf } from './workspace-model.ts';

/** Spellings of the name, for disks that tell letter cases apart. */
const names = ['App.config', 'app.config', 'App.Config', 'APP.CONFIG'];

/**
 * For a program that cannot be built for a newer framework: the AppContext switch in its configuration file, which is
 * completed or made. Nothing for targets that the switch does not help: CLR 2 has no switches, and from 4.6 on the
 * program offers TLS 1.2 anyway.
 */
export function switchFix(
  project: ProjectModel,
  framework: TargetFramework,
  readText: (path: FilePath) => string | undefined,
): Fix[] {
  const { version } = framework;
  const isProgram = project.role.role === 'client' || project.role.role === 'unknown';
  if (!isProgram || defaultProtocols(version) !== 'obsolete' || compareVersions(version, '4.0') < 0) {
    return [];
  }
  const folder = folderOf(project);
  const present = names.map((name) => `${folder}/${name}`).find((path) => readText(path) !== undefined);
  const path = present ?? `${folder}/App.config`;
  const result = switchEdits(path, readText(path) ?? '');
  // A project of the old style copies only the configuration file that it names.
  const item = present || project.isSdkStyle ? [] : nameConfig(project, readText);
  if (result.state !== 'edits' || item === undefined) {
    return [];
  }
  return [
    {
      title: {
        key: 'app-context-switch',
        template: 'Alternative: set the AppContext switch for TLS 1.2 in {file} (needs the runtime 4.6 or later)',
        values: { file: path.slice(path.lastIndexOf('/') + 1) },
      },
      isPreferred: false,
      bulk: 'alternative',
      changes: [{ path, edits: result.edits }, ...item],
    },
  ];
}

/** Undefined for a project file that cannot be edited safely. */
function nameConfig(
  project: ProjectModel,
  readText: (path: FilePath) => string | undefined,
): readonly FileEdits[] | undefined {
  const text = readText(project.path);
  const root = text === undefined ? undefined : parseXml(text).roots.find(({ localName }) => localName === 'Project');
  if (text === undefined || !root?.isClosed || root.isSelfClosing) {
    return undefined;
  }
  const edit: TextEdit = insertLast(text, root, (unit) => [
    '<ItemGroup>',
    `${unit}<None Include="App.config" />`,
    '</ItemGroup>',
  ]);
  return [{ path: project.path, edits: [edit] }];
}

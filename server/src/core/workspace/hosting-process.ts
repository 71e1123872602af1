import type { FileEdits, Location, TextEdit, TextRange } from '../model/finding.ts';
import { dirname, type FilePath } from '../model/path.ts';
import type { Build, Evaluation, FileSource } from '../msbuild/index.ts';
import { lineEndAt } from '../text/edits.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';

/**
 * Whether a debug configuration runs in the hosting process of Visual Studio 2015 and older, and where that is said.
 * Source: https://learn.microsoft.com/visualstudio/ide/hosting-process-vshost-exe
 */
export interface HostingSetting {
  /** `Debug|AnyCPU`. */
  readonly configuration: string;
  readonly platform: string;
  /** False only when the property is known to be false: no value means that the process is used. */
  readonly isUsed: boolean;
  /** The value that says so; null where nothing does. */
  readonly declared: Location | null;
}

/** Settings of the debug configurations of a project, or of its first one when none has that name. */
export function hostingSettings(builds: readonly Build[]): HostingSetting[] {
  const all = builds.flatMap(({ evaluation, configurations }) =>
    configurations.map((configuration) => ({ configuration, evaluation })),
  );
  const debug = all.filter(({ configuration }) => /debug/i.test(configuration.configuration));
  return (debug.length > 0 ? debug : all.slice(0, 1)).map(({ configuration, evaluation }) => ({
    ...configuration,
    ...readSetting(evaluation),
  }));
}

function readSetting(evaluation: Evaluation): { isUsed: boolean; declared: Location | null } {
  const { value, decider } = evaluation.property('UseVSHostingProcess');
  return {
    isUsed: !(value.known && value.value.trim().toLowerCase() === 'false'),
    declared: decider ? { path: decider.path, range: decider.valueRange } : null,
  };
}

/**
 * The folder `.vs/v14` or `.vs/NAME/v14` of the project's folder or of one above it, where Visual Studio 2015, whose own
 * number is 14, keeps what it remembers of a solution; null where there is none. Weak evidence: who opened it, and when,
 * it does not say. Its folders are added to `dependencies`.
 */
export function visualStudio2015FolderOf(
  path: FilePath,
  files: FileSource,
  dependencies: Set<FilePath>,
): FilePath | null {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const own = `${folder.replace(/\/$/, '')}/.vs`;
    dependencies.add(own);
    const names = (files.readFolder(own) ?? []).filter(({ isFolder }) => isFolder).map(({ name }) => name);
    const found = [own, ...names.map((name) => `${own}/${name}`)].find((one) => hasFolder(one, 'v14', files));
    if (found !== undefined) {
      return `${found}/v14`;
    }
    if (dirname(folder) === folder) {
      return null;
    }
  }
}

function hasFolder(path: FilePath, wanted: string, files: FileSource): boolean {
  return files.readFolder(path)?.some(({ name, isFolder }) => isFolder && name === wanted) ?? false;
}

/** The group of properties of a configuration in a project file. */
export function configurationGroup(text: string, setting: HostingSetting): XmlElement | undefined {
  return groups(text).find((group) => isGroupOf(group, setting));
}

/** Edits that switch the hosting process off in all debug configurations that use it. */
export function switchOffEdits(
  path: FilePath,
  settings: readonly HostingSetting[],
  readText: (path: FilePath) => string | undefined,
): FileEdits[] {
  const text = readText(path);
  if (text === undefined) {
    return [];
  }
  const changes: FileEdits[] = [];
  const inserted = new Set<number>();
  for (const setting of settings.filter(({ isUsed }) => isUsed)) {
    if (setting.declared) {
      changes.push({ path: setting.declared.path, edits: [{ range: setting.declared.range, newText: 'false' }] });
      continue;
    }
    const group =
      configurationGroup(text, setting) ?? groups(text).find((candidate) => !candidate.attribute('Condition'));
    if (!group || group.isSelfClosing || !group.closeTagRange) {
      return [];
    }
    if (!inserted.has(group.index)) {
      inserted.add(group.index);
      changes.push({ path, edits: [insertLast(text, group, group.closeTagRange)] });
    }
  }
  return changes;
}

function insertLast(text: string, group: XmlElement, closeTag: TextRange): TextEdit {
  const last = group.children.at(-1);
  const element = '<UseVSHostingProcess>false</UseVSHostingProcess>';
  if (!last) {
    return { range: { start: closeTag.start, end: closeTag.start }, newText: element };
  }
  const before = text.slice(0, last.range.start);
  const indentation = /(?:^|[\r\n])([ \t]*)$/.exec(before)?.[1];
  const lead = indentation === undefined ? '' : lineEndAt(text, last.range.end) + indentation;
  return { range: { start: last.range.end, end: last.range.end }, newText: `${lead}${element}` };
}

function groups(text: string): XmlElement[] {
  const project = parseXml(text).roots.find(({ localName }) => localName === 'Project');
  return project?.children.filter(({ localName, isClosed }) => localName === 'PropertyGroup' && isClosed) ?? [];
}

/** `'$(Configuration)|$(Platform)' == 'Debug|AnyCPU'`, with any blanks, or the configuration alone. */
function isGroupOf(group: XmlElement, { configuration, platform }: HostingSetting): boolean {
  const condition = group.attribute('Condition')?.value.replace(/\s+/g, '').toLowerCase();
  const pair = `'$(configuration)|$(platform)'=='${configuration}|${platform}'`.replace(/\s+/g, '').toLowerCase();
  const single = `'$(configuration)'=='${configuration}'`.replace(/\s+/g, '').toLowerCase();
  return condition === pair || condition === single;
}

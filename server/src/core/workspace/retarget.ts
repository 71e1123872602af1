import { compareVersions, shortFrameworkName } from '../facts/dotnet-frameworks.ts';
import { formatMoniker, netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { FileEdits, Fix, TextEdit, TextRange } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import { groupEdits, lineEndAt } from '../text/edits.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';
import type { TargetFramework, TargetSite } from './model.ts';

/** What {@link retargetFix} needs to know. */
export interface RetargetRequest {
  readonly site: TargetSite;
  readonly framework: TargetFramework;
  /** The version to go to, without `v`. */
  readonly goal: string;
  readonly bulk: Fix['bulk'];
  readText(path: FilePath): string | undefined;
}

/** The fix that raises one declaration to the goal, or nothing where the place cannot be edited safely. */
export function retargetFix(request: RetargetRequest): Fix[] {
  const { site, framework, goal } = request;
  const text = request.readText(site.path);
  if (!site.isEditable || text === undefined || compareVersions(framework.version, goal) >= 0) {
    return [];
  }
  const changes: FileEdits[] = [{ path: site.path, edits: [siteEdit(text, site, goal)] }];
  for (const { path, range } of site.obsolete) {
    const other = request.readText(path);
    if (other !== undefined) {
      changes.push({ path, edits: [{ range: wholeLine(other, range), newText: '' }] });
    }
  }
  const changesRuntime = compareVersions(framework.version, '4.0') < 0;
  return [
    {
      title: {
        key: changesRuntime ? 'retarget-to-clr-4' : 'retarget',
        template: changesRuntime
          ? 'Retarget to .NET Framework {goal} (runs on CLR 4 instead of CLR 2)'
          : 'Retarget to .NET Framework {goal}',
        values: { goal },
      },
      isPreferred: true,
      bulk: request.bulk,
      changes: groupEdits(changes),
      claims: [{ path: site.path, range: site.list }],
    },
  ];
}

/** The fix that writes a target into a legacy project that has none. */
export function declareTargetFix(
  path: FilePath,
  goal: string,
  readText: (path: FilePath) => string | undefined,
): Fix[] {
  const text = readText(path);
  const project =
    text === undefined ? undefined : parseXml(text).roots.find(({ localName }) => localName === 'Project');
  const edit =
    text !== undefined && project
      ? (fillEmpty(project, goal) ?? insertFirst(text, project, 'TargetFrameworkVersion', `v${goal}`))
      : undefined;
  return edit
    ? [
        {
          title: { key: 'declare', template: 'Declare .NET Framework {goal} as the target', values: { goal } },
          isPreferred: true,
          bulk: 'safe',
          changes: [{ path, edits: [edit] }],
        },
      ]
    : [];
}

/** An empty declaration would override what is written before it: it gets the value itself. */
function fillEmpty(project: XmlElement, goal: string): TextEdit | undefined {
  const empty = groupsOf(project)
    .flatMap(({ children }) => children)
    .find(
      ({ localName, attributes, content, isClosed }) =>
        localName === 'TargetFrameworkVersion' && attributes.length === 0 && isClosed && content.value.trim() === '',
    );
  if (!empty) {
    return undefined;
  }
  return empty.isSelfClosing
    ? { range: empty.range, newText: `<${empty.name}>v${goal}</${empty.name}>` }
    : { range: empty.innerRange, newText: `v${goal}` };
}

/** The edit that writes a property into a project: into its first group of properties, or a group of its own. */
export function insertProperty(text: string, name: string, value: string): TextEdit | undefined {
  const project = parseXml(text).roots.find(({ localName }) => localName === 'Project');
  if (!project || project.isSelfClosing || !project.isClosed) {
    return undefined;
  }
  const property = `<${name}>${value}</${name}>`;
  return (
    insertFirst(text, project, name, value) ?? insertInto(text, project, `<PropertyGroup>${property}</PropertyGroup>`)
  );
}

/** The first place in the first group of properties, with the indentation of what stands there now. */
function insertFirst(text: string, project: XmlElement, name: string, value: string): TextEdit | undefined {
  const group = groupsOf(project).find(({ isSelfClosing }) => !isSelfClosing);
  return group && insertInto(text, group, `<${name}>${value}</${name}>`);
}

function insertInto(text: string, parent: XmlElement, element: string): TextEdit {
  const at = parent.openTagRange.end;
  const first = parent.children[0];
  const indentation = first ? text.slice(at, first.range.start) : lineEndAt(text, at);
  const lead = /^\s*$/.test(indentation) ? indentation : lineEndAt(text, at);
  return { range: { start: at, end: at }, newText: `${lead}${element}` };
}

/** Groups of properties without a condition. */
function groupsOf(project: XmlElement): XmlElement[] {
  return project.children.filter(
    ({ localName, attributes, isClosed }) =>
      localName === 'PropertyGroup' && isClosed && !attributes.some(({ name }) => name === 'Condition'),
  );
}

/** The edit of the deciding text. A token that the list has already is removed rather than written twice. */
export function siteEdit(text: string, site: TargetSite, goal: string): TextEdit {
  const { range, form } = site;
  if (form === 'version') {
    return { range, newText: `v${goal}` };
  }
  if (form === 'moniker') {
    return { range, newText: raisedMoniker(text.slice(range.start, range.end), goal) };
  }
  const others = form === 'token' ? otherTokens(text, site) : [];
  const hasGoal = others.some((token) => isFramework(token, goal));
  return hasGoal
    ? { range: tokenWithSeparator(text, site), newText: '' }
    : { range, newText: shortFrameworkName(goal) };
}

/** The moniker as it is written (a solution escapes `=` as `%3D`) with another version and without a profile. */
export function raisedMoniker(written: string, goal: string): string {
  const version = /(Version\s*(?:=|%3D)\s*v?)\d+(?:\.\d+)*/i;
  return version.test(written)
    ? written.replace(version, `$1${goal}`).replace(/\s*(?:,|%2C)\s*Profile\s*(?:=|%3D)[^,]*$/i, '')
    : formatMoniker({ identifier: netFramework, version: goal, profile: '' });
}

/** A range and, when nothing else stands on its lines, the whole lines with their end. */
export function wholeLine(text: string, range: TextRange): TextRange {
  let start = range.start;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) {
    start--;
  }
  const isFirst = start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r';
  const rest = /[ \t]*(\r\n|\n|\r|$)/y;
  rest.lastIndex = range.end;
  return isFirst && rest.test(text) ? { start, end: rest.lastIndex } : range;
}

function otherTokens(text: string, { range, list }: TargetSite): string[] {
  return [...text.slice(list.start, range.start).split(';'), ...text.slice(range.end, list.end).split(';')]
    .map((token) => token.trim())
    .filter((token) => token !== '');
}

function isFramework(token: string, version: string): boolean {
  const name = parseFrameworkName(token);
  return name?.identifier === netFramework && name.profile === '' && compareVersions(name.version, version) === 0;
}

/** The token with the separator and the blanks that belong to it, so that the rest of the list keeps its shape. */
function tokenWithSeparator(text: string, { range, list }: TargetSite): TextRange {
  const behind = /\s*;\s*/y;
  behind.lastIndex = range.end;
  const following = behind.exec(text);
  if (following && behind.lastIndex < list.end) {
    return { start: range.start, end: behind.lastIndex };
  }
  const before = text.slice(list.start, range.start);
  const separator = before.lastIndexOf(';');
  const end = following ? range.end + following[0].indexOf(';') + 1 : range.end;
  return separator < 0
    ? { start: range.start, end }
    : { start: list.start + separator, end: following ? end - 1 : end };
}

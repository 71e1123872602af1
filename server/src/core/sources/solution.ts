import type { TextRange } from '../model/finding.ts';
import { dirname, type FilePath, resolvePath } from '../model/path.ts';
import { parseXml } from '../xml/index.ts';

/** What a solution file says, with the places of what rules point at. */
export interface Solution {
  readonly path: FilePath;
  /** Major version of the Visual Studio that saved it last (14 is 2015), null where it does not say. */
  readonly visualStudio: { readonly major: number; readonly range: TextRange } | null;
  readonly projects: readonly SolutionProject[];
  /** For a filter: the solution that it filters. */
  readonly filterOf: FilePath | null;
}

/** One project of a solution. */
export interface SolutionProject {
  readonly name: string;
  /** The project file, or the folder of a web site. */
  readonly path: FilePath;
  readonly kind: 'project' | 'web-site';
  /** Project type in upper case with braces, empty where the format has none. */
  readonly typeGuid: string;
  readonly range: TextRange;
  /** `TargetFrameworkMoniker` of a web site as written (escapes decoded), with the range of the text. */
  readonly webSiteMoniker: { readonly value: string; readonly range: TextRange } | null;
}

/** Reads `.sln`, `.slnx` or `.slnf` by the extension. Never throws; what cannot be read is left out. */
export function readSolution(path: FilePath, text: string): Solution {
  const lower = path.toLowerCase();
  if (lower.endsWith('.slnx')) {
    return readSlnx(path, text);
  }
  return lower.endsWith('.slnf') ? readSlnf(path, text) : readSln(path, text);
}

/**
 * Project types of https://github.com/dotnet/msbuild (src/Build/Construction/Solution/ProjectInSolution.cs) that are
 * no files to build: folders, and web sites, whose path is a folder.
 */
const solutionFolder = '{2150E333-8FDC-42A3-9474-1A3956D46DE8}';
const webSite = '{E24C65DC-7377-472B-9ABA-BC803B73C61A}';

function readSln(path: FilePath, text: string): Solution {
  const projects: SolutionProject[] = [];
  const line =
    /^[ \t]*Project\("(\{[0-9A-Fa-f-]+\})"\)[ \t]*=[ \t]*"([^"\r\n]*)"[ \t]*,[ \t]*"([^"\r\n]*)"[ \t]*,[ \t]*"([^"\r\n]*)"/gm;
  for (let match = line.exec(text); match; match = line.exec(text)) {
    const [whole, guid = '', name = '', file = ''] = match;
    const typeGuid = guid.toUpperCase();
    if (typeGuid === solutionFolder) {
      continue;
    }
    const sectionEnd = endOfProject(text, line.lastIndex);
    const isWebSite = typeGuid === webSite;
    if (isWebSite && /^[a-z]+:\/\//i.test(file)) {
      // A web site that is opened over HTTP has no folder here.
      continue;
    }
    const start = match.index + whole.search(/\S/);
    projects.push({
      name,
      path: resolvePath(dirname(path), file),
      kind: isWebSite ? 'web-site' : 'project',
      typeGuid,
      range: { start, end: line.lastIndex },
      webSiteMoniker: isWebSite ? findMoniker(text, line.lastIndex, sectionEnd) : null,
    });
  }
  return { path, visualStudio: findVisualStudio(text), projects, filterOf: null };
}

function endOfProject(text: string, from: number): number {
  const end = /^[ \t]*EndProject\b/gm;
  end.lastIndex = from;
  return end.exec(text)?.index ?? text.length;
}

function findMoniker(text: string, from: number, to: number): SolutionProject['webSiteMoniker'] {
  const match = /TargetFrameworkMoniker[ \t]*=[ \t]*"([^"\r\n]*)"/.exec(text.slice(from, to));
  if (match?.[1] === undefined) {
    return null;
  }
  const start = from + match.index + match[0].length - match[1].length - 1;
  return { value: unescapePercent(match[1]), range: { start, end: start + match[1].length } };
}

/** MSBuild's escapes: `%3D` is `=`. */
function unescapePercent(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/**
 * The Visual Studio that saved the file: `VisualStudioVersion`, else the comment of the header. The comment holds the
 * product's internal number from 2015 on ("14" is 2015, "15" is 2017) and the year before that.
 * Source: https://learn.microsoft.com/visualstudio/extensibility/internals/solution-dot-sln-file
 */
function findVisualStudio(text: string): Solution['visualStudio'] {
  const head = text.slice(0, 2000);
  const version = /^VisualStudioVersion[ \t]*=[ \t]*(\d+)[.\d]*/m.exec(head);
  if (version?.[1]) {
    return { major: Number(version[1]), range: { start: version.index, end: version.index + version[0].length } };
  }
  const comment = /^#[ \t]*Visual Studio(?:[ \t]+Version)?[ \t]+(\d+)/m.exec(head);
  if (!comment?.[1]) {
    return null;
  }
  const years: Readonly<Record<string, number>> = { '2005': 8, '2008': 9, '2010': 10, '2012': 11, '2013': 12 };
  return {
    major: years[comment[1]] ?? Number(comment[1]),
    range: { start: comment.index, end: comment.index + comment[0].length },
  };
}

function readSlnx(path: FilePath, text: string): Solution {
  const projects: SolutionProject[] = [];
  for (const element of parseXml(text).elements()) {
    const file = element.localName === 'Project' ? element.attribute('Path', true) : undefined;
    if (!file?.valueRange || file.value === '') {
      continue;
    }
    const type = element.attribute('Type', true)?.value ?? '';
    const isWebSite = type.toUpperCase() === webSite || /^website$/i.test(type);
    projects.push({
      name: file.value,
      path: resolvePath(dirname(path), file.value),
      kind: isWebSite ? 'web-site' : 'project',
      typeGuid: type.toUpperCase(),
      range: file.valueRange,
      webSiteMoniker: null,
    });
  }
  return { path, visualStudio: null, projects, filterOf: null };
}

function readSlnf(path: FilePath, text: string): Solution {
  const solution = stringAfter(text, 'path', 0);
  const filterOf = solution === undefined ? null : resolvePath(dirname(path), solution.value);
  const base = filterOf === null ? dirname(path) : dirname(filterOf);
  const projects: SolutionProject[] = [];
  const listStart = /"projects"\s*:\s*\[/.exec(text);
  if (listStart) {
    const from = listStart.index + listStart[0].length;
    const end = text.indexOf(']', from);
    const list = text.slice(from, end < 0 ? text.length : end);
    for (const match of list.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
      const value = unescapeJson(match[1] ?? '');
      const start = from + match.index + 1;
      projects.push({
        name: value,
        path: resolvePath(base, value),
        kind: 'project',
        typeGuid: '',
        range: { start, end: start + (match[1] ?? '').length },
        webSiteMoniker: null,
      });
    }
  }
  return { path, visualStudio: null, projects, filterOf };
}

function stringAfter(text: string, key: string, from: number): { value: string } | undefined {
  const match = new RegExp(`"${key}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(text.slice(from));
  return match?.[1] === undefined ? undefined : { value: unescapeJson(match[1]) };
}

function unescapeJson(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    // A half-typed escape; the raw text is the best there is.
    return text;
  }
}

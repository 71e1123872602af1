import { versionParts } from '../facts/dotnet-frameworks.ts';
import type { Location } from '../model/finding.ts';
import { dirname, type FilePath, resolvePath } from '../model/path.ts';
import { findSections, isForWholeApplication } from '../sources/config-file.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';
import { isForClr2, isInsideOtherSite } from './config-owner.ts';
import type { ProjectModel, WorkspaceModel } from './model.ts';
import { folderOf, foldersAbove } from './workspace-model.ts';

/** The framework that ASP.NET runs a site like, with the place that says so. */
export interface SiteTarget {
  /** Without `v`; 4.0 where the configuration says nothing. */
  readonly version: string;
  readonly isDeclared: boolean;
  readonly at: Location;
}

/** Spellings of the file's name, for disks that tell letter cases apart. */
const names = ['Web.config', 'web.config', 'Web.Config', 'WEB.CONFIG'];

/** Nobody can say what a site runs like: there is no configuration, or its value is filled in by something else. */
export interface OpenSiteTarget {
  readonly reason: 'no-file' | 'no-version';
  readonly at: Location | null;
}

/**
 * What the configuration of a web application or web site says; undefined for every other project, for a site without
 * the file, and for values that are no version.
 */
export function siteTarget(project: ProjectModel, workspace: WorkspaceModel): SiteTarget | undefined {
  const reading = readSite(project, workspace);
  return reading && 'version' in reading ? reading : undefined;
}

/** The same, and why it cannot be told where that is the case; undefined for projects that are no such sites. */
export function readSite(project: ProjectModel, workspace: WorkspaceModel): SiteTarget | OpenSiteTarget | undefined {
  if (project.role.role !== 'web' || project.isSdkStyle || isForClr2(project)) {
    return undefined;
  }
  const config = siteConfig(project, workspace);
  const isInside = isInsideOtherSite(folderOf(project), workspace);
  if (!config) {
    return isInside ? undefined : { reason: 'no-file', at: null };
  }
  const target = readTarget(config.path, config.text, workspace.readText);
  const isOwn = 'version' in target && target.isDeclared;
  return isOwn || !isInside ? target : undefined;
}

/** The `web.config` in the folder of a project; undefined where there is none. */
export function siteConfig(
  project: ProjectModel,
  workspace: WorkspaceModel,
): { readonly path: FilePath; readonly text: string } | undefined {
  return configIn(folderOf(project), workspace);
}

/** True for a folder below one that has a `web.config`: a part of that site, as far as anybody knows. */
export function isBelowSiteConfig(folder: FilePath, workspace: WorkspaceModel): boolean {
  return [...foldersAbove(folder)].some((above) => configIn(above, workspace) !== undefined);
}

function configIn(
  folder: FilePath,
  workspace: WorkspaceModel,
): { readonly path: FilePath; readonly text: string } | undefined {
  for (const name of names) {
    const path = `${folder}/${name}`;
    const text = workspace.readText(path);
    if (text !== undefined) {
      return { path, text };
    }
  }
  return undefined;
}

/** What one configuration says of the site in whose folder it stands. */
export function readSiteFile(path: FilePath, text: string, readText: ReadText): SiteTarget | OpenSiteTarget {
  return readTarget(path, text, readText);
}

type ReadText = (path: FilePath) => string | undefined;

function readTarget(path: FilePath, text: string, readText: ReadText): SiteTarget | OpenSiteTarget {
  const document = parseXml(text);
  const elements = findSections(document, 'system.web', 'httpRuntime').filter(isForWholeApplication);
  const declared = elements.map((element) => declaredTarget(path, element, readText)).find(Boolean);
  if (declared) {
    return declared;
  }
  const root = document.roots.find(({ localName }) => localName === 'configuration');
  const place = elements[0] ?? root;
  if (!place) {
    return { reason: 'no-version', at: { path, range: { start: 0, end: 0 } } };
  }
  const range = { start: place.range.start, end: place.nameRange.end };
  return { version: '4.0', isDeclared: false, at: { path, range } };
}

/** What one element says, itself or through the file that it names. */
function declaredTarget(
  path: FilePath,
  element: XmlElement,
  readText: ReadText,
): SiteTarget | OpenSiteTarget | undefined {
  const source = element.attribute('configSource')?.value.trim();
  if (source) {
    const other = resolvePath(dirname(path), source);
    const text = readText(other);
    const root = text === undefined ? undefined : parseXml(text).root;
    return text === undefined
      ? { reason: 'no-version', at: { path, range: element.nameRange } }
      : root && attributeTarget(other, root);
  }
  return attributeTarget(path, element);
}

function attributeTarget(path: FilePath, element: XmlElement): SiteTarget | OpenSiteTarget | undefined {
  const attribute = element.attribute('targetFramework');
  if (!attribute?.valueRange || attribute.value === '') {
    return undefined;
  }
  const at = { path, range: attribute.valueRange };
  const version = versionParts(attribute.value)?.join('.');
  return version === undefined ? { reason: 'no-version', at } : { version, isDeclared: true, at };
}

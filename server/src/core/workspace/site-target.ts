import { versionParts } from '../facts/dotnet-frameworks.ts';
import type { Location } from '../model/finding.ts';
import { findSections, isForWholeApplication } from '../sources/config-file.ts';
import { parseXml } from '../xml/index.ts';
import { isForClr2, isInsideOtherSite } from './config-owner.ts';
import type { ProjectModel, WorkspaceModel } from './model.ts';
import { folderOf } from './workspace-model.ts';

/** The framework that ASP.NET runs a site like, with the place that says so. */
export interface SiteTarget {
  /** Without `v`; 4.0 where the configuration says nothing. */
  readonly version: string;
  readonly isDeclared: boolean;
  readonly at: Location;
}

/** Spellings of the file's name, for disks that tell letter cases apart. */
const names = ['Web.config', 'web.config', 'Web.Config', 'WEB.CONFIG'];

/**
 * What the configuration of a web application or web site says; undefined for every other project, for a site without
 * the file, and for values that are no version or stand in another file.
 */
export function siteTarget(project: ProjectModel, workspace: WorkspaceModel): SiteTarget | undefined {
  if (project.role.role !== 'web' || project.isSdkStyle || isForClr2(project)) {
    return undefined;
  }
  for (const name of names) {
    const path = `${folderOf(project)}/${name}`;
    const text = workspace.readText(path);
    if (text !== undefined) {
      const target = readTarget(path, text);
      return target?.isDeclared || !isInsideOtherSite(folderOf(project), workspace) ? target : undefined;
    }
  }
  return undefined;
}

function readTarget(path: string, text: string): SiteTarget | undefined {
  const document = parseXml(text);
  const elements = findSections(document, 'system.web', 'httpRuntime').filter(isForWholeApplication);
  const attribute = elements
    .map((element) => element.attribute('targetFramework'))
    .find((candidate) => candidate?.value);
  if (attribute?.valueRange) {
    const version = versionParts(attribute.value)?.join('.');
    return version === undefined ? undefined : { version, isDeclared: true, at: { path, range: attribute.valueRange } };
  }
  const root = document.roots.find(({ localName }) => localName === 'configuration');
  if (!root || elements.some((element) => element.attribute('configSource'))) {
    return undefined;
  }
  const place = elements[0] ?? root;
  const range = { start: place.range.start, end: place.nameRange.end };
  return { version: '4.0', isDeclared: false, at: { path, range } };
}

import { clientProducts, clientProductsPage } from '../facts/client-products.ts';
import {
  compareVersions,
  defaultProtocols,
  findRelease,
  requiredVersion,
  requirementDocumentation,
  tlsDocumentation,
} from '../facts/dotnet-frameworks.ts';
import { netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { Location, TextRange } from '../model/finding.ts';
import { dirname, type FilePath, relativePath } from '../model/path.ts';
import type { Declaration } from '../msbuild/index.ts';
import { declaredTargets } from '../sources/declared-targets.ts';
import { LineIndex } from '../text/lines.ts';
import type { ProcessVerdict } from '../verdict/process-verdict.ts';
import type { ProjectModel, TargetFramework, WorkspaceModel } from '../workspace/model.ts';
import { parseXml } from '../xml/index.ts';
import { type PlaceText, processHoverAt } from './process-hover.ts';
import { evaluationFor, propertyAt } from './property-at.ts';

/** What to show about a place. */
export interface HoverText {
  readonly markdown: string;
  readonly range: TextRange;
}

/**
 * What a target framework under an offset offers by default, until when it is supported, and who has it from there; and
 * the verdict of the processes that rest on this place, with the chain that leads there.
 */
export function hoverAt(
  path: FilePath,
  offset: number,
  workspace: WorkspaceModel,
  processes: readonly ProcessVerdict[] = [],
  placeText: PlaceText = (at) => placeWords(path, at, workspace),
): HoverText | undefined {
  const value = valueHover(path, offset, workspace);
  const process = processHoverAt(path, offset, processes, placeText);
  return value && process
    ? { markdown: `${value.markdown}\n\n---\n\n${process.markdown}`, range: value.range }
    : (value ?? process);
}

/** `../App/App.config:7`. */
function placeWords(path: FilePath, at: Location, workspace: WorkspaceModel): string {
  const line = new LineIndex(workspace.readText(at.path) ?? '').positionAt(at.range.start).line + 1;
  return `\`${relativePath(dirname(path), at.path)}:${line}\``;
}

function valueHover(path: FilePath, offset: number, workspace: WorkspaceModel): HoverText | undefined {
  const affected: ProjectModel[] = [];
  let found: { framework: TargetFramework; range: TextRange } | undefined;
  for (const project of workspace.projectsThatRead(path)) {
    for (const { site, framework } of project.targets) {
      if (site?.path === path && contains(site.range, offset) && framework.known) {
        found = { framework: framework.value, range: site.range };
        affected.push(project);
      }
    }
  }
  const target = found ?? declaredAt(path, offset, workspace);
  return target
    ? { markdown: describeTarget(target.framework, [...new Set(affected)], path), range: target.range }
    : propertyHover(path, offset, workspace);
}

/** The value of a property under an offset, where it comes from, and what it overrides. */
function propertyHover(path: FilePath, offset: number, workspace: WorkspaceModel): HoverText | undefined {
  const text = workspace.readText(path);
  const property = text === undefined ? undefined : propertyAt(parseXml(text), offset);
  const result = property && evaluationFor(path, workspace)?.property(property.name);
  if (!property || !result || (result.origin === 'none' && result.declarations.length === 0)) {
    return undefined;
  }
  const place = (declaration: Declaration) =>
    `${relativePath(dirname(path), declaration.path)}:${lineOf(declaration, workspace)}`;
  const value = result.value.known
    ? `\`${result.value.value === '' ? '(empty)' : result.value.value}\``
    : `unknown: ${result.value.reasons.join('; ')}`;
  const lines = [`**$(${result.name})** = ${value}`];
  if (result.decider) {
    lines.push(`Written in ${place(result.decider)}.`);
  } else if (result.origin !== 'none') {
    lines.push(origins[result.origin] ?? '');
  }
  const overridden = result.declarations.filter(
    (declaration) => declaration.conditionOutcome === true && !declaration.isEffective,
  );
  if (overridden.length > 0) {
    lines.push(
      `Overrides ${overridden.map((declaration) => `\`${declaration.text}\` (${place(declaration)})`).join(', ')}.`,
    );
  }
  const skipped = result.declarations.filter(({ conditionOutcome }) => conditionOutcome === false);
  if (skipped.length > 0) {
    lines.push(
      `Not taken, because a condition is false: ${skipped.map((declaration) => `\`${declaration.text}\` (${place(declaration)})`).join(', ')}.`,
    );
  }
  return { markdown: lines.filter(Boolean).join('\n\n'), range: property.range };
}

const origins: Readonly<Record<string, string>> = {
  default: 'A default of MSBuild: no file of the project writes it.',
  global: 'Given from outside, as by a command line or a solution.',
  environment: 'From the environment.',
  'unknown-import': 'Perhaps written by an import that could not be followed.',
};

function lineOf(declaration: Declaration, workspace: WorkspaceModel): number {
  return new LineIndex(workspace.readText(declaration.path) ?? '').positionAt(declaration.nameRange.start).line + 1;
}

function declaredAt(path: FilePath, offset: number, workspace: WorkspaceModel) {
  const text = workspace.readText(path);
  const declared =
    text === undefined ? undefined : declaredTargets(parseXml(text)).find(({ range }) => contains(range, offset));
  if (!declared) {
    return undefined;
  }
  const name =
    declared.property === 'TargetFrameworkVersion' ? versionOnly(declared.text) : parseFrameworkName(declared.text);
  return name && { framework: { ...name, moniker: declared.text }, range: declared.range };
}

function versionOnly(text: string) {
  const release = findRelease(text);
  return release && { identifier: netFramework, version: release.version, profile: '' };
}

function describeTarget(framework: TargetFramework, projects: readonly ProjectModel[], path: FilePath): string {
  const lines =
    framework.identifier === netFramework
      ? describeNetFramework(framework)
      : [`**${framework.moniker}**`, 'The system decides which TLS versions are offered; nothing to change here.'];
  lines.push(...describeHost(projects));
  const others = projects
    .filter((project) => project.path !== path)
    .map((project) => project.path.slice(project.path.lastIndexOf('/') + 1));
  if (others.length > 0) {
    const shown = others.slice(0, 8).map((name) => `\`${name}\``);
    lines.push(
      `Decides the target of ${shown.join(', ')}${others.length > 8 ? ` and ${others.length - 8} more` : ''}.`,
    );
  }
  return lines.join('\n\n');
}

/** Hosted controls do not decide about TLS: which version of their host does, stands in the table of products. */
function describeHost(projects: readonly ProjectModel[]): string[] {
  if (!projects.some(({ role }) => role.role === 'usd-control')) {
    return [];
  }
  const rows = clientProducts.filter(({ id }) => id.startsWith('unified-service-desk'));
  return [
    'Loaded by **Unified Service Desk**, which decides about TLS:',
    rows.map(({ name, requirement, source }) => `- ${name}: ${requirement} ([source](${source}))`).join('\n'),
    `[Client products](${clientProductsPage})`,
  ];
}

const offers = {
  obsolete: 'Offers **SSL 3.0 and TLS 1.0** by default. Dynamics 365 and Dataverse online refuse both.',
  'up-to-1.2': 'Offers **TLS 1.0, 1.1 and 1.2** by default.',
  system:
    'Offers **what Windows offers**: TLS 1.2 from Windows 8 and Server 2012 on, TLS 1.3 from Windows 11 and Server 2022 on. On Windows 7 and Server 2008 R2 that is TLS 1.0.',
} as const;

function describeNetFramework(framework: TargetFramework): string[] {
  const release = findRelease(framework.version);
  const profile = framework.profile === '' ? '' : ` ${framework.profile} Profile`;
  const lines = [`**.NET Framework ${framework.version}${profile}**`, offers[defaultProtocols(framework.version)]];
  if (release?.supportEnds === 'os') {
    lines.push('Supported as a part of Windows only.');
  } else if (release) {
    lines.push(
      release.supportEnds === null ? 'No end of support is announced.' : `Supported until ${release.supportEnds}.`,
    );
  }
  const needs =
    compareVersions(framework.version, requiredVersion) < 0 ? ` · [The requirement](${requirementDocumentation})` : '';
  lines.push(`[TLS defaults by target](${tlsDocumentation})${needs}`);
  return lines;
}

function contains(range: TextRange, offset: number): boolean {
  return offset >= range.start && offset <= range.end;
}

import { compareVersions, defaultProtocols, findRelease, requiredVersion } from '../facts/dotnet-frameworks.ts';
import { formatMoniker, netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { Fix, RelatedLocation, Severity } from '../model/finding.ts';
import { type DeclaredTarget, declaredTargets } from '../sources/declared-targets.ts';
import type { ProjectModel, ProjectTarget, TargetFramework } from '../workspace/model.ts';
import { retargetFix } from '../workspace/retarget.ts';
import { type Standing, standingOf } from '../workspace/standing.ts';
import { parseXml } from '../xml/index.ts';
import { defineRule, type RuleContext } from './rule.ts';

/** Projects that target a .NET Framework below the minimum of Dynamics 365 and Dataverse online. */
export const rule = defineRule({
  id: 'target-framework-too-old',
  title: 'The target framework is below the minimum for TLS 1.2 connections',
  severity: 'error',
  appliesTo: ['project', 'msbuild-file'],
  isFixable: true,
  messages: {
    obsolete:
      '{framework} offers only SSL 3.0 and TLS 1.0 by default, and Dynamics 365 and Dataverse online refuse both{where}. Target .NET Framework 4.6.2 or later.',
    unsupported:
      '{framework} is below 4.6.2, the documented minimum for Dynamics 365 and Dataverse online, and out of support since 2022-04-26{where}.',
    declared:
      '{framework} is declared here, and no project of this workspace reads this file. A program with this target offers only SSL 3.0 and TLS 1.0 by default, and Dynamics 365 and Dataverse online refuse both.',
    'declared-unsupported':
      '{framework} is declared here, and no project of this workspace reads this file. It is below 4.6.2, the documented minimum for Dynamics 365 and Dataverse online.',
    'program-with-plug-ins':
      '{framework} offers only SSL 3.0 and TLS 1.0 by default, and Dynamics 365 and Dataverse online refuse both{where}. The project contains plug-in classes and is a program: it is judged as the program. The setting `dynamicsTls.roles` overrides that.',
    'library-without-program':
      'This library targets {framework}{where}. The program that loads it decides which TLS versions are offered, and no program of this workspace does.',
    'library-of-programs':
      'This library targets {framework}{where}. The programs that load it decide which TLS versions are offered: {programs}.',
    'library-of-plug-ins':
      'This library targets {framework}{where} and is loaded by plug-ins only: {programs}. It keeps the target that they need.',
    test: 'This test project targets {framework}{where}. The test runner decides which TLS versions the tests offer, not this project.',
    hosted:
      'This project targets {framework}{where} and is loaded by {host}, which decides which TLS versions are offered.',
    affected: 'Affected: {project}',
    program: 'Loaded by {project}',
  },
  check(context) {
    if (context.project) {
      checkProject(context, context.project);
    } else if (context.file) {
      checkFile(context, context.file);
    }
  },
});

function checkProject(context: RuleContext, project: ProjectModel): void {
  const standing = standingOf(project, context.workspace);
  if (standing.kind === 'plug-in') {
    // Judged by the policy for plug-ins, in a rule of its own.
    return;
  }
  for (const target of project.targets) {
    if (target.framework.known && target.declared !== null && isTooOld(target.framework.value)) {
      reportTarget(context, project, target, target.framework.value, standing);
    }
  }
}

function reportTarget(
  context: RuleContext,
  project: ProjectModel,
  target: ProjectTarget,
  framework: TargetFramework,
  standing: Standing,
): void {
  const judgement = judgeTarget(project, framework, standing);
  context.report({
    at: target.site ?? project.head,
    severity: judgement.severity,
    message: judgement.message,
    values: {
      framework: displayName(framework),
      where: target.configurations.length > 0 ? ` (${target.configurations.join(', ')})` : '',
      ...judgement.values,
    },
    related: judgement.related,
    fixes: target.site ? fixesFor(context, target, framework, standing) : [],
  });
}

/** True for .NET Framework below the required version; every other platform is not ours to judge. */
export function isTooOld(framework: TargetFramework): boolean {
  return framework.identifier === netFramework && compareVersions(framework.version, requiredVersion) < 0;
}

/** Severity and wording by what decides about TLS in the process that runs the project. */
export function judgeTarget(
  project: ProjectModel,
  framework: TargetFramework,
  standing: Standing,
): { severity: Severity; message: string; values: Record<string, string>; related: RelatedLocation[] } {
  const isObsolete = defaultProtocols(framework.version) === 'obsolete';
  switch (standing.kind) {
    case 'program': {
      const message = !isObsolete ? 'unsupported' : project.role.alsoPartly ? 'program-with-plug-ins' : 'obsolete';
      return { severity: isObsolete ? 'error' : 'warning', message, values: {}, related: [] };
    }
    case 'library-of-programs':
      return {
        severity: 'information',
        message: standing.kind,
        values: { programs: nameList(standing.programs) },
        related: standing.programs.map((program) => relatedProject('program', 'Loaded by {project}', program)),
      };
    case 'library-of-plug-ins':
      return {
        severity: 'information',
        message: standing.kind,
        values: { programs: nameList(standing.plugIns) },
        related: [],
      };
    case 'library-without-program':
      return { severity: 'warning', message: standing.kind, values: {}, related: [] };
    case 'hosted':
      return { severity: 'information', message: 'hosted', values: { host: standing.host }, related: [] };
    default:
      return { severity: 'information', message: 'test', values: {}, related: [] };
  }
}

/** A file that no project reads is judged by what it declares. */
function checkFile(context: RuleContext, file: { path: string; text: string }): void {
  for (const declared of declaredTargets(parseXml(file.text))) {
    const framework = readDeclared(declared);
    if (!framework || !isTooOld(framework)) {
      continue;
    }
    const isObsolete = defaultProtocols(framework.version) === 'obsolete';
    const form =
      declared.property === 'TargetFrameworkVersion'
        ? 'version'
        : declared.property === 'TargetFramework'
          ? 'name'
          : 'token';
    context.report({
      at: { path: file.path, range: declared.range },
      severity: isObsolete ? 'error' : 'warning',
      message: isObsolete ? 'declared' : 'declared-unsupported',
      values: { framework: displayName(framework) },
      fixes: retargetFix({
        site: { path: file.path, range: declared.range, form, list: declared.list, obsolete: [], isEditable: true },
        framework,
        goal: context.settings.targetFramework,
        bulk: 'safe',
        readText: context.workspace.readText,
      }),
    });
  }
}

function readDeclared(declared: DeclaredTarget): TargetFramework | undefined {
  if (declared.property !== 'TargetFrameworkVersion') {
    const name = parseFrameworkName(declared.text);
    return name && { ...name, moniker: formatMoniker(name) };
  }
  const release = findRelease(declared.text);
  const framework = release && { identifier: netFramework, version: release.version, profile: '' };
  return framework && { ...framework, moniker: formatMoniker(framework) };
}

function fixesFor(context: RuleContext, target: ProjectTarget, framework: TargetFramework, standing: Standing): Fix[] {
  if (!target.site || standing.kind === 'library-of-plug-ins') {
    return [];
  }
  return retargetFix({
    site: target.site,
    framework,
    goal: context.settings.targetFramework,
    bulk: 'safe',
    readText: context.workspace.readText,
  });
}

function displayName(framework: TargetFramework): string {
  const profile = framework.profile === '' ? '' : ` ${framework.profile} Profile`;
  return `.NET Framework ${framework.version}${profile}`;
}

function nameList(projects: readonly ProjectModel[]): string {
  const names = projects.map((project) => project.path.slice(project.path.lastIndexOf('/') + 1));
  return names.length > 5 ? `${names.slice(0, 5).join(', ')}, … (${names.length})` : names.join(', ');
}

function relatedProject(key: string, template: string, project: ProjectModel): RelatedLocation {
  const name = project.path.slice(project.path.lastIndexOf('/') + 1);
  return { ...project.head, message: { key, template, values: { project: name } } };
}

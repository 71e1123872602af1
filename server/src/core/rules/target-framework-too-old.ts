import { defaultProtocols, findRelease } from '../facts/dotnet-frameworks.ts';
import { formatMoniker, netFramework, parseFrameworkName } from '../facts/nuget-frameworks.ts';
import type { Fix } from '../model/finding.ts';
import { type DeclaredTarget, declaredTargets } from '../sources/declared-targets.ts';
import { weakenTarget } from '../verdict/weakened.ts';
import {
  displayConfigurations,
  displayName,
  isTooOld,
  judgeTarget,
  targetMessages,
} from '../workspace/judge-target.ts';
import type { ProjectModel, TargetFramework, TargetSite, WorkspaceModel } from '../workspace/model.ts';
import { onPremisesServer } from '../workspace/on-premises.ts';
import { retargetFix } from '../workspace/retarget.ts';
import { type Standing, standingOf } from '../workspace/standing.ts';
import { switchFix } from '../workspace/switch-fix.ts';
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
    ...targetMessages,
    declared:
      '{framework} is declared here, and no project of this workspace reads this file. A program with this target offers only SSL 3.0 and TLS 1.0 by default, and Dynamics 365 and Dataverse online refuse both.',
    'declared-unsupported':
      '{framework} is declared here, and no project of this workspace reads this file. It is below 4.6.2, the documented minimum for Dynamics 365 and Dataverse online.',
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
  const processes = context.workspace.processesOf(project.path);
  for (const [index, { framework, declared, site, configurations }] of project.targets.entries()) {
    if (!framework.known || declared === null || !isTooOld(framework.value)) {
      continue;
    }
    const ownServer = standing.kind === 'program' ? onPremisesServer(project, context.workspace) : undefined;
    const alone = judgeTarget(project, framework.value, standing, context.settings, ownServer);
    if (alone) {
      const at = site ?? project.head;
      const judgement = weakenTarget(alone, processes[index], at);
      context.report({
        at,
        severity: judgement.severity,
        message: judgement.message,
        values: {
          framework: displayName(framework.value),
          where: displayConfigurations(configurations),
          ...judgement.values,
        },
        related: judgement.related,
        fixes: site && !ownServer ? fixesFor(context, project, site, framework.value, standing) : [],
      });
    }
  }
}

/** Plug-ins and what only they load keep their target; a place that they share with others is a person's decision. */
function fixesFor(
  context: RuleContext,
  project: ProjectModel,
  site: TargetSite,
  framework: TargetFramework,
  standing: Standing,
): Fix[] {
  if (standing.kind === 'plug-in' || standing.kind === 'library-of-plug-ins') {
    return [];
  }
  const { readText } = context.workspace;
  return [
    ...retargetFix({
      site,
      framework,
      goal: context.settings.targetFramework,
      bulk: isSharedWithPlugIns(context.workspace, project, site) ? 'confirm' : 'safe',
      readText,
    }),
    ...(standing.kind === 'program' ? switchFix(project, framework, readText) : []),
  ];
}

function isSharedWithPlugIns(workspace: WorkspaceModel, project: ProjectModel, site: TargetSite): boolean {
  return site.path !== project.path && workspace.isTargetOfPlugIn(site.path, site.range.start);
}

/** A file that no project reads is judged by what it declares. */
function checkFile(context: RuleContext, file: { path: string; text: string }): void {
  for (const declared of declaredTargets(parseXml(file.text))) {
    const framework = readDeclared(declared);
    if (!framework || !isTooOld(framework)) {
      continue;
    }
    const isObsolete = defaultProtocols(framework.version) === 'obsolete';
    context.report({
      at: { path: file.path, range: declared.range },
      severity: isObsolete ? 'error' : 'warning',
      message: isObsolete ? 'declared' : 'declared-unsupported',
      values: { framework: displayName(framework) },
      fixes: retargetFix({
        site: {
          path: file.path,
          range: declared.range,
          form: forms[declared.property],
          list: declared.list,
          obsolete: [],
          isEditable: true,
        },
        framework,
        goal: context.settings.targetFramework,
        bulk: 'safe',
        readText: context.workspace.readText,
      }),
    });
  }
}

const forms: Readonly<Record<DeclaredTarget['property'], TargetSite['form']>> = {
  TargetFrameworkVersion: 'version',
  TargetFramework: 'name',
  TargetFrameworks: 'token',
};

function readDeclared(declared: DeclaredTarget): TargetFramework | undefined {
  if (declared.property !== 'TargetFrameworkVersion') {
    const name = parseFrameworkName(declared.text);
    return name && { ...name, moniker: formatMoniker(name) };
  }
  const release = findRelease(declared.text);
  const framework = release && { identifier: netFramework, version: release.version, profile: '' };
  return framework && { ...framework, moniker: formatMoniker(framework) };
}

import { compareVersions, defaultProtocols, requiredVersion } from '../facts/dotnet-frameworks.ts';
import type { Fix, Location } from '../model/finding.ts';
import { dirname, resolvePath } from '../model/path.ts';
import {
  configKind,
  findSections,
  isForWholeApplication,
  isPlaceholder,
  isTransform,
  transformEffect,
} from '../sources/config-file.ts';
import { weakened } from '../verdict/weakened.ts';
import { configOwner, isApplicationRoot, knownTargets, webProjects } from '../workspace/config-owner.ts';
import type { ProjectModel } from '../workspace/model.ts';
import { onPremisesServer, relatedServer } from '../workspace/on-premises.ts';
import { httpRuntimeEdit } from '../workspace/site-edits.ts';
import { parseXml, type XmlAttribute, type XmlDocument, type XmlElement } from '../xml/index.ts';
import { defineRule, type FileContext, type Report, type RuleContext } from './rule.ts';

/**
 * ASP.NET takes the target of its process from `httpRuntime`, not from the project or from `compilation`; without it,
 * the process behaves like 4.0.
 * Source: https://github.com/microsoft/referencesource (System.Web/Hosting/ApplicationManager.cs,
 * System.Web/Configuration/HttpRuntimeSection.cs, System.Web/Util/BinaryCompatibility.cs)
 */
export const rule = defineRule({
  id: 'http-runtime-target',
  title: 'The web application runs with an old target framework, whatever its project says',
  severity: 'error',
  appliesTo: ['config'],
  isFixable: true,
  messages: {
    obsolete:
      'The site runs like .NET Framework {version}, as httpRuntime says, which offers only SSL 3.0 and TLS 1.0 by default, and Dynamics 365 and Dataverse online refuse both. The target of the project does not count here.',
    unsupported:
      'The site runs like .NET Framework {version}, as httpRuntime says, below 4.6.2, the documented minimum for Dynamics 365 and Dataverse online, and out of support since 2022-04-26.',
    missing:
      'The configuration names no targetFramework of httpRuntime, so the site runs like .NET Framework 4.0, which offers only SSL 3.0 and TLS 1.0 by default, and Dynamics 365 and Dataverse online refuse both. The target of the project does not count here.',
    'obsolete-weakened':
      'The site runs like .NET Framework {version}, as httpRuntime says, which offers only SSL 3.0 and TLS 1.0 by default, and only other evidence keeps the process from that: {because}',
    'missing-weakened':
      'The configuration names no targetFramework of httpRuntime, so the site runs like .NET Framework 4.0, which offers only SSL 3.0 and TLS 1.0 by default, and only other evidence keeps the process from that: {because}',
    removed:
      'The transform takes the targetFramework of httpRuntime away, so the published site runs like .NET Framework 4.0, which offers only SSL 3.0 and TLS 1.0 by default.',
    malformed:
      'The value "{value}" is not a version as httpRuntime reads it (such as 4.6.2, without a letter): the site does not start.',
    compilation:
      'This is the framework that pages are compiled for. It does not decide which TLS versions the site offers: the targetFramework of httpRuntime does.',
  },
  check(ruleContext) {
    const context = withServer(ruleContext);
    const { file } = context;
    if (!file || !/httpRuntime|<configuration\b/.test(file.text) || !isOfSite(file)) {
      return;
    }
    const elements = findSections(file.xml, 'system.web', 'httpRuntime').filter(isForWholeApplication);
    if (isTransform(file.xml)) {
      for (const element of elements) {
        checkTransform(context, file, element);
      }
      return;
    }
    const judged = elements.map((element) => checkValue(context, file, element));
    const isMissing =
      judged.every((judgement) => judgement === 'unset') && isApplicationRoot(file.path, context.workspace);
    if (isMissing) {
      reportMissing(context, file, elements);
    }
    // The section stands only in the configuration of a whole application, so a lone file that has it is one.
    const isLone = judged.every((judgement) => judgement === 'unset') && file.projects.length === 0;
    if (isMissing || isLone || judged.includes('low')) {
      reportCompilation(context, file);
    }
  },
});

/** A site that connects to servers of one's own only gets information, and no fix. */
function withServer(context: RuleContext): RuleContext {
  return {
    ...context,
    report(finding) {
      const projects = context.file?.projects ?? [];
      const servers = projects.flatMap((project) => onPremisesServer(project, context.workspace) ?? []);
      const isOwn = finding.message !== 'malformed' && servers.length > 0 && servers.length === projects.length;
      context.report(
        isOwn
          ? { ...finding, severity: 'information', related: servers.map(relatedServer), fixes: [] }
          : withMitigation(context, finding),
      );
    },
  };
}

/** Switches, code or a registry file may keep the site from what its framework alone would offer. */
function withMitigation({ file, workspace }: RuleContext, finding: Report): Report {
  const [project, ...others] = file ? webProjects(file.path, file.projects) : [];
  if (!project || others.length > 0 || (finding.message !== 'obsolete' && finding.message !== 'missing')) {
    return finding;
  }
  const found = weakened(workspace.processesOf(project.path)[0], finding.severity, finding.at);
  return found
    ? {
        ...finding,
        severity: found.severity,
        message: `${finding.message}-weakened`,
        values: { ...finding.values, because: found.because },
        related: [...(finding.related ?? []), ...found.related],
      }
    : finding;
}

/**
 * Web configuration, and files with the section alone that a `configSource` names. ASP.NET takes the value from the
 * folder of the application, so the folders in it do not count, and modern .NET does not read it at all.
 */
function isOfSite(file: FileContext): boolean {
  const kind = configKind(file.path);
  if (kind === 'machine' || (kind === 'other' && file.text.includes('<httpRuntime'))) {
    return true;
  }
  const web = file.projects.filter(({ role }) => role.role === 'web');
  return (
    kind === 'web' &&
    (web.length > 0 ? webProjects(file.path, web).length > 0 : configOwner(file.projects) !== 'modern')
  );
}

/** `elsewhere`: the value stands in another file, which is judged itself. */
type Judgement = 'unset' | 'low' | 'fine' | 'elsewhere';

function checkValue(context: RuleContext, file: FileContext, element: XmlElement): Judgement {
  const source = element.attribute('configSource')?.value.trim();
  if (source) {
    const other = context.workspace.readText(resolvePath(dirname(file.path), source));
    const root = other === undefined ? undefined : parseXml(other).root;
    return other === undefined || root?.attribute('targetFramework')?.value ? 'elsewhere' : 'unset';
  }
  const attribute = element.attribute('targetFramework');
  if (!attribute?.valueRange || attribute.value === '') {
    return 'unset';
  }
  return judgeAttribute(context, file, attribute);
}

function judgeAttribute(context: RuleContext, file: FileContext, attribute: XmlAttribute): Judgement {
  const { value, valueRange } = attribute;
  if (!valueRange || isPlaceholder(value)) {
    return 'fine';
  }
  const lead = value.length - value.trimStart().length;
  const at = { path: file.path, range: attribute.text.sourceRange(lead, lead + value.trim().length) };
  // System.Version wants two to four numbers.
  if (!/^\s*\d{1,9}(?:\s*\.\s*\d{1,9}){1,3}\s*$/.test(value)) {
    const meant = /\d(?:\.\d){1,2}(?![\d.])/.exec(value)?.[0] ?? '0';
    const goal = compareVersions(meant, requiredVersion) >= 0 ? meant : context.settings.targetFramework;
    context.report({ at, severity: 'error', message: 'malformed', values: { value }, fixes: [setFix(at, goal)] });
    return 'fine';
  }
  const version = value.replace(/\s+/g, '');
  if (compareVersions(version, requiredVersion) >= 0) {
    return 'fine';
  }
  const isObsolete = defaultProtocols(version) === 'obsolete';
  context.report({
    at,
    severity: isObsolete ? 'error' : 'warning',
    message: isObsolete ? 'obsolete' : 'unsupported',
    values: { version },
    fixes: [setFix(at, context.settings.targetFramework, compareVersions(version, '4.5') < 0)],
  });
  return 'low';
}

function checkTransform(context: RuleContext, file: FileContext, element: XmlElement): void {
  const effect = transformEffect(element, 'targetFramework');
  const attribute = element.attribute('targetFramework');
  if (effect === 'sets' && attribute?.value) {
    judgeAttribute(context, file, attribute);
  } else if (effect !== 'none') {
    context.report({ at: tagOf(file, element), severity: 'error', message: 'removed' });
  }
}

/** On the tag that should say it, or on its parent. */
function reportMissing(context: RuleContext, file: FileContext, elements: readonly XmlElement[]): void {
  const place =
    elements.find((element) => !element.attribute('configSource')) ??
    elements[0] ??
    findSections(file.xml, 'system.web').find(isForWholeApplication) ??
    rootOf(file.xml);
  if (place) {
    // A project whose target is not known may be one for 3.5, where the attribute does not exist.
    const projects = webProjects(file.path, file.projects);
    const isKnown = knownTargets(projects).length > 0 && !projects.every(isOfVisualStudio2008);
    const isEditable = isKnown && !place.attribute('configSource');
    context.report({
      at: tagOf(file, place),
      severity: isKnown ? 'error' : 'information',
      message: 'missing',
      fixes: isEditable ? insertFix(file, place, context.settings.targetFramework) : [],
    });
  }
}

/** Visual Studio 2005 and 2008 wrote projects for 2.0 without a target, and Visual Studio 2005 no version of the tools. */
function isOfVisualStudio2008({ kind, toolsVersion, targets }: ProjectModel): boolean {
  const isOld = toolsVersion === '' || compareVersions(toolsVersion, '4.0') < 0;
  return kind === 'project' && isOld && targets.every(({ declared }) => declared === null);
}

/** The framework of `compilation` looks like the answer while `httpRuntime` gives another one. */
function reportCompilation(context: RuleContext, file: FileContext): void {
  for (const element of findSections(file.xml, 'system.web', 'compilation').filter(isForWholeApplication)) {
    const attribute = element.attribute('targetFramework');
    const version = /(\d+(?:\.\d+)+)/.exec(attribute?.value ?? '')?.[1];
    if (attribute?.valueRange && version !== undefined && compareVersions(version, requiredVersion) >= 0) {
      context.report({
        at: { path: file.path, range: attribute.valueRange },
        severity: 'information',
        message: 'compilation',
      });
    }
  }
}

function rootOf(document: XmlDocument): XmlElement | undefined {
  return document.roots.find(({ localName }) => localName === 'configuration');
}

function tagOf(file: FileContext, element: XmlElement): Location {
  return { path: file.path, range: { start: element.range.start, end: element.nameRange.end } };
}

/** Sites below 4.5 change more than TLS when they go to 4.5 or later (validation, keys), so a person decides. */
function setFix({ path, range }: Location, goal: string, isLargeStep = false): Fix {
  return {
    title: { key: 'set', template: 'Run the site like .NET Framework {goal}', values: { goal } },
    isPreferred: true,
    bulk: isLargeStep ? 'confirm' : 'safe',
    changes: [{ path, edits: [{ range, newText: goal }] }],
  };
}

function insertFix(file: FileContext, place: XmlElement, goal: string): Fix[] {
  const edit = httpRuntimeEdit(file.text, place, goal);
  return edit
    ? [
        {
          title: { key: 'set', template: 'Run the site like .NET Framework {goal}', values: { goal } },
          isPreferred: true,
          bulk: 'confirm',
          changes: [{ path: file.path, edits: [edit] }],
        },
      ]
    : [];
}

import { schannelDefaults } from '../facts/tls-windows.ts';
import { basename, dirname, type FilePath } from '../model/path.ts';
import type { Settings } from '../model/settings.ts';
import { findSections } from '../sources/config-file.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { isBelowSiteConfig, readSiteFile } from '../workspace/site-target.ts';
import { parseXml } from '../xml/index.ts';
import { judgeChain } from './judge-process.ts';
import { machineSteps } from './machine-steps.ts';
import { readProcessConfig } from './process-config.ts';
import { type ProcessVerdict, type TlsApi, tlsApis, type VerdictStep } from './process-verdict.ts';
import { type ReasoningStep, siteSteps } from './program-steps.ts';

/**
 * A web site that neither a project nor a solution describes: its `web.config` is all there is. Where that names no
 * target nobody knows whether it is the root of a site or a folder in one, so that the verdict is unknown.
 */
export function siteProcesses(path: FilePath, workspace: WorkspaceModel, settings: Settings): ProcessVerdict[] {
  const text = isSiteFile(path) && workspace.projectsNear(path).length === 0 ? workspace.readText(path) : undefined;
  const document = text === undefined ? undefined : parseXml(text);
  const isSite =
    document && findSections(document, 'system.web').length > 0 && !isBelowSiteConfig(dirname(path), workspace);
  if (text === undefined || !isSite) {
    return [];
  }
  const reading = readSiteFile(path, text, workspace.readText);
  const isDeclared = 'version' in reading && reading.isDeclared;
  if (!isDeclared) {
    return [unknownSite(path, reading.at ?? { path, range: { start: 0, end: 1 } })];
  }
  const config = readProcessConfig(path, text);
  const steps: ReasoningStep[] = siteSteps(reading, settings);
  const present = () => steps.findLast((step) => step.settings)?.settings;
  for (const toStep of config.steps) {
    const before = present();
    const step = before && toStep(before);
    if (step) {
      steps.push(step);
    }
  }
  const last = present();
  steps.push(...(last ? machineSteps(workspace.registryFiles, workspace.readText, last) : []));
  const result = judgeChain(steps, new Set<TlsApi>(['http', ...config.onlineApis]));
  const role: VerdictStep = { text: 'No project and no solution describes this site.', at: null, effect: 'none' };
  return [{ ...identity(path, reading.at), ...result, because: [...result.because, role] }];
}

/** The root file alone: transforms change it at publishing time. */
function isSiteFile(path: FilePath): boolean {
  return basename(path).toLowerCase() === 'web.config';
}

function unknownSite(path: FilePath, at: ProcessVerdict['at']): ProcessVerdict {
  const offer = { verdict: 'unknown' as const, protocols: [], systemDefault: false, strongCrypto: false };
  const text =
    'It names no targetFramework of httpRuntime, and no project or solution says whether it is the root of a site; a site without it runs like .NET Framework 4.0.';
  return {
    ...identity(path, at),
    verdict: 'unknown',
    windows: schannelDefaults.map(({ id }) => ({ id, ...offer })),
    apis: tlsApis.map((id) => ({ id, ...offer, counts: id === 'http' })),
    because: [{ text, at, effect: 'decides' }],
    fix: null,
  };
}

function identity(path: FilePath, at: ProcessVerdict['at']) {
  return {
    id: path,
    path,
    name: basename(dirname(path)) || basename(path),
    kind: 'web' as const,
    target: null,
    configuration: null,
    configurations: [],
    framework: null,
    at,
    programs: [],
  };
}

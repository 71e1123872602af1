import { findSwitch, type TlsSwitch } from '../facts/appcontext-switches.ts';
import { compareVersions } from '../facts/dotnet-frameworks.ts';
import type { Severity } from '../model/finding.ts';
import { appContextWords, type ConfiguredSwitch, readConfiguredSwitches } from '../sources/appcontext-config.ts';
import { configOwner, knownTargets } from '../workspace/config-owner.ts';
import { siteTarget } from '../workspace/site-target.ts';
import { defineRule, type FileContext, type RuleContext } from './rule.ts';

/** Switches of a configuration file that turn the protocols of the process back to old defaults. */
export const rule = defineRule({
  id: 'appcontext-switch-unsafe',
  title: 'A switch in a configuration file turns TLS back to old defaults',
  severity: 'error',
  appliesTo: ['config'],
  isFixable: true,
  messages: {
    on: 'With {name} set to true, {effect}.',
    'not-loaded':
      'With {name} set to true, {effect}. The project is loaded by another program, whose configuration counts.',
  },
  check(context) {
    const { file } = context;
    if (!file || !appContextWords.test(file.text)) {
      return;
    }
    const bad = readConfiguredSwitches(file.path, file.xml).filter(
      ({ ignored, isLast, value }) => ignored === null && isLast && value === true,
    );
    const owner = bad.length > 0 ? configOwner(file.projects) : 'modern';
    for (const entry of owner === 'modern' ? [] : bad) {
      const known = findSwitch(entry.name);
      const severity = known && severityOf(context, file, known);
      if (severity) {
        reportSwitch(context, file, entry, known, owner === 'not-a-program' ? 'information' : severity);
      }
    }
  },
});

function reportSwitch(
  context: RuleContext,
  file: FileContext,
  entry: ConfiguredSwitch,
  known: TlsSwitch,
  severity: Severity,
): void {
  context.report({
    at: { path: file.path, range: entry.valueRange },
    severity,
    message: severity === 'information' && known.severity === 'error' ? 'not-loaded' : 'on',
    values: { name: entry.name, effect: known.effect },
    fixes: [
      {
        title: { key: 'switch-off', template: 'Set {name} to false', values: { name: entry.name } },
        isPreferred: true,
        bulk: 'safe',
        changes: [{ path: file.path, edits: [{ range: entry.valueRange, newText: 'false' }] }],
      },
    ],
  });
}

/** Following Windows is switched off for low targets anyway: there, the switch changes nothing. */
function severityOf(context: RuleContext, file: FileContext, known: TlsSwitch): Severity | null {
  if (known.severity !== 'warning' || !known.name.startsWith('Switch.System.Net.')) {
    return known.severity;
  }
  const site = file.projects.map((project) => siteTarget(project, context.workspace)).find(Boolean);
  const versions = site ? [site.version] : knownTargets(file.projects).map(({ version }) => version);
  const isChange = versions.some((version) => compareVersions(version, known.defaultUpTo ?? '0') > 0);
  return versions.length === 0 ? 'information' : isChange ? known.severity : null;
}

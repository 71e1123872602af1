import type { Fix, Severity } from '../model/finding.ts';
import { appContextWords, type ConfiguredSwitch, readConfiguredSwitches } from '../sources/appcontext-config.ts';
import { configOwner } from '../workspace/config-owner.ts';
import { defineRule, type FileContext } from './rule.ts';

/** Switches of a configuration file that nobody reads, although somebody meant them to help. */
export const rule = defineRule({
  id: 'appcontext-switch-ignored',
  title: 'A TLS switch in a configuration file has no effect as it is written',
  severity: 'warning',
  appliesTo: ['config'],
  isFixable: true,
  messages: {
    blank:
      'The name of this switch begins or ends with a blank or a line break, which are not trimmed: {meant} is not set.',
    case: 'Names of switches are compared letter by letter: {meant} is not set by "{name}".',
    misspelt: 'No switch has the name "{name}". It looks like {meant}.',
    value: 'The value "{value}" is neither true nor false, so {meant} is not set.',
    'in-web-config':
      'ASP.NET takes switches from appSettings, as the key AppContext.SetSwitch:{meant}. Do not rely on this element in the configuration of a site.',
    'in-app-config':
      'Only ASP.NET reads keys that begin with AppContext.SetSwitch: in a program, {meant} is set by the element AppContextSwitchOverrides of the section runtime.',
  },
  check({ file, report }) {
    if (!file || !appContextWords.test(file.text)) {
      return;
    }
    const ignored = readConfiguredSwitches(file.path, file.xml).filter((entry) => entry.ignored !== null);
    const owner = ignored.length > 0 ? configOwner(file.projects) : 'modern';
    const severity: Severity = owner === 'program' ? 'warning' : 'information';
    for (const entry of owner === 'modern' ? [] : ignored) {
      report({
        at: { path: file.path, range: entry.ignored === 'value' ? entry.valueRange : entry.nameRange },
        severity,
        message: messageOf(entry),
        values: { name: entry.name.trim(), meant: entry.meant ?? '', value: entry.valueText },
        fixes: fixesFor(file, entry),
      });
    }
  },
});

function messageOf({ ignored, name, meant, form }: ConfiguredSwitch): string {
  if (ignored === 'file') {
    return form === 'runtime' ? 'in-web-config' : 'in-app-config';
  }
  if (ignored === 'value') {
    return 'value';
  }
  if (name.trim() === meant) {
    return 'blank';
  }
  return name.trim().toLowerCase() === meant?.toLowerCase() ? 'case' : 'misspelt';
}

/** The right name, where that does not bring a bad value to life. */
function fixesFor(file: FileContext, { ignored, nameRange, meant, value }: ConfiguredSwitch): Fix[] {
  return ignored !== 'name' || meant === undefined || value !== false
    ? []
    : [
        {
          title: { key: 'rename', template: 'Write {meant}', values: { meant } },
          isPreferred: true,
          bulk: 'safe',
          changes: [{ path: file.path, edits: [{ range: nameRange, newText: meant }] }],
        },
      ];
}

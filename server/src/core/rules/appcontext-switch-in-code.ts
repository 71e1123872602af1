import { findSwitch, type TlsSwitch } from '../facts/appcontext-switches.ts';
import { compareVersions } from '../facts/dotnet-frameworks.ts';
import type { Fix, Severity } from '../model/finding.ts';
import type { SwitchUse } from '../model/protocol-use.ts';
import { meantSwitch } from '../sources/appcontext-config.ts';
import type { CodeProcess } from '../workspace/code-process.ts';
import { usesOfKind } from '../workspace/code-reports.ts';
import { lower } from '../workspace/judge-protocols.ts';
import { defineRule, type FileContext } from './rule.ts';

/**
 * Switches about TLS that code sets.
 * Source: https://learn.microsoft.com/dotnet/api/system.appcontext.setswitch
 */
export const rule = defineRule({
  id: 'appcontext-switch-in-code',
  title: 'Code sets a TLS switch to its old behaviour, or one that does not exist',
  severity: 'error',
  appliesTo: ['source', 'script', 'pipeline'],
  isFixable: true,
  messages: {
    on: 'With {name} set to true, {effect}.',
    case: 'Names of switches are compared letter by letter: {meant} is not set by "{name}".',
    misspelt: 'No switch has the name "{name}". Did you mean {meant}?',
  },
  check({ file, report }) {
    const code = file?.code ?? file?.script;
    if (!file || !code) {
      return;
    }
    for (const { use, processes } of usesOfKind(code, 'switch')) {
      const running = processes.filter(({ runtime }) => runtime !== 'modern');
      if (running.length === 0 || !use.name.known || !use.value.known) {
        continue;
      }
      const found = judge(use.name.value, use.value.value, running);
      if (found) {
        const isMild = code.isGenerated || running.every(({ isTest }) => isTest);
        const severity = isMild ? 'information' : use.where.isDebugOnly ? lower(found.severity) : found.severity;
        report({
          at: { path: file.path, range: found.isValue ? use.valueRange : use.nameRange },
          severity,
          message: found.message,
          values: found.values,
          fixes: fixesFor(file, use, found),
        });
      }
    }
  },
});

interface Found {
  readonly severity: Severity;
  readonly message: string;
  readonly values: Readonly<Record<string, string>>;
  readonly isValue: boolean;
  readonly meant: string | undefined;
}

function judge(name: string, value: boolean, processes: readonly CodeProcess[]): Found | undefined {
  const known = findSwitch(name);
  if (known) {
    const severity = value ? severityOf(known, processes) : null;
    return severity
      ? { severity, message: 'on', values: { name, effect: known.effect }, isValue: true, meant: undefined }
      : undefined;
  }
  const meant = meantSwitch(name);
  if (meant === undefined) {
    return undefined;
  }
  const message = name.trim().toLowerCase() === meant.toLowerCase() ? 'case' : 'misspelt';
  return { severity: 'warning', message, values: { name: name.trim(), meant }, isValue: false, meant };
}

/** Following Windows is switched off for low targets anyway: there, the switch changes nothing. */
function severityOf(known: TlsSwitch, processes: readonly CodeProcess[]): Severity | null {
  if (known.severity !== 'warning' || !known.name.startsWith('Switch.System.Net.')) {
    return known.severity;
  }
  const versions = processes.flatMap(({ version }) => version ?? []);
  const isChange = versions.some((version) => compareVersions(version, known.defaultUpTo ?? '0') > 0);
  return versions.length === 0 ? 'information' : isChange ? known.severity : null;
}

/** The right value, or the right name where that does not bring a bad value to life. */
function fixesFor(
  { path, text }: FileContext,
  { nameRange, valueRange, value }: SwitchUse,
  { isValue, meant }: Found,
): Fix[] {
  if (isValue) {
    const written = text.slice(valueRange.start, valueRange.end);
    const newText = written.startsWith('$') ? '$false' : /^T/.test(written) ? 'False' : 'false';
    return [
      {
        title: { key: 'switch-off', template: 'Set the switch to false', values: {} },
        isPreferred: true,
        bulk: 'safe',
        changes: [{ path, edits: [{ range: valueRange, newText }] }],
      },
    ];
  }
  const quote = text[nameRange.start - 1];
  const isPlain = (quote === '"' || quote === "'") && text[nameRange.end] === quote;
  return value.known && !value.value && meant !== undefined && isPlain
    ? [
        {
          title: { key: 'rename', template: 'Write {meant}', values: { meant } },
          isPreferred: true,
          bulk: 'safe',
          changes: [{ path, edits: [{ range: nameRange, newText: meant }] }],
        },
      ]
    : [];
}

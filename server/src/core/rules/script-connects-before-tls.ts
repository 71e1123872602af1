import type { Fix, Severity } from '../model/finding.ts';
import { insertFirst } from '../sources/powershell/insertion.ts';
import type { Connection } from '../sources/powershell/reading.ts';
import { shiftRange } from '../sources/shift-use.ts';
import type { PowerShellPart } from '../workspace/script-document.ts';
import { runsOf, type ScriptRuns } from '../workspace/script-loaders.ts';
import { defineRule, type RuleContext } from './rule.ts';

/**
 * Scripts of Windows PowerShell that connect to Dynamics 365 or Dataverse before anything allows TLS 1.2.
 * Source: https://learn.microsoft.com/troubleshoot/dynamics-365/sales/tls-1-dot-2-required-for-connectivity
 */
export const rule = defineRule({
  id: 'script-connects-before-tls',
  title: 'A script connects to Dynamics before it allows TLS 1.2',
  severity: 'warning',
  appliesTo: ['script', 'pipeline'],
  isFixable: true,
  messages: {
    never:
      '{command} leaves the protocol to Windows PowerShell, whose default depends on the machine and may end at TLS 1.0. Allow TLS 1.2 before the first call.',
    late: 'TLS 1.2 is allowed only after {command} has connected. Allow it before the first call.',
    function:
      '{command} leaves the protocol to Windows PowerShell. Whether TLS 1.2 is allowed before depends on who calls this function.',
    web: '{command} calls Dataverse and leaves the protocol to PowerShell. PowerShell 7 is right; the default of Windows PowerShell depends on the machine and may end at TLS 1.0.',
    module:
      '{command} of {module} allows TLS 1.2 by itself when it connects, other commands and older versions of the module do not. Allow it before the first call.',
  },
  check(context) {
    const { file } = context;
    for (const part of file && !isTest(file.path) ? (file.script?.parts ?? []) : []) {
      if (part.powerShell?.reading.isComplete && part.powerShell.engine !== 'core') {
        checkPart(context, part.powerShell, part.offset);
      }
    }
  },
});

function checkPart({ workspace, report }: RuleContext, script: PowerShellPart, offset: number): void {
  const { path } = script.file;
  const isConcerned = script.reading.connections.some((one) => one.path === path && one.state === 'unset');
  const runs = isConcerned ? runsOf(script, workspace) : undefined;
  const early = runs?.isCore ? [] : (runs?.connections.filter(isEarly) ?? []);
  const sorted = unique(early).sort((a, b) => a.range.start - b.range.start);
  const judged = sorted.map((connection) => (runs ? judge(connection, runs, script.engine) : undefined));
  // What may be harmless does not hide a later call that is not.
  const index = Math.max(
    0,
    judged.findIndex((one) => one?.severity === 'warning'),
  );
  const first = sorted[index];
  const verdict = judged[index];
  if (!runs || !first || !verdict) {
    return;
  }
  const others = sorted.filter((one) => one !== first);
  const { severity, message } = verdict;
  const { name, module } = first.command;
  report({
    at: { path, range: shiftRange(first.range, offset) },
    severity,
    message,
    values: { command: name, module },
    related: [
      ...others.map(({ range, command }) => ({
        path,
        range: shiftRange(range, offset),
        message: { key: 'too', template: '{command} connects as well', values: { command: command.name } },
      })),
      ...(message === 'late' ? runs.lateSettings : []).map(({ range }) => ({
        path,
        range: shiftRange(range, offset),
        message: { key: 'late-setting', template: 'TLS 1.2 is allowed here, too late', values: {} },
      })),
    ],
    fixes: [insertFix(script, offset, first.isForOthers || message === 'web')],
  });
}

function isEarly({ state, host, command }: Connection): boolean {
  return state === 'unset' && host !== 'on-premises' && command.setsTls !== 'yes';
}

/** The same place, reached on several ways. */
function unique(connections: readonly Connection[]): Connection[] {
  const byPlace = new Map<number, Connection>();
  for (const connection of connections) {
    const before = byPlace.get(connection.range.start);
    if (!before || before.isForOthers) {
      byPlace.set(connection.range.start, connection);
    }
  }
  return [...byPlace.values()];
}

function judge(
  first: Connection,
  { lateSettings }: ScriptRuns,
  engine: PowerShellPart['engine'],
): { severity: Severity; message: string } {
  if (first.command.isOfBoth && engine === 'unknown') {
    return { severity: 'information', message: 'web' };
  }
  if (first.command.setsTls !== 'no') {
    return { severity: 'information', message: 'module' };
  }
  if (first.isForOthers) {
    return { severity: 'information', message: 'function' };
  }
  return { severity: 'warning', message: lateSettings.length > 0 ? 'late' : 'never' };
}

/** Tests replace what connects, or run where somebody prepared everything. */
function isTest(path: string): boolean {
  return /\.tests?\.ps1$/i.test(path);
}

const line =
  '[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12';

/**
 * What others load changes their process, a script may be for PowerShell 7, and a signature ends with the first edit:
 * then a person decides.
 */
function insertFix({ file }: PowerShellPart, offset: number, isDoubtful: boolean): Fix {
  const { range, newText } = insertFirst(file.text, file.script, line);
  const isSigned = /^# SIG # Begin signature block/m.test(file.text);
  return {
    title: { key: 'allow', template: 'Allow TLS 1.2 at the beginning of the script', values: {} },
    isPreferred: true,
    bulk: isSigned || isDoubtful ? 'confirm' : 'safe',
    changes: [{ path: file.path, edits: [{ range: shiftRange(range, offset), newText }] }],
  };
}

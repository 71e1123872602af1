import { type Finding, formatMessage } from '../../core/index.ts';
import type { AuditOutput } from '../audit-output.ts';
import { PlaceFormatter } from './json.ts';

/**
 * Annotations of GitHub Actions, one workflow command each
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands). GitHub shows ten of each level
 * for a step; the log has all of them.
 */
export function auditGitHub({ findings, session }: AuditOutput): string {
  const places = new PlaceFormatter(session);
  return findings.map((finding) => gitHubCommand(finding, places)).join('');
}

function gitHubCommand(finding: Finding, places: PlaceFormatter): string {
  const { start, end } = places.range(finding);
  const command = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' }[finding.severity];
  const properties = Object.entries({
    file: places.file(finding),
    line: start.line,
    ...(finding.range.end === 0 ? {} : { endLine: end.line }),
    // Columns are understood on one line only.
    ...(finding.range.end === 0 || start.line !== end.line ? {} : { col: start.column, endColumn: end.column }),
    title: finding.rule,
  }).map(([key, value]) => `${key}=${gitHubProperty(String(value))}`);
  return `::${command} ${properties.join(',')}::${gitHubData(formatMessage(finding.message))}\n`;
}

/** As the runner reads them: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts. */
function gitHubData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function gitHubProperty(text: string): string {
  return gitHubData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * Issues of Azure Pipelines, one logging command each
 * (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands). There are errors and warnings only;
 * information is a line of the log.
 */
export function auditAzure({ findings, session }: AuditOutput): string {
  const places = new PlaceFormatter(session);
  return findings.map((finding) => azureCommand(finding, places)).join('');
}

function azureCommand(finding: Finding, places: PlaceFormatter): string {
  const { start } = places.range(finding);
  const message = formatMessage(finding.message);
  if (finding.severity !== 'error' && finding.severity !== 'warning') {
    const line = `${places.file(finding)}(${start.line},${start.column}): ${finding.severity} ${finding.rule}: ${message}`;
    // A line that began with ## would be a command.
    return `${line.replace(/[\r\n]+/g, ' ').replace(/##(?=vso\[|\[)/g, '# #')}\n`;
  }
  const properties = Object.entries({
    type: finding.severity,
    sourcepath: places.file(finding),
    linenumber: start.line,
    columnnumber: start.column,
    code: finding.rule,
  }).map(([key, value]) => `${key}=${azureProperty(String(value))};`);
  return `##vso[task.logissue ${properties.join('')}]${azureData(message)}\n`;
}

/** As Azure reads them: the percent sign has a word of its own since it is a part of the others. */
function azureData(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function azureProperty(text: string): string {
  return azureData(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}

import { classifyHost, cloudNames } from '../facts/dynamics-hosts.ts';
import type { TextRange } from '../model/finding.ts';
import { findDynamicsUrls } from '../sources/dynamics-urls.ts';
import { defineRule, type FileContext } from './rule.ts';

/** Connection strings and settings that reach an online service without TLS. */
export const rule = defineRule({
  id: 'clear-text-url',
  title: 'A configuration file connects to an online service without TLS',
  severity: 'warning',
  appliesTo: ['config'],
  isFixable: true,
  messages: {
    'clear-text':
      'The address of {host} ({service}) begins with http: what is sent there first, a password or a token too, travels unencrypted.',
  },
  check({ file, report }) {
    if (!file || !/http:\/\//i.test(file.text)) {
      return;
    }
    for (const { authority, range } of findDynamicsUrls(file.text)) {
      const [host = '', port] = authority.split(':');
      if (!/^http:/i.test(file.text.slice(range.start, range.end)) || !isOnline(host) || !isValue(file, range)) {
        continue;
      }
      const scheme = { start: range.start, end: range.start + 'http'.length };
      report({
        at: { path: file.path, range },
        severity: 'warning',
        message: 'clear-text',
        values: { host, service: serviceOf(host) },
        // Another port speaks another protocol.
        fixes:
          port === undefined
            ? [
                {
                  title: { key: 'https', template: 'Connect with https', values: {} },
                  isPreferred: true,
                  bulk: 'safe',
                  changes: [{ path: file.path, edits: [{ range: scheme, newText: 'https' }] }],
                },
              ]
            : [],
      });
    }
  },
});

function serviceOf(host: string): string {
  const { cloud } = classifyHost(host);
  return cloud === null ? 'Dataverse' : `Dataverse, ${cloudNames[cloud]}`;
}

/** Dataverse by the end of the host's name; servers of one's own are not ours to judge. */
function isOnline(host: string): boolean {
  return classifyHost(host).kind === 'dataverse';
}

/** Neither a comment nor the name of a namespace. */
function isValue(file: FileContext, { start }: TextRange): boolean {
  for (const { range } of file.xml.comments()) {
    if (range.start <= start && start < range.end) {
      return false;
    }
  }
  const element = file.xml.elementAt(start);
  return !element?.attributes.some(
    ({ name, valueRange }) =>
      /^xmlns(?::|$)|namespace$/i.test(name) && valueRange && valueRange.start <= start && start < valueRange.end,
  );
}

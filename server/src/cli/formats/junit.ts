import { type Finding, formatMessage } from '../../core/index.ts';
import type { AuditOutput } from '../audit-output.ts';
import { PlaceFormatter } from './json.ts';

/**
 * JUnit's XML, as build servers read test results (https://github.com/testmoapp/junitxml). A file is a suite, a
 * finding a test that failed, a silenced one a test that was skipped, and a project without any a test that passed.
 */
export function auditJunit({ analysis, findings, session, milliseconds }: AuditOutput): string {
  const places = new PlaceFormatter(session);
  const suites = new Map<string, string[]>();
  const counts = new Map<string, { failures: number; skipped: number }>();
  const add = (file: string, kind: 'failures' | 'skipped' | undefined, testCase: string) => {
    suites.set(file, [...(suites.get(file) ?? []), testCase]);
    const count = counts.get(file) ?? { failures: 0, skipped: 0 };
    counts.set(file, count);
    if (kind) {
      count[kind]++;
    }
  };
  for (const finding of findings) {
    const isProblem = finding.severity === 'error' || finding.severity === 'warning';
    add(places.file(finding), isProblem ? 'failures' : undefined, findingCase(finding, places));
  }
  for (const { finding, by } of analysis.suppressed) {
    const skipped = `<skipped${attributes({ message: by.reason || 'a comment silences it' })}/>`;
    add(places.file(finding), 'skipped', testCase(finding, places, skipped));
  }
  for (const { model } of analysis.projects) {
    const file = session.display(model.path);
    if (!suites.has(file)) {
      add(file, undefined, `    <testcase${attributes({ name: 'TLS', classname: file })}/>\n`);
    }
  }
  const body = [...suites]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, cases]) => {
      const { failures = 0, skipped = 0 } = counts.get(name) ?? {};
      const head = attributes({ name, tests: cases.length, failures, errors: 0, skipped });
      return `  <testsuite${head}>\n${cases.join('')}  </testsuite>\n`;
    });
  const sum = (key: 'failures' | 'skipped') => [...counts.values()].reduce((total, count) => total + count[key], 0);
  const head = attributes({
    name: 'Dynamics TLS',
    tests: [...suites.values()].flat().length,
    failures: sum('failures'),
    errors: 0,
    skipped: sum('skipped'),
    time: (milliseconds / 1000).toFixed(3),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${body.join('')}</testsuites>\n`;
}

function findingCase(finding: Finding, places: PlaceFormatter): string {
  const message = formatMessage(finding.message);
  const { start } = places.range(finding);
  const text = `${places.file(finding)}:${start.line}:${start.column} ${finding.severity} ${message} [${finding.rule}]`;
  return finding.severity === 'error' || finding.severity === 'warning'
    ? testCase(finding, places, `<failure${attributes({ message, type: finding.severity })}>${xmlText(text)}</failure>`)
    : testCase(finding, places, `<system-out>${xmlText(text)}</system-out>`);
}

function testCase(finding: Finding, places: PlaceFormatter, content: string): string {
  const { start } = places.range(finding);
  const file = places.file(finding);
  const head = attributes({ name: `${finding.rule} (line ${start.line})`, classname: file, file, line: start.line });
  return `    <testcase${head}>${content}</testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}

/** Characters that XML cannot hold at all (https://www.w3.org/TR/xml/#charsets) are shown as a replacement. */
function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

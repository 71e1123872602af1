import type {
  ArtifactLocation,
  Log,
  Notification,
  ReportingDescriptor,
  Result,
  Run,
  Fix as SarifFix,
  Location as SarifLocation,
  Suppression as SarifSuppression,
} from 'sarif';
import {
  type Finding,
  Fingerprinter,
  type Fix,
  fingerprintWord,
  formatMessage,
  type Message,
  type Rule,
  rules,
  type Severity,
  type SuppressedFinding,
  type TextRange,
  version,
} from '../../core/index.ts';
import { rulePage } from '../../lsp/rule-page.ts';
import type { AuditOutput } from '../audit-output.ts';
import { allNotices, PlaceFormatter } from './json.ts';
import { ruleHelp } from './rule-help.generated.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
const home = 'https://github.com/dynamics-tls/dynamics-tls';

/** The root that relative addresses count from: the folder in which the audit ran. */
const baseId = 'SRCROOT';

/** The name under which results keep what they are recognised by when lines have moved. */
const fingerprintName = 'dynamicsTls/v1';

/** The audit as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). */
export function auditSarif(output: AuditOutput): string {
  const log: Log = { $schema: schema, version: '2.1.0', runs: [runOf(output)] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function runOf(output: AuditOutput): Run {
  const { analysis, session } = output;
  return {
    tool: {
      driver: {
        name: 'Dynamics TLS',
        fullName: `Dynamics TLS ${version}`,
        version,
        semanticVersion: version,
        informationUri: home,
        organization: 'Dynamics TLS',
        shortDescription: {
          text: 'Finds .NET programs that cannot speak TLS 1.2 to Dynamics 365 and Dataverse.',
        },
        rules: rules.map(descriptorOf),
      },
    },
    automationDetails: {
      id: `dynamics-tls/${session.names.join('+')}/`,
      description: { text: 'Audit of the TLS that programs offer to Dynamics 365 and Dataverse.' },
    },
    invocations: [
      {
        executionSuccessful: analysis.failures.length === 0,
        toolExecutionNotifications: notificationsOf(output),
      },
    ],
    originalUriBaseIds: { [baseId]: { description: { text: 'The folder in which the audit ran.' } } },
    columnKind: 'utf16CodeUnits',
    language: 'en-US',
    results: new ResultWriter(output).results(),
    properties: {
      projects: analysis.projects.map(({ model, verdict }) => ({
        file: session.display(model.path),
        role: model.role.role,
        verdict: verdict.verdict,
      })),
    },
  };
}

function descriptorOf(rule: Rule): ReportingDescriptor {
  const { text, markdown } = ruleHelp[rule.id] ?? { text: `${rule.title}.`, markdown: `${rule.title}.` };
  return {
    id: rule.id,
    name: rule.id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text },
    help: { text, markdown },
    helpUri: rulePage(rule.id),
    messageStrings: Object.fromEntries(
      Object.entries(rule.messages).map(([key, template]) => [key, { text: sentence(numbered(template).text) }]),
    ),
    defaultConfiguration: { level: levels[rule.severity], enabled: rule.isOffByDefault !== true },
    properties: { tags: ['security', 'tls'], precision: 'high' },
  };
}

/** SARIF counts placeholders, and doubles braces that are none. */
function numbered(template: string): { readonly text: string; readonly names: readonly string[] } {
  const names: string[] = [];
  const text = template.replace(/\{(\w+)\}|[{}]/g, (whole, name: string | undefined) => {
    if (name === undefined) {
      return whole + whole;
    }
    if (!names.includes(name)) {
      names.push(name);
    }
    return `{${names.indexOf(name)}}`;
  });
  return { text, names };
}

const levels: Readonly<Record<Severity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

const ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));

/** Writes results one after the other: equal ones are counted for their fingerprints. */
class ResultWriter {
  readonly #output: AuditOutput;
  readonly #places: PlaceFormatter;
  readonly #fingerprinters = new Map<string, Fingerprinter>();
  readonly #counts = new Map<string, number>();

  constructor(output: AuditOutput) {
    this.#output = output;
    this.#places = new PlaceFormatter(output.session);
  }

  results(): Result[] {
    const { analysis, findings, baseline, changes } = this.#output;
    const told = new Set(findings);
    const hasStates = baseline !== undefined || changes !== undefined;
    const unchanged = new Set(changes?.known);
    const suppressed = new Map(analysis.suppressed.map((entry) => [entry.finding, entry]));
    const shown = analysis.findings.filter((finding) => !unchanged.has(finding));
    return [...shown, ...suppressed.keys()].sort(byPlace).map((finding) => {
      const result = this.#result(finding);
      const entry = suppressed.get(finding);
      if (entry) {
        return { ...result, suppressions: [this.#inSource(entry)] };
      }
      if (told.has(finding)) {
        return hasStates ? { ...result, baselineState: 'new' } : result;
      }
      return { ...result, baselineState: 'unchanged', suppressions: [external] };
    });
  }

  #result(finding: Finding): Result {
    const index = ruleIndexes.get(finding.rule);
    const fixes = finding.fixes.filter(({ bulk }) => bulk !== 'alternative');
    return {
      ruleId: finding.rule,
      ...(index === undefined ? {} : { ruleIndex: index }),
      level: levels[finding.severity],
      message: messageOf(finding.message),
      locations: [this.#location(finding)],
      ...(finding.related.length === 0
        ? {}
        : {
            relatedLocations: finding.related.map((related, i) => ({
              id: i + 1,
              ...this.#location(related),
              message: { text: sentence(formatMessage(related.message)) },
            })),
          }),
      partialFingerprints: { [fingerprintName]: this.#fingerprint(finding) },
      ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => this.#fix(fix)) }),
      ...(finding.project === null ? {} : { properties: { project: this.#places.file({ path: finding.project }) } }),
    };
  }

  #location({ path, range }: { path: string; range: TextRange }): SarifLocation {
    const artifactLocation = artifactOf(this.#places.file({ path }));
    return {
      physicalLocation:
        // A finding about a file as a whole, whose content may be no text at all.
        range.end === 0 ? { artifactLocation } : { artifactLocation, region: this.#region(path, range) },
    };
  }

  #region(path: string, range: TextRange) {
    const { start, end } = this.#places.range({ path, range });
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  }

  #fix({ title, changes }: Fix): SarifFix {
    return {
      description: { text: sentence(formatMessage(title)) },
      artifactChanges: changes.map(({ path, edits }) => ({
        artifactLocation: artifactOf(this.#places.file({ path })),
        replacements: edits.map(({ range, newText }) => {
          const lines = this.#places.lines(path);
          const start = lines.positionAt(range.start);
          const end = lines.positionAt(range.end);
          return {
            deletedRegion: {
              startLine: start.line + 1,
              startColumn: start.column + 1,
              endLine: end.line + 1,
              endColumn: end.column + 1,
            },
            ...(newText === '' ? {} : { insertedContent: { text: newText } }),
          };
        }),
      })),
    };
  }

  #fingerprint(finding: Finding): string {
    const file = this.#places.file(finding);
    let fingerprinter = this.#fingerprinters.get(finding.path);
    if (!fingerprinter) {
      fingerprinter = new Fingerprinter(this.#output.analysis.workspace.readText(finding.path) ?? '');
      this.#fingerprinters.set(finding.path, fingerprinter);
    }
    const print = fingerprinter.fingerprint(finding);
    const key = [file, print.rule, print.line, print.around].join('\n');
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    return fingerprintWord(file, print, count);
  }

  #inSource({ finding, by }: SuppressedFinding): SarifSuppression {
    return {
      kind: 'inSource',
      status: 'accepted',
      ...(by.reason === '' ? {} : { justification: by.reason }),
      location: this.#location({ path: finding.path, range: by.range }),
      ...(by.until ? { properties: { until: by.until.date } } : {}),
    };
  }
}

const external: SarifSuppression = {
  kind: 'external',
  status: 'accepted',
  justification: 'It was there before: the baseline lists it.',
};

function messageOf(message: Message): Result['message'] {
  const { names } = numbered(message.template);
  return {
    text: sentence(formatMessage(message)),
    id: message.key,
    ...(names.length === 0 ? {} : { arguments: names.map((name) => message.values[name] ?? '') }),
  };
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

/** Relative to the working folder; another drive has an address of its own. */
function artifactOf(file: string): ArtifactLocation {
  const uri = file
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  if (/^[A-Za-z]:/.test(file)) {
    return { uri: `file:///${uri.replace('%3A', ':')}` };
  }
  return file.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: baseId };
}

function notificationsOf({ analysis, session }: AuditOutput): Notification[] {
  const failures = analysis.failures.map(
    ({ rule, path }): Notification => ({
      level: 'error',
      message: { text: `The rule ${rule} failed; please report it.` },
      locations: [{ physicalLocation: { artifactLocation: artifactOf(session.display(path)) } }],
    }),
  );
  const notices = allNotices(analysis, session).map(
    ({ path, message }): Notification => ({
      level: 'note',
      message: { text: sentence(formatMessage(message)) },
      locations: [{ physicalLocation: { artifactLocation: artifactOf(session.display(path)) } }],
    }),
  );
  return [...failures, ...notices];
}

function byPlace(a: Finding, b: Finding): number {
  return a.path === b.path ? a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1) : a.path < b.path ? -1 : 1;
}

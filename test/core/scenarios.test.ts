import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { openSession } from '../../server/src/cli/session.ts';
import { createAnalyzer, defaultSettings, formatMessage, LineIndex } from '../../server/src/core/index.ts';
import { Disk } from '../../server/src/platform/node/disk.ts';
import { runCli } from '../harness/cli-io.ts';
import { LspClient } from '../harness/lsp-client.ts';
import { checkJson } from '../harness/schema.ts';

const root = fileURLToPath(new URL('../scenarios', import.meta.url));

/** A finding in the form that every output can be brought to. Lines and columns are 1-based. */
interface PlainFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: string;
  readonly rule: string;
  readonly message?: string;
}

interface Expected {
  readonly findings: readonly PlainFinding[];
  readonly projects: readonly {
    file: string;
    role: string | null;
    targetFrameworks: string[] | null;
    verdict: string | null;
  }[];
}

const scenarios = readdirSync(root).filter((name) => existsSync(join(root, `${name}.expected.json`)));

for (const name of scenarios) {
  const expected = JSON.parse(readFileSync(join(root, `${name}.expected.json`), 'utf8')) as Expected;

  test(`${name}: the command line reports exactly the planned findings and projects`, async () => {
    const { stdout } = await runCli(['audit', '--format', 'json'], join(root, name));
    const output = checkJson('audit', stdout);
    assert.deepEqual(output.findings.map(fromJson).map(withoutMessage), expected.findings.map(plannedPlace));
    const projects = new Map(output.projects.map((project: { file: string }) => [project.file, project]));
    for (const planned of expected.projects) {
      const project = projects.get(planned.file) as {
        role: string;
        verdict: string;
        targetFrameworks: { moniker: string }[];
      };
      assert.ok(project, `${planned.file} is listed`);
      // What a plan leaves open is null there.
      assert.equal(project.role, planned.role ?? project.role, planned.file);
      assert.equal(project.verdict, planned.verdict ?? project.verdict, planned.file);
      const monikers = project.targetFrameworks.map(({ moniker }) => moniker);
      assert.deepEqual(monikers, planned.targetFrameworks ?? monikers, planned.file);
    }
  });

  test(`${name}: core, server and command line report the same`, async (t) => {
    const folder = join(root, name);
    const fromCli = checkJson('audit', (await runCli(['audit', '--format', 'json'], folder)).stdout).findings.map(
      fromJson,
    );
    assert.deepEqual(fromCore(folder), fromCli);
    const client = await LspClient.start({ folders: [folder] });
    t.after(() => client.stop());
    const reports = await client.workspaceDiagnostics();
    const fromServer = reports.flatMap((report) =>
      'items' in report
        ? report.items.map((item) =>
            fromDiagnostic(item, decodeURIComponent(report.uri).slice(`file://${folder}/`.length)),
          )
        : [],
    );
    assert.deepEqual(fromServer.sort(byPlace), fromCli);
  });
}

function fromCore(folder: string): PlainFinding[] {
  const io = {
    cwd: folder,
    environment: {},
    stdout() {},
    stderr() {},
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const { files } = openSession([], {}, io);
  const disk = new Disk({ roots: [folder], maximumFileSize: 1e7 });
  const analyzer = createAnalyzer({ host: disk, settingsFor: () => defaultSettings });
  analyzer.setFiles(files);
  return analyzer.analyze().findings.map((finding) => {
    const lines = new LineIndex(disk.readText(finding.path) ?? '');
    const start = lines.positionAt(finding.range.start);
    const end = lines.positionAt(finding.range.end);
    return {
      file: finding.path.slice(folder.length + 1),
      line: start.line + 1,
      column: start.column + 1,
      endLine: end.line + 1,
      endColumn: end.column + 1,
      severity: finding.severity,
      rule: finding.rule,
      message: formatMessage(finding.message),
    };
  });
}

function fromJson(finding: {
  file: string;
  range: { start: { line: number; column: number }; end: { line: number; column: number } };
  severity: string;
  rule: string;
  message: string;
}): PlainFinding {
  const { start, end } = finding.range;
  return {
    file: finding.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    severity: finding.severity,
    rule: finding.rule,
    message: finding.message,
  };
}

function fromDiagnostic(item: Diagnostic, file: string): PlainFinding {
  return {
    file,
    line: item.range.start.line + 1,
    column: item.range.start.character + 1,
    endLine: item.range.end.line + 1,
    endColumn: item.range.end.character + 1,
    severity: ['', 'error', 'warning', 'information', 'hint'][item.severity ?? 0] ?? '',
    rule: String(item.code),
    message: item.message as string,
  };
}

function plannedPlace({ file, line, column, endLine, endColumn, severity, rule }: PlainFinding): PlainFinding {
  return { file, line, column, endLine, endColumn, severity, rule };
}

function withoutMessage(finding: PlainFinding): PlainFinding {
  return plannedPlace(finding);
}

function byPlace(a: PlainFinding, b: PlainFinding): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}

/** Modules of many scripts: what is asked of all others is asked for the few that connect, counted in reads of texts. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createAnalyzer, defaultSettings } from '../../server/src/core/index.ts';
import { MemoryHost } from '../harness/memory-host.ts';

const count = 120;
const loader = 'Get-ChildItem "$PSScriptRoot/functions" | ForEach-Object { . $_.FullName }\n';
const member = (index: number) => `function Get-Part${index} { [Net.ServicePointManager]::SecurityProtocol }\n`;

function analyze(extra: Readonly<Record<string, string>>) {
  const files: Record<string, string> = { '/m/Module.psm1': loader, ...extra };
  for (let index = 0; index < count; index++) {
    files[`/m/functions/Get-Part${index}.ps1`] = member(index);
  }
  const host = new MemoryHost(files);
  const analyzer = createAnalyzer({ host, settingsFor: () => defaultSettings });
  analyzer.setFiles(Object.keys(files));
  const analysis = analyzer.analyze();
  return { analysis, reads: host.reads.length };
}

test('a module of many scripts that do not connect is read a few times, not once for each of its scripts', () => {
  const { analysis, reads } = analyze({});
  assert.deepEqual(analysis.processes, []);
  assert.ok(reads < count * 20, `${reads} reads of ${count} scripts`);
});

test('a script of the module that connects is judged as the module runs it', () => {
  const { analysis, reads } = analyze({ '/m/functions/Connect.ps1': 'Get-CrmConnection -InteractiveMode\n' });
  assert.deepEqual(
    analysis.processes.map(({ path, verdict }) => [path, verdict]),
    [['/m/functions/Connect.ps1', 'unknown']],
  );
  assert.ok(reads < count * 20, `${reads} reads of ${count} scripts`);
});

/** Source files: an audit of many against ripgrep and a plain read, and a keystroke in a long one against an echo server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LspClient } from '../../test/harness/lsp-client.ts';
import { Typing } from './keystroke.ts';
import { built, runNode, runProgram } from './processes.ts';
import { measure, type Row, row } from './rounds.ts';
import { withTemporaryFolder } from './tree.ts';
import { source } from './tree-texts.ts';

const projectCount = 100;
const filesPerProject = 220;

/** The words that decide whether a source file is read, as one pattern. */
const words =
  'SecurityPr|SslProtocol|SslStream|CertificateVal|CustomValidation|AcceptAnyServer|CertificatePolicy|SetSwitch|SchUseStrongCrypto|SystemDefaultTls';

export async function benchSource(): Promise<Row[]> {
  return withTemporaryFolder(async (folder) => {
    const { expected, program } = writeSources(folder);
    return [...(await benchSourceAudit(folder, expected)), await benchSourceKeystroke(dirname(program), program)];
  });
}

async function benchSourceAudit(folder: string, expected: number): Promise<Row[]> {
  const count = projectCount * filesPerProject;
  const audit = async () => {
    const run = await runNode([built('cli'), 'audit', '--format', 'json', folder]);
    const { findings } = JSON.parse(run.output) as { findings: { rule: string }[] };
    const found = findings.filter(({ rule }) => rule === 'obsolete-protocol-enabled').length;
    if (found !== expected) {
      throw new Error(`The audit found ${found} lines instead of ${expected}.`);
    }
    return run;
  };
  const plainRead = () => runNode([`${import.meta.dirname}/plain-read.ts`, folder, '\\.(?:cs|csproj)$']);
  const hasRipgrep = await runProgram('rg', ['--version']).catch(() => undefined);
  if (!hasRipgrep) {
    console.log('source: rg is not on the PATH, so only a plain read is compared');
  }
  await plainRead();
  const ours = [];
  const reads = [];
  const searches = [];
  for (let round = 0; round < 5; round++) {
    ours.push(await audit());
    reads.push(await plainRead());
    if (hasRipgrep) {
      searches.push(await runProgram('rg', ['-c', '-g', '*.cs', words, folder]));
    }
  }
  const name = `audit of ${count} source files`;
  const milliseconds = (runs: readonly { milliseconds: number }[]) => runs.map((run) => run.milliseconds);
  const megabytes = (runs: readonly { megabytes: number }[]) => runs.map((run) => run.megabytes);
  return [
    row({ name, referenceName: 'plain read' }, milliseconds(ours), milliseconds(reads)),
    ...(hasRipgrep
      ? [row({ name, referenceName: 'rg for the same words' }, milliseconds(ours), milliseconds(searches))]
      : []),
    row({ name: `${name}, memory`, referenceName: 'plain read', unit: 'MB' }, megabytes(ours), megabytes(reads)),
  ];
}

async function benchSourceKeystroke(folder: string, path: string): Promise<Row> {
  const ours = await LspClient.start({ folders: [folder], command: [built('server'), '--stdio'] });
  const echo = await LspClient.start({
    folders: [folder],
    command: [`${import.meta.dirname}/echo-server.ts`, '--stdio'],
  });
  try {
    const ourTyping = await Typing.open(ours, path, '// here');
    const echoTyping = await Typing.open(echo, path, '// here');
    return await measure({
      name: 'keystroke in 10000 lines of C#',
      referenceName: 'echo server',
      rounds: 5,
      ours: () => ourTyping.type(),
      reference: () => echoTyping.type(),
    });
  } finally {
    await Promise.all([ours.stop(), echo.stop()]);
  }
}

/** One file in two hundred says something about TLS, as in public repositories; one of those is obsolete. */
function writeSources(folder: string): { expected: number; program: string } {
  let expected = 0;
  for (let project = 0; project < projectCount; project++) {
    const place = `${folder}/src/P${project}`;
    write(
      `${place}/P${project}.csproj`,
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net462</TargetFramework></PropertyGroup></Project>',
    );
    for (let index = 0; index < filesPerProject; index++) {
      const isAboutTls = index % 200 === 100;
      expected += isAboutTls ? 1 : 0;
      const text = `${source('Type', index)}${source('Other', index)}`;
      write(`${place}/Folder${index % 10}/File${index}.cs`, isAboutTls ? `${text}${obsolete('Tls')}` : text);
    }
  }
  const program = `${folder}/alone/Program.cs`;
  write(
    `${folder}/alone/App.csproj`,
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net48</TargetFramework></PropertyGroup></Project>',
  );
  const body = Array.from({ length: 150 }, (_, index) => source(`Type${index}`, index)).join('');
  write(program, `${obsolete('Start')}// here\r\n${body}`);
  return { expected: expected + 1, program };
}

function obsolete(name: string): string {
  return `using System.Net;\r\nclass ${name}\r\n{\r\n    void M()\r\n    {\r\n        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;\r\n    }\r\n}\r\n`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(join(path), text);
}

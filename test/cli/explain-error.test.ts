import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { CliIo } from '../../server/src/cli/io.ts';
import { type CliResult, runCli } from '../harness/cli-io.ts';
import { checkJson } from '../harness/schema.ts';
import { tempFolder } from '../harness/temp-folder.ts';

const failedSend =
  'System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a send. ---> System.IO.IOException: Authentication failed because the remote party has closed the transport stream.';
const german = 'Die Anforderung wurde abgebrochen: Es konnte kein geschützter SSL/TLS-Kanal erstellt werden.';

async function explain(t: TestContext, content: string | Uint8Array, args: readonly string[] = []): Promise<CliResult> {
  return runCli(['explain-error', 'app.log', ...args], tempFolder(t, { 'app.log': content }));
}

async function explainJson(t: TestContext, content: string | Uint8Array) {
  const { stdout, exitCode, stderr } = await explain(t, content, ['--format', 'json']);
  assert.equal(stderr, '');
  return { exitCode, output: checkJson('explain-error', stdout) };
}

test('JSON fits its schema and says causes, reasons and next steps', async (t) => {
  const { exitCode, output } = await explainJson(t, `Started.\r\n${failedSend}\r\n`);
  assert.equal(exitCode, 1);
  assert.equal(output.first, 'tls-version');
  assert.equal(output.file, 'app.log');
  const [outer, inner] = output.matches;
  assert.deepEqual([outer.line, outer.signature, outer.decisive], [2, 'dotnet-error-on-send', false]);
  assert.deepEqual([inner.line, inner.signature, inner.decisive], [2, 'dotnet-transport-stream-closed', true]);
  assert.equal(inner.causes[0].likelihood, 'likely');
  assert.match(inner.causes[0].next.join(' '), /Audit Workspace.*Check Dynamics TLS.*registry/);
});

test('exit code 0 and first null when nothing is recognised', async (t) => {
  const { exitCode, output } = await explainJson(t, 'All is well.\n');
  assert.deepEqual([exitCode, output.matches, output.first, output.lines], [0, [], null, 1]);
});

test('text says what decides, what speaks for it, and what to do, in 80 columns', async (t) => {
  const { exitCode, stdout } = await explain(t, `Started.\n${failedSend}\n`);
  assert.equal(exitCode, 1);
  assert.ok(stdout.startsWith('app.log: tls-version (likely)\n  line 2:\n'), stdout);
  assert.match(stdout, /^ {2}likely {3}tls-version: /m);
  assert.match(stdout, /^ {2}Next:\n {2}- Find the project/m);
  assert.match(stdout, /^ {2}Also recognised:\n {2}- line 2: tls-version: System\.Net\.WebException/m);
  const long = stdout.split('\n').filter((line) => line.length > 80 && !line.includes('https://'));
  assert.deepEqual(long, []);
  assert.equal((await explain(t, 'x\n')).stdout, 'app.log: nothing was recognised in 1 line\n');
});

test('control characters of a log never reach the terminal', async (t) => {
  const { stdout } = await explain(t, `\u0007${failedSend}\u009b31m\u202e\n`);
  assert.doesNotMatch(stdout, /[\u0007\u009b\u202e]/);
});

const encodings: Readonly<Record<string, Uint8Array>> = {
  'UTF-8': Buffer.from(german),
  'UTF-8 with a mark': Buffer.from(`\ufeff${german}`),
  'UTF-16 LE with a mark': Buffer.from(`\ufeff${german}`, 'utf16le'),
  'UTF-16 LE without a mark': Buffer.from(german, 'utf16le'),
  'UTF-16 BE with a mark': Buffer.from(`\ufeff${german}`, 'utf16le').swap16(),
  'UTF-16 BE without a mark': Buffer.from(german, 'utf16le').swap16(),
  'Windows-1252': Buffer.from(german, 'latin1'),
};
for (const [name, bytes] of Object.entries(encodings)) {
  test(`a log in ${name} is understood`, async (t) => {
    const { output } = await explainJson(t, bytes);
    assert.deepEqual(
      output.matches.map(({ signature }: { signature: string }) => signature),
      ['dotnet-secure-channel-de'],
    );
    assert.equal(output.matches[0].text, german);
  });
}

test('standard input is read for - and without an argument, also when it cuts characters', async () => {
  const bytes = Buffer.from(`${german}\n`);
  for (const args of [['-'], []]) {
    const { stdout, exitCode } = await runCli(['explain-error', ...args, '--format', 'json'], '/', {
      stdin: pieces(bytes, 1),
    });
    assert.equal(exitCode, 1);
    assert.equal(checkJson('explain-error', stdout).first, 'tls-version');
  }
});

test('what cannot be read is exit code 2 with the reason', async (t) => {
  const folder = tempFolder(t);
  const cases: readonly (readonly [args: readonly string[], io: Partial<CliIo>, message: RegExp])[] = [
    [['missing.log'], {}, /missing\.log cannot be read: there is no such file\./],
    [['.'], {}, /cannot be read: it is a folder\./],
    [['-'], {}, /There is no standard input/],
    [['a', 'b'], {}, /too many arguments/],
    [['x', '--format', 'xml'], {}, /Allowed choices/],
  ];
  for (const [args, io, message] of cases) {
    const { exitCode, stdout, stderr } = await runCli(['explain-error', ...args], folder, io);
    assert.equal(exitCode, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});

test('200 MiB are read as a stream: no chunk is asked for before the one before was used, and little is kept', async () => {
  const megabyte = 1024 * 1024;
  const ordinary =
    '2026-11-25 10:00:00,123 [7] INFO  Contoso.Importer - Record 00001234 was sent to the organization\r\n';
  const chunk = Buffer.from(ordinary.repeat(Math.ceil(megabyte / ordinary.length)));
  const last = Buffer.from(`2026-11-25 10:00:01,123 [7] ERROR Contoso.Importer - ${failedSend}\r\n`);
  const counter = { made: 0, bytes: 0, alive: 0, most: 0 };
  const registry = new FinalizationRegistry<undefined>(() => counter.alive--);
  async function* log(): AsyncGenerator<Uint8Array> {
    for (; counter.bytes < 200 * megabyte; counter.made++) {
      // A copy each time, so that keeping chunks would be seen.
      const piece = Uint8Array.from(chunk);
      registry.register(piece, undefined);
      counter.most = Math.max(counter.most, ++counter.alive);
      counter.bytes += piece.length;
      yield piece;
      if (counter.made % 8 === 7) {
        await new Promise(setImmediate);
      }
    }
    yield last;
  }
  const { stdout, exitCode } = await runCli(['explain-error', '-', '--format', 'json'], '/', { stdin: log() });
  const output = checkJson('explain-error', stdout);
  assert.equal(exitCode, 1);
  assert.equal(output.first, 'tls-version');
  assert.equal(output.lines, (counter.bytes / chunk.length) * (chunk.length / ordinary.length) + 1);
  assert.ok(counter.bytes >= 200 * megabyte, `${counter.bytes} bytes`);
  assert.ok(counter.most < counter.made, `${counter.most} of ${counter.made} chunks were alive at once`);
});

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) {
    yield bytes.subarray(from, from + size);
  }
}

import assert from 'node:assert/strict';
import test from 'node:test';
import { main } from '../../server/src/cli/main.ts';
import { rules } from '../../server/src/core/index.ts';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

const readme = readRepositoryFile('README.md');
const manifest = JSON.parse(readRepositoryFile('package.json'));

test('the first screen has the two commands', () => {
  const firstScreen = readme.split('\n').slice(0, 30).join('\n');
  for (const command of ['npm ci && npm run audit', 'npm ci && npm run audit -- PATH', 'npm ci && npm test']) {
    assert.ok(firstScreen.includes(command), command);
  }
});

test('every setting has its row, with its default', () => {
  for (const [name, { default: value }] of Object.entries<{ default: unknown }>(
    manifest.contributes.configuration.properties,
  )) {
    assert.equal(cellsOf(name)[1], `\`${JSON.stringify(value)}\``, name);
  }
});

test('every command of the editor has its row', () => {
  for (const { category, title } of manifest.contributes.commands) {
    assert.notDeepEqual(cellsOf(category === undefined ? title : `${category}: ${title}`), [], title);
  }
});

test('every command of the command line and every option has its row', async () => {
  const { stdout: help } = await run(['--help']);
  const commands = [...help.matchAll(/^ {2}([\w-]+)(?: \[|$)/gm)].map((match) => match[1] ?? '');
  assert.ok(commands.includes('audit') && commands.length >= 4, commands.join());
  for (const command of commands) {
    assert.match(readme, new RegExp(`^\\| \`${command}\\b`, 'm'), command);
    const { stdout: own } = command === 'help' ? { stdout: help } : await run([command, '--help']);
    for (const [, option = ''] of own.matchAll(/^ {2}(--[\w-]+(?: <[\w.]+>)?)/gm)) {
      assert.notDeepEqual(cellsOf(option), [], `${command} ${option}`);
    }
  }
});

test('the changes name every rule', () => {
  const changes = readRepositoryFile('CHANGELOG.md');
  for (const { id } of rules) {
    assert.ok(changes.includes(`\`${id}\``), id);
  }
});

test('output that is shown is what the command prints', async () => {
  const blocks = [...readme.matchAll(/^```(text|json) run="([^"]+)"\n([\s\S]*?)^```$/gm)];
  assert.ok(blocks.length >= 2, 'there are examples');
  for (const [, language, command = '', shown = ''] of blocks) {
    const { stdout } = await run(command.split(' '));
    if (language === 'json') {
      // Shown with fewer fields than there are.
      assert.partialDeepStrictEqual(withoutVersion(JSON.parse(stdout)), withoutVersion(JSON.parse(shown)));
    } else {
      const [prompt = '', ...rest] = shown.split('\n');
      assert.equal(prompt, `$ node dist/cli.js ${command}`);
      assert.equal(withoutSeconds(rest.join('\n')), withoutSeconds(stdout));
    }
  }
});

/** Cells of the row of a table whose first cell is this code. */
function cellsOf(code: string): string[] {
  const row = readme.split('\n').find((line) => line.startsWith('|') && line.split('|')[1]?.trim() === `\`${code}\``);
  return row === undefined
    ? []
    : row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
}

async function run(args: readonly string[]): Promise<{ stdout: string }> {
  let stdout = '';
  await main(args, {
    cwd: repositoryRoot.replaceAll('\\', '/').replace(/\/$/, ''),
    environment: {},
    stdout: (text) => {
      stdout += text;
    },
    stderr: () => undefined,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    now: () => performance.now(),
    signal: new AbortController().signal,
  });
  return { stdout };
}

function withoutSeconds(text: string): string {
  return text.replace(/\d+\.\d s\)/g, '? s)');
}

/** Unbundled, the command line has no version. */
function withoutVersion(output: { tool: unknown }): object {
  return { ...output, tool: undefined };
}

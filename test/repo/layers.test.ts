import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { posix } from 'node:path';
import test from 'node:test';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

/**
 * What each folder may import, besides itself: a second lock beside the linter's. A new arrow is a change of the
 * architecture: it is added here and in ARCHITECTURE.md. A name with `/` at its end stands for all below.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'server/src/core/model': [],
  'server/src/core/text': ['server/src/core/model'],
  'server/src/core/xml': ['server/src/core/model', 'server/src/core/text'],
  'server/src/core/facts': ['server/src/core/model'],
  'server/src/core/sources': [
    'server/src/core/model',
    'server/src/core/text',
    'server/src/core/xml',
    'server/src/core/facts',
    'jsonc-parser',
    'yaml',
  ],
  'server/src/core/configuration': ['server/src/core/model', 'server/src/core/text', 'jsonc-parser', 'picomatch'],
  'server/src/core/baseline': ['server/src/core/model', 'server/src/core/text'],
  'server/src/core/suppressions': [
    'server/src/core/model',
    'server/src/core/text',
    'server/src/core/xml',
    'server/src/core/facts',
  ],
  'server/src/core/msbuild': [
    'server/src/core/model',
    'server/src/core/text',
    'server/src/core/xml',
    'server/src/core/facts',
  ],
  'server/src/core/code': ['server/src/core/model', 'server/src/core/text', 'server/src/core/facts'],
  'server/src/core/workspace': [
    'server/src/core/model',
    'server/src/core/text',
    'server/src/core/xml',
    'server/src/core/facts',
    'server/src/core/sources',
    'server/src/core/code',
    'server/src/core/msbuild',
  ],
  'server/src/core/verdict': [
    'server/src/core/model',
    'server/src/core/code',
    'server/src/core/text',
    'server/src/core/xml',
    'server/src/core/facts',
    'server/src/core/sources',
    'server/src/core/workspace',
  ],
  'server/src/core/rules': [
    'server/src/core/model',
    'server/src/core/text',
    'server/src/core/xml',
    'server/src/core/facts',
    'server/src/core/sources',
    'server/src/core/configuration',
    'server/src/core/suppressions',
    'server/src/core/msbuild',
    'server/src/core/workspace',
    'server/src/core/verdict',
  ],
  'server/src/core/retarget': [
    'server/src/core/model',
    'server/src/core/text',
    'server/src/core/xml',
    'server/src/core/facts',
    'server/src/core/sources',
    'server/src/core/msbuild',
    'server/src/core/workspace',
  ],
  'server/src/core/report': [
    'server/src/core/model',
    'server/src/core/text',
    'server/src/core/facts',
    'server/src/core/workspace',
    'server/src/core/retarget',
    'server/src/core/verdict',
  ],
  'server/src/core/editor': [
    'server/src/core/model',
    'server/src/core/text',
    'server/src/core/xml',
    'server/src/core/facts',
    'server/src/core/sources',
    'server/src/core/msbuild',
    'server/src/core/workspace',
    'server/src/core/verdict',
  ],
  'server/src/core/machine': [
    'server/src/core/model',
    'server/src/core/text',
    'server/src/core/facts',
    'server/src/core/sources',
    'server/src/core/workspace',
  ],
  'server/src/core/engine': ['server/src/core/'],
  'server/src/core': ['server/src/core/'],
  'server/src/probe': ['server/src/core/facts'],
  'server/src/platform/browser': ['server/src/core'],
  'server/src/platform/node': [
    'server/src/core',
    'server/src/core/facts',
    'server/src/probe',
    'node:',
    'ignore',
    'isomorphic-git',
    'picomatch',
  ],
  'server/src/lsp': [
    'server/src/core',
    'server/src/probe',
    'server/src/platform/',
    'vscode-languageserver',
    'vscode-uri',
  ],
  'server/src/cli': [
    'server/src/core',
    'server/src/core/facts',
    'server/src/probe',
    'server/src/platform/',
    'server/src/lsp',
    'node:',
    'commander',
    'sarif',
    'diff',
    'picocolors',
    'cli-progress',
  ],
  'client/src': ['server/src/lsp', 'vscode', 'vscode-languageclient', '@vscode-elements/elements'],
};

/**
 * Modules of Node that nothing of ours may load: they start programs, or run what a workspace holds. One file may start
 * one program: the reg.exe of Windows, which is the only honest way into the registry, when a person asks for it.
 */
const registryReader = 'server/src/platform/node/registry-of-this-machine.ts';
const forbidden = ['node:child_process', 'node:cluster', 'node:worker_threads', 'node:vm', 'node:module', 'node:repl'];

const sources = globSync(['server/src/**/*.ts', 'client/src/**/*.ts'], { cwd: repositoryRoot })
  .map((path) => path.replaceAll('\\', '/'))
  .sort();
const imports = sources.flatMap((file) => importsOf(file).map((target) => ({ file, target })));

test('the scan sees the imports', () => {
  assert.ok(imports.length > 300, `${imports.length} imports in ${sources.length} files`);
  assert.ok(imports.some(({ target }) => target === 'node:fs'));
});

test('every folder imports only what the architecture allows', () => {
  const wrong = imports
    .filter(({ file, target }) => !isAllowed(file, target))
    .map(({ file, target }) => `${file} imports ${target}`);
  assert.deepEqual(wrong, []);
});

test('a rule imports no other rule', () => {
  const folder = 'server/src/core/rules/';
  const wrong = imports.filter(
    ({ file, target }) =>
      file.startsWith(folder) &&
      !file.endsWith('/index.ts') &&
      target.startsWith(folder) &&
      !target.endsWith('/rule.ts'),
  );
  assert.deepEqual(wrong, []);
});

test('other layers import core through its index, or its tables of facts', () => {
  const wrong = imports
    .filter(({ file, target }) => !file.startsWith('server/src/core/') && target.startsWith('server/src/core/'))
    .filter(({ target }) => target !== 'server/src/core/index.ts' && !target.startsWith('server/src/core/facts/'))
    .map(({ file, target }) => `${file} imports ${target}`);
  assert.deepEqual(wrong, []);
});

test('the client imports of the server only the protocol', () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      file.startsWith('client/') && target.startsWith('server/') && target !== 'server/src/lsp/protocol.ts',
  );
  assert.deepEqual(wrong, []);
});

test('nothing of ours starts programs or runs what it reads', () => {
  assert.deepEqual(
    imports.filter(({ target }) => forbidden.includes(target)),
    [{ file: registryReader, target: 'node:child_process' }],
  );
  const evaluating = sources.filter((file) => /\beval\(|\bnew Function\(/.test(readRepositoryFile(file)));
  assert.deepEqual(evaluating, []);
});

test('the one file that starts a program starts reg.exe by its full path, and only to export keys of a constant list', () => {
  const text = readRepositoryFile(registryReader);
  assert.match(text, /^import \{ execFile \} from 'node:child_process';$/m);
  assert.equal(text.match(/\bexecFile\(/g)?.length, 1);
  assert.match(text, /program: `\$\{SystemRoot\}\\\\System32\\\\reg\.exe`/);
  assert.match(text, /for \(const \[i, key\] of machineExportKeys\.entries\(\)\)/);
  assert.match(text, /const all = \[\.\.\.args, 'export', key, file, /);
  assert.doesNotMatch(text, /shell:/);
  // Who may call it: the command of the command line, and the handler of the editor's command.
  const users = imports.filter(({ target }) => target === registryReader).map(({ file }) => file);
  assert.deepEqual(users.sort(), ['server/src/cli/machine-command.ts', 'server/src/lsp/node-server.ts']);
});

test('only the bundle of the command line and the platform touch the system', () => {
  // Sockets and the disk stand in platform/node; the rest asks through ports.
  const system = /^node:(?:fs|net|tls|dns|http|https|dgram|os)\b/;
  const outside = imports
    .filter(({ target }) => system.test(target))
    .map(({ file }) => file)
    .filter((file) => !file.startsWith('server/src/platform/node/') && !file.startsWith('server/src/cli/'));
  assert.deepEqual(outside, []);
});

/** Paths of the repository for relative imports, names of packages and of Node's modules for others. */
function importsOf(file: string): string[] {
  const pattern =
    /^[ \t]*(?:import|export)\b[^'"`;=]*?\bfrom '([^']+)'|^[ \t]*import '([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...readRepositoryFile(file).matchAll(pattern)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .map((target) => (target.startsWith('.') ? posix.join(posix.dirname(file), target) : target));
}

function isAllowed(file: string, target: string): boolean {
  const folder = folderOf(file);
  const allowed = arrows[folder];
  if (!allowed) {
    return false;
  }
  if (target.startsWith('server/') || target.startsWith('client/')) {
    const to = folderOf(target);
    return to === folder || allowed.some((name) => (name.endsWith('/') ? `${to}/`.startsWith(name) : to === name));
  }
  return allowed.some(
    (name) =>
      target === name || target.startsWith(name === 'node:' ? name : `${name}/`) || target.startsWith(`${name}-`),
  );
}

/** The folder of the table that a file belongs to. */
function folderOf(file: string): string {
  let folder = posix.dirname(file);
  while (folder !== '.' && arrows[folder] === undefined) {
    folder = posix.dirname(folder);
  }
  return folder;
}

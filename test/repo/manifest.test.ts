import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import test from 'node:test';
import {
  analyzedExtensions,
  analyzedNames,
  defaultSettings,
  fileKind,
  parseSettings,
  settingDefinitions,
} from '../../server/src/core/index.ts';
import { readRepositoryFile, repositoryRoot } from '../harness/repository.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly browser: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

const manifest: Manifest = JSON.parse(readRepositoryFile('package.json'));

test('the commands of package.json are those of the table, one file each', () => {
  const table = [...readRepositoryFile('client/src/commands/table.ts').matchAll(/^ {2}'(dynamicsTls\.\w+)':/gm)];
  const ids = table.map((match) => match[1] ?? '');
  assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).sort(), ids.toSorted());
  for (const id of ids) {
    const name = id.slice('dynamicsTls.'.length).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const file = `client/src/commands/${name}.ts`;
    assert.ok(existsSync(`${repositoryRoot}${file}`), `missing: ${file}`);
  }
});

test('the settings of package.json are those of the table', () => {
  const { properties } = manifest.contributes.configuration;
  assert.deepEqual(Object.keys(properties), [
    ...settingDefinitions.map(({ key }) => `dynamicsTls.${key}`),
    'dynamicsTls.trace.server',
  ]);
  for (const definition of settingDefinitions) {
    assert.deepEqual(properties[`dynamicsTls.${definition.key}`]?.default, definition.default, definition.key);
  }
});

test('the defaults are settings that nothing is wrong with', () => {
  assert.deepEqual(parseSettings(defaultSettings), { settings: defaultSettings, problems: [] });
});

/** Files that a person writes. The files of the hosting process are found by the way, and are no text to look at. */
const writtenExtensions = analyzedExtensions.filter(
  (extension) => fileKind(`x${extension}`) !== 'hosting-process-file',
);

test('the editor asks about exactly the files that a person writes and that are analysed', () => {
  const selector = /documentSelector = \[([^\]]+)\]/.exec(readRepositoryFile('client/src/activate.ts'))?.[1] ?? '';
  const [extensions, names] = [...selector.matchAll(/\{([^{}]+)\}'/g)].map((match) => match[1]?.split(',') ?? []);
  assert.deepEqual(extensions?.map((extension) => `.${extension}`).sort(), writtenExtensions.toSorted());
  // Patterns of an editor tell letter cases apart.
  assert.deepEqual([...new Set(names?.map((name) => name.toLowerCase()))].sort(), analyzedNames.toSorted());
});

test('every kind of project and solution activates the extension, and nothing else does', () => {
  const patterns = manifest.activationEvents.map((event) => /^workspaceContains:(.+)$/.exec(event)?.[1] ?? event);
  const activating = patterns.flatMap((pattern) => expandBraces(pattern).map((path) => path.replace('**/*', 'x')));
  assert.deepEqual(
    activating.filter((path) => fileKind(path) === undefined),
    [],
    'activation by a file that is not analysed',
  );
  // A filter of a solution stands beside its solution, and every other file beside the projects that it is about.
  const needed = analyzedExtensions.filter((extension) =>
    ['project', 'solution'].includes(fileKind(`x${extension}`) ?? ''),
  );
  assert.deepEqual(
    needed.filter((extension) => extension !== '.slnf' && !activating.includes(`x${extension}`)),
    [],
    'no activation by a file that is analysed',
  );
});

test('the version is the same everywhere', () => {
  const lock = JSON.parse(readRepositoryFile('package-lock.json'));
  assert.equal(lock.version, manifest.version, 'package-lock.json');
  assert.equal(lock.packages[''].version, manifest.version, 'package-lock.json, packages[""]');
  const released = [...readRepositoryFile('CHANGELOG.md').matchAll(/^## \[?(\d+\.\d+\.\d+)/gm)].map(
    (match) => match[1],
  );
  assert.ok(released.includes(manifest.version), `CHANGELOG.md has no section for ${manifest.version}`);
  assert.equal(released[0], manifest.version, 'the newest section of CHANGELOG.md');
});

test('dependencies have exact versions, and the lock file names no host', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
  assert.deepEqual(loose, []);
  assert.doesNotMatch(readRepositoryFile('package-lock.json'), /"resolved"/);
});

test('every script runs a file that is there', () => {
  const missing = Object.entries(manifest.scripts).flatMap(([name, script]) =>
    [...script.matchAll(/\bnode (\S+\.(?:ts|mjs))/g)]
      .map((match) => match[1] ?? '')
      .filter((file) => !existsSync(`${repositoryRoot}${file}`))
      .map((file) => `${name}: ${file}`),
  );
  assert.deepEqual(missing, []);
});

test('each folder of TypeScript says that it holds modules, and the root does not', () => {
  // VS Code's web host loads the browser bundle as CommonJS, which a root of "type": "module" would forbid.
  assert.equal((manifest as { type?: string }).type, undefined);
  const sources = globSync('*/**/*.ts', { cwd: repositoryRoot, exclude: ['node_modules', 'dist', 'out'] });
  for (const folder of new Set(sources.map((path) => path.split(/[\\/]/)[0] ?? ''))) {
    assert.equal(JSON.parse(readRepositoryFile(`${folder}/package.json`)).type, 'module', `${folder}/package.json`);
  }
});

function expandBraces(pattern: string): string[] {
  const match = /^(.*)\{([^}]+)\}(.*)$/.exec(pattern);
  return match ? (match[2] ?? '').split(',').map((part) => `${match[1]}${part}${match[3]}`) : [pattern];
}

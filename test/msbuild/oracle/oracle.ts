/**
 * Real MSBuild as a test oracle: a small C# program, compiled once with the SDK's own compiler, evaluates many projects
 * in one process. Nothing is downloaded.
 */
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface OracleRequest {
  readonly path: string;
  readonly globals?: Readonly<Record<string, string>>;
  readonly properties: readonly string[];
  /** Item types with the metadata to read. */
  readonly items?: Readonly<Record<string, readonly string[]>>;
  /** Go on without imports that are not there, as a machine with Visual Studio would with its own files. */
  readonly ignoreMissing?: true;
  /** Every property that some file wrote. */
  readonly all?: true;
}

export interface OracleAnswer {
  /** MSBuild's message when it refuses the project. */
  readonly error: string | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly items: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  readonly milliseconds: number;
  readonly all?: Readonly<Record<string, string>>;
}

/** The SDK on this machine, or undefined when there is none. */
export interface Sdk {
  readonly dotnet: string;
  readonly folder: string;
  readonly version: string;
}

export function findSdk(): Sdk | undefined {
  let listing: string;
  try {
    listing = execFileSync('dotnet', ['--list-sdks'], { encoding: 'utf8', env: environment() });
  } catch {
    // No dotnet command: the tests that need it are skipped.
    return undefined;
  }
  const last = listing.trim().split('\n').at(-1) ?? '';
  const match = /^(\S+) \[(.+)\]$/.exec(last);
  if (!match) {
    return undefined;
  }
  const [, version = '', parent = ''] = match;
  return { dotnet: join(dirname(parent), 'dotnet'), folder: join(parent, version), version };
}

/**
 * A small environment, so that no variable of this machine becomes a property, with the variables that the command
 * `dotnet msbuild` sets.
 */
function environment(sdk?: Sdk): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'USERPROFILE', 'APPDATA', 'ProgramFiles'];
  const base = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  const quiet = { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', MSBUILDDISABLENODEREUSE: '1' };
  return sdk
    ? {
        ...base,
        ...quiet,
        ORACLE_SDK: sdk.folder,
        MSBUILD_EXE_PATH: join(sdk.folder, 'MSBuild.dll'),
        MSBuildSDKsPath: join(sdk.folder, 'Sdks'),
        MSBuildExtensionsPath: `${sdk.folder}/`,
        DOTNET_HOST_PATH: sdk.dotnet,
      }
    : { ...base, ...quiet };
}

/** Compiles the oracle into the temporary folder, unless the same source was compiled before. */
function compile(sdk: Sdk): string {
  const source = join(import.meta.dirname, 'Oracle.cs');
  const hash = createHash('sha256').update(readFileSync(source)).update(sdk.version).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `msbuild-oracle-${hash}`);
  const output = join(folder, 'Oracle.dll');
  if (existsSync(output)) {
    return output;
  }
  mkdirSync(folder, { recursive: true });
  const packs = join(dirname(dirname(sdk.folder)), 'packs', 'Microsoft.NETCore.App.Ref');
  const pack = join(packs, readdirSync(packs).at(-1) ?? '', 'ref');
  const references = join(pack, readdirSync(pack).at(-1) ?? '');
  const libraries = readdirSync(references)
    .filter((name) => name.endsWith('.dll'))
    .map((name) => `-r:${join(references, name)}`);
  const msbuild = ['Microsoft.Build.dll', 'Microsoft.Build.Framework.dll'].map(
    (name) => `-r:${join(sdk.folder, name)}`,
  );
  const compiler = join(sdk.folder, 'Roslyn', 'bincore', 'csc.dll');
  const options = ['-nologo', '-nowarn:CS8632', '-langversion:latest', `-out:${output}`];
  execFileSync(sdk.dotnet, ['exec', compiler, ...options, ...libraries, ...msbuild, source], { stdio: 'pipe' });
  const config = JSON.parse(readFileSync(join(sdk.folder, 'MSBuild.runtimeconfig.json'), 'utf8'));
  writeFileSync(join(folder, 'Oracle.runtimeconfig.json'), JSON.stringify(config));
  return output;
}

/** A running oracle. Requests are answered in their order. */
export class Oracle {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting: ((answer: OracleAnswer) => void)[] = [];

  constructor(sdk: Sdk) {
    const program = compile(sdk);
    this.#process = spawn(sdk.dotnet, ['exec', program], {
      env: environment(sdk),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      this.#waiting.shift()?.(JSON.parse(line) as OracleAnswer);
    });
  }

  ask(request: OracleRequest): Promise<OracleAnswer> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#process.stdin.write(`${JSON.stringify({ globals: {}, items: {}, ...request })}\n`);
    });
  }

  close(): void {
    this.#process.stdin.end();
  }
}

/** What `dotnet msbuild -getProperty` prints, one process a project: slow, and beyond doubt. */
export function askCommandLine(sdk: Sdk, request: OracleRequest): OracleAnswer {
  const globals = Object.entries(request.globals ?? {}).map(([name, value]) => `-p:${name}=${value}`);
  const items = Object.keys(request.items ?? {});
  const args = ['msbuild', request.path, '-nologo', `-getProperty:${request.properties.join(',')}`, ...globals];
  if (items.length > 0) {
    args.push(`-getItem:${items.join(',')}`);
  }
  try {
    const printed = execFileSync(sdk.dotnet, args, { encoding: 'utf8', env: environment(), stdio: 'pipe' });
    const single = request.properties.length === 1 && items.length === 0;
    const parsed = single
      ? { Properties: { [request.properties[0] as string]: printed.replace(/\n$/, '') } }
      : JSON.parse(printed);
    return {
      error: null,
      properties: parsed.Properties ?? {},
      items: Object.fromEntries(
        Object.entries((parsed.Items ?? {}) as Record<string, Record<string, string>[]>).map(([type, list]) => [
          type,
          list.map((item) => ({ ...item, include: item['Identity'] ?? '' })),
        ]),
      ),
      milliseconds: 0,
    };
  } catch (error) {
    return {
      error: String((error as { stdout?: string }).stdout ?? error),
      properties: {},
      items: {},
      milliseconds: 0,
    };
  }
}

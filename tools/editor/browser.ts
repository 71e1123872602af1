import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { cachedFolder, firstLine, progress, runToEnd } from './cache.ts';

/** A Chromium that has been started once, successfully. */
export interface Chromium {
  executablePath: string;
  /** Where it comes from, for the log. */
  origin: string;
  /** Variables that it needs on this machine, such as the folder of its shared libraries. */
  environment: Record<string, string>;
}

/**
 * Finds a Chromium that starts: the one named by CHROMIUM_EXECUTABLE, one installed on the machine, the headless one
 * inside the npm package `@sparticuz/chromium` (Linux x64), and as the last resort Debian's package.
 * @throws When there is none; the message says why each candidate was refused.
 */
export async function ensureChromium(): Promise<Chromium> {
  return (await findBrowser(async () => undefined)).chromium;
}

/** Starts the Chromium that {@link ensureChromium} finds. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { chromium, result } = await findBrowser(async (browser) => browser);
  progress(`Chromium ${result.version()} (${chromium.origin})`);
  return result;
}

type Candidate = { origin: string; find: () => Promise<Omit<Chromium, 'origin'>[]> };

const candidates: readonly Candidate[] = [
  { origin: 'CHROMIUM_EXECUTABLE', find: async () => namedByEnvironment() },
  { origin: 'installed on this machine', find: async () => installedOnMachine() },
  { origin: 'npm package @sparticuz/chromium', find: fromNpmPackage },
  { origin: 'Debian package chromium', find: fromDebian },
];

/** Hands the started browser to `use`; a browser that `use` does not return is closed. */
async function findBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<{ chromium: Chromium; result: T }> {
  const refusals: string[] = [];
  for (const candidate of candidates) {
    let found: Omit<Chromium, 'origin'>[] = [];
    try {
      found = await candidate.find();
    } catch (error) {
      refusals.push(`${candidate.origin}: ${firstLine(error)}`);
    }
    for (const details of found) {
      const chromium = { ...details, origin: candidate.origin };
      try {
        const browser = await start(chromium);
        const result = await use(browser);
        if ((result as unknown) !== browser) {
          await browser.close();
        }
        return { chromium, result };
      } catch (error) {
        refusals.push(`${details.executablePath}: ${reasonOf(error)}`);
      }
    }
  }
  throw new Error(
    `No Chromium starts on this machine. Install Chrome or Chromium, or name one in CHROMIUM_EXECUTABLE.\n  ${refusals.join('\n  ')}`,
  );
}

async function start(chromium: Omit<Chromium, 'origin'>): Promise<Browser> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...chromium.environment })) {
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  const browser = await playwright.launch({
    executablePath: chromium.executablePath,
    env: environment,
    timeout: 30_000,
    args: [
      // Everything it opens comes from 127.0.0.1, and root (containers) cannot have the sandbox.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
    ],
  });
  // Some failures (a missing library of the renderer) show only with the first page.
  const page = await browser.newPage();
  await page.close();
  return browser;
}

function namedByEnvironment(): Omit<Chromium, 'origin'>[] {
  const named = process.env['CHROMIUM_EXECUTABLE'];
  return named ? [{ executablePath: named, environment: {} }] : [];
}

function installedOnMachine(): Omit<Chromium, 'origin'>[] {
  return possiblePaths()
    .filter((path) => existsSync(path))
    .map((executablePath) => ({ executablePath, environment: {} }));
}

function possiblePaths(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return roots.flatMap((root) => programs.map((program) => join(root, program)));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function fromNpmPackage(): Promise<Omit<Chromium, 'origin'>[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return [];
  }
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packageFolder = join(dirname(entry), '..', '..');
  const { default: manifest } = await import(join(packageFolder, 'package.json'), { with: { type: 'json' } });
  const folder = await cachedFolder(`chromium-${manifest.version}-2`, (target) => unpack(entry, target));
  const executablePath = join(folder, 'chromium');
  const fonts = hasFonts() ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') };
  return [
    { executablePath, environment: fonts },
    // The libraries inside the package belong to another distribution: only for machines that have none of their own.
    { executablePath, environment: { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } },
  ];
}

/**
 * Lets the package unpack itself. It always unpacks into the temporary folder, and adds its shared libraries only
 * where it believes to be in a cloud function: so a process of its own is told both.
 */
async function unpack(entry: string, target: string): Promise<void> {
  progress('unpacking Chromium (once per machine)');
  const script = `import(${JSON.stringify(entry)}).then((module) => module.default.executablePath())`;
  await runToEnd(process.execPath, ['-e', script], { env: { TMPDIR: target, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' } });
  await chmod(join(target, 'chromium'), 0o755);
  // The package's own file names folders of a cloud function.
  await writeFile(join(target, 'fonts', 'fonts.conf'), fontConfiguration);
}

const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

/** Without fonts Chromium draws no text at all; the package brings one family for that case. */
function hasFonts(): boolean {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts'];
  return folders.some((folder) => existsSync(folder)) && existsSync('/etc/fonts/fonts.conf');
}

async function fromDebian(): Promise<Omit<Chromium, 'origin'>[]> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return [];
  }
  progress('installing the Debian package chromium (nothing else starts)');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runToEnd('apt-get', ['update', '-qq'], { env, timeoutMilliseconds: 5 * 60_000 });
  await runToEnd('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    env,
    timeoutMilliseconds: 10 * 60_000,
  });
  return installedOnMachine();
}

/** Playwright's message holds pages of log; the line that names the missing library or file is what helps. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (
    message.split('\n').find((line) => /error while loading|ENOENT|EACCES|cannot open/.test(line)) ?? firstLine(error)
  );
}

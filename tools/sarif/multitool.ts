import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cachedFolder, cacheRoot, progress, runNpm } from '../editor/cache.ts';

/** Microsoft's own validator of SARIF: 100 MB, so that it comes on demand. https://www.npmjs.com/package/@microsoft/sarif-multitool */
const version = '5.7.0';
const folderName = `sarif-multitool-${version}`;

/** The program, or undefined where it was not installed. */
export function sarifMultitool(): string | undefined {
  const program = programIn(join(cacheRoot(), folderName));
  return existsSync(program) ? program : undefined;
}

/** Installs the program into the cache, once per version. */
async function ensureSarifMultitool(): Promise<string> {
  return programIn(
    await cachedFolder(folderName, async (folder) => {
      progress(`installing the SARIF multitool ${version} into ${cacheRoot()}`);
      await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
      await runNpm(['install', '--ignore-scripts', '--save-exact', `@microsoft/sarif-multitool@${version}`], folder);
      if (process.platform !== 'win32') {
        await chmod(programIn(folder), 0o755);
      }
    }),
  );
}

function programIn(folder: string): string {
  const system = process.platform === 'win32' ? 'win32' : process.platform === 'darwin' ? 'darwin' : 'linux';
  const name = process.platform === 'win32' ? 'Sarif.Multitool.exe' : 'Sarif.Multitool';
  return join(folder, 'node_modules', '@microsoft', `sarif-multitool-${system}`, name);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  progress(`SARIF multitool: ${await ensureSarifMultitool()}`);
}

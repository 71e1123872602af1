/** How long nothing takes: the command line's version, the server's first answer, and what is loaded for them. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { LspClient } from '../../test/harness/lsp-client.ts';
import { built, root, runProgram } from './processes.ts';
import { measure, type Row } from './rounds.ts';

export async function benchStart(): Promise<Row[]> {
  printSizes();
  const nothing = async () => (await runProgram(process.execPath, ['-e', '0'])).milliseconds;
  return [
    await measure({
      name: 'dynamics-tls --version',
      referenceName: 'node -e 0',
      rounds: 9,
      ours: async () => (await runProgram(process.execPath, [built('cli'), '--version'])).milliseconds,
      reference: nothing,
    }),
    await measure({
      name: 'server start and initialize',
      referenceName: 'node -e 0',
      rounds: 9,
      ours: async () => {
        const begin = performance.now();
        const client = await LspClient.start({ folders: [], command: [built('server'), '--stdio'] });
        const milliseconds = performance.now() - begin;
        await client.stop();
        return milliseconds;
      },
      reference: nothing,
    }),
  ];
}

/** As they ship: minified, and compressed in the package. */
function printSizes(): void {
  for (const name of ['cli.js', 'server.js', 'client.js', 'browser/server.js', 'browser/client.js']) {
    const code = readFileSync(`${root}dist/${name}`, 'utf8');
    const { code: minified } = transformSync(code, { minify: true, legalComments: 'none' });
    const kilobytes = (size: number) => `${Math.round(size / 1024)} KB`;
    console.log(
      `start: dist/${name} ${kilobytes(Buffer.byteLength(minified))} minified, ${kilobytes(gzipSync(minified).length)} compressed`,
    );
  }
}

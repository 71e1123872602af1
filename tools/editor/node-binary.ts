import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The Node 24 that the development dependency `node` brings: VS Code's server wants that version, whatever the
 * machine has. Falls back to the running Node when that is new enough.
 */
export function nodeBinary(): string {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const bundled = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', executable);
  if (existsSync(bundled)) {
    return bundled;
  }
  if (Number.parseInt(process.versions.node, 10) >= 24) {
    return process.execPath;
  }
  throw new Error('VS Code needs Node 24: run npm install, which fetches it as the package "node".');
}

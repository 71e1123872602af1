/**
 * `node tools/editor/look.ts [FOLDER]`: shows the built extension in a real VS Code. Prints an address for any browser
 * and runs until Ctrl+C. Without a folder it opens the sample solution.
 */
import { join, resolve } from 'node:path';
import { startWebServer } from './web-server.ts';
import { addressOf } from './window.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = resolve(process.argv[2] ?? join(root, 'test', 'scenarios', 'contoso'));
const server = await startWebServer({ extensions: [root] });
console.log(`${folder}\n  ${addressOf(server, { folder })}\nCtrl+C ends it.`);
process.once('SIGINT', () => {
  void server.stop().then(() => process.exit(0));
});

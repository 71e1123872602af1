import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { cachedFolder, progress, runNpm } from './cache.ts';

/** The fonts of the pictures: free ones from the npm registry, so that pictures look the same from every machine. */
const fonts = {
  editor: { family: 'Cascadia Code', package: '@fontsource-variable/cascadia-code', version: '5.3.0' },
  interface: { family: 'Open Sans', package: '@fontsource-variable/open-sans', version: '5.3.0' },
};

/** The settings that go with {@link useFonts}. */
export const fontSettings = { 'editor.fontFamily': `'${fonts.editor.family}'`, 'editor.fontLigatures': false };

/** Makes the fonts known to a page before VS Code is loaded into it. */
export async function useFonts(page: Page): Promise<void> {
  const folder = await cachedFolder('fonts-1', async (target) => {
    progress('fetching the fonts of the pictures (once per machine)');
    const packages = Object.values(fonts).map((font) => `${font.package}@${font.version}`);
    await runNpm(['install', '--prefix', target, '--ignore-scripts', ...packages], target);
  });
  const rules: string[] = [];
  for (const font of Object.values(fonts)) {
    const name = `${font.package.split('/')[1]}-latin-wght-normal.woff2`;
    const path = join(folder, 'node_modules', font.package, 'files', name);
    // A path on the server's own address: the workbench loads fonts from nowhere else.
    await page.route(`**/${name}`, async (route) => {
      await route.fulfill({ body: await readFile(path), contentType: 'font/woff2' });
    });
    rules.push(`@font-face { font-family: '${font.family}'; font-weight: 300 800; src: url('/${name}'); }`);
  }
  rules.push(`.monaco-workbench { font-family: '${fonts.interface.family}' !important; }`);
  // The style sheet that the page loads last anyway; with the rules in it the fonts are there before the first text.
  await page.route('**/workbench.css', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}\n${rules.join('\n')}` });
  });
}

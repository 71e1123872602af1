import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { until } from '../../../tools/editor/until.ts';
import type { Workbench } from '../../../tools/editor/workbench.ts';

/** The page of the active webview, once it shows a heading of level 1 that is as wanted. */
export async function resultPage(workbench: Workbench, heading: RegExp): Promise<Frame> {
  let found: Frame | undefined;
  await until(
    `a page with the heading ${heading}`,
    async () => {
      const texts: string[] = [];
      for (const frame of workbench.page.frames().filter((candidate) => candidate.url().includes('/pre/fake.html'))) {
        // A page that is replaced while it is read is looked at again.
        for (const text of await frame
          .locator('h1')
          .allInnerTexts()
          .catch(() => [])) {
          texts.push(text);
          found = heading.test(text) ? frame : found;
        }
      }
      return texts;
    },
    () => found !== undefined,
  );
  // The components are registered by the page's script.
  await found?.locator('vscode-button:defined').first().waitFor();
  return found as Frame;
}

/** What axe finds on a page, one line for each rule that is broken. */
export async function accessibilityProblems(frame: Frame): Promise<string[]> {
  await frame.evaluate(`${axe.source};void 0`);
  const found: { id: string; impact: string; help: string; nodes: { html: string }[] }[] = await frame.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  );
  return found.map(({ id, impact, help, nodes }) => `${impact}: ${id}, ${help}: ${nodes[0]?.html}`);
}

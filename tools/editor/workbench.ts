import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { boxesOfElements, chosenOption, findTextInEditor, type Rectangle, textOfLines } from './in-page.ts';
import { until } from './until.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * The workbench as a person uses it: keys and mouse in, visible text out. Every method waits for what it needs and
 * fails with the last thing it saw.
 */
export class Workbench {
  readonly page: Page;
  readonly folder: string;

  constructor(page: Page, folder: string) {
    this.page = page;
    this.folder = folder;
  }

  /** Absolute path of a file of the opened folder. */
  path(file: string): string {
    return join(this.folder, file);
  }

  /** Opens a file by its name through "Go to File". Names must be unique in the folder. */
  async openFile(name: string): Promise<void> {
    await this.choose('ControlOrMeta+p', name, (label) => label.startsWith(name));
    await this.tab(name).waitFor();
    await this.lines().first().waitFor();
  }

  /** Runs a command from the command palette by its full title, such as "Dynamics TLS: Show Log". */
  async runCommand(title: string): Promise<void> {
    await this.choose('F1', `>${title}`, (label) => label === title || label.startsWith(`${title},`));
  }

  /** Titles that the command palette offers for a search text. */
  async commandsFor(search: string): Promise<string[]> {
    await this.quickInput('F1', `>${search}`, (label) => label.includes(search));
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    const labels = await labelsOf(rows);
    await this.page.keyboard.press('Escape');
    return labels.map((label) => label.split(',', 1)[0] ?? '').filter((label) => label.includes(search));
  }

  /** The visible text of the active editor. Short files are visible as a whole. */
  async visibleText(): Promise<string> {
    return this.lines().evaluateAll(textOfLines);
  }

  async waitForText(text: string): Promise<void> {
    await until(
      `"${text}" in the editor`,
      () => this.visibleText(),
      (visible) => visible.includes(text),
    );
  }

  /** Where a piece of text of one line stands on the screen. Waits until it is visible. */
  async rectangleOf(text: string): Promise<Rectangle> {
    const rectangle = await until(
      `"${text}" in the editor`,
      () => this.page.evaluate(findTextInEditor, text),
      (found) => found !== null,
    );
    return rectangle as Rectangle;
  }

  async placeCursorIn(text: string): Promise<void> {
    const cursors = this.editor().locator('.cursors-layer .cursor');
    let clickedAt = '';
    // A code lens that comes late moves the line: then the text is clicked again, where it is now.
    await until(
      `the cursor in "${text}"`,
      async () => {
        const wanted = await this.rectangleOf(text);
        const place = JSON.stringify(wanted);
        if (place !== clickedAt) {
          await this.page.mouse.click(wanted.x + wanted.width / 2, wanted.y + wanted.height / 2);
          clickedAt = place;
        }
        return { wanted, boxes: await cursors.evaluateAll(boxesOfElements) };
      },
      ({ wanted, boxes }) => boxes.some((box) => isInside(box, wanted)),
    );
  }

  /** Waits until a squiggle of this severity stands exactly under the text, from its first to its last character. */
  async waitForSquiggle(text: string, severity: Severity = 'error'): Promise<void> {
    const squiggles = this.editor().locator(`.squiggly-${severity}`);
    // A code lens above the line moves it, so the text is looked for anew each time.
    await until(
      `a squiggle (${severity}) under "${text}"`,
      async () => ({ wanted: await this.rectangleOf(text), boxes: await squiggles.evaluateAll(boxesOfElements) }),
      ({ wanted, boxes }) => boxes.some((box) => isUnder(box, wanted)),
    );
  }

  async waitForNoSquiggle(): Promise<void> {
    const squiggles = this.editor().locator('.squiggly-error, .squiggly-warning');
    await until(
      'no squiggle',
      () => squiggles.count(),
      (count) => count === 0,
    );
  }

  /** Opens the menu behind the light bulb with the keyboard and returns its entries. It stays open. */
  async openLightBulb(): Promise<string[]> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await this.pressUntilVisible('ControlOrMeta+.', rows.first());
    return trimmed(await rows.allInnerTexts());
  }

  /** Confirms the selected entry of an open menu. */
  async confirm(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+z');
  }

  /** Saves and waits until the tab is no longer marked as changed. */
  async save(): Promise<void> {
    await this.page.locator('.tab.active.dirty').waitFor();
    await this.page.keyboard.press('ControlOrMeta+s');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Shows the Problems panel and waits until its rows are as wanted. Each row is one line of text. */
  async problems(accept: (rows: string[]) => boolean): Promise<string[]> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) {
      await this.runCommand('Problems: Focus on Problems View');
      await panel.waitFor();
    }
    return until('the wanted rows in the Problems panel', () => rowsOf(panel), accept);
  }

  /** Waits until the counts in the status bar and the mark of the active tab have followed the findings. */
  async waitForProblemCount(): Promise<void> {
    await this.page.locator('[id="status.problems"]').filter({ hasText: /[1-9]/ }).waitFor();
    await this.page.locator('.tab.active .monaco-decoration-badge, .tab.active [class*="itemBadge"]').first().waitFor();
  }

  /** Waits until the explorer shows that there are findings in a folder or file. */
  async waitForMarkInExplorer(name: string): Promise<void> {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await row.locator('[class*="monaco-decoration-itemColor"]').first().waitFor();
  }

  /** Rests the mouse on a text and returns the hover's text once it has all that is wanted. */
  async hover(text: string, accept: (hover: string) => boolean): Promise<string> {
    const { x, y, width, height } = await this.rectangleOf(text);
    await this.page.mouse.move(x + width / 2, y + height + 60);
    await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
    const hover = this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content');
    return until(`a hover on "${text}"`, async () => (await hover.allInnerTexts()).join('\n'), accept);
  }

  /** The text of the language status (the braces at the right of the status bar) once it is as wanted. */
  async languageStatus(accept: (text: string) => boolean): Promise<string> {
    const item = this.page.locator('[id="status.languageStatus"]');
    await item.waitFor();
    await item.hover();
    const details = this.page.locator('.hover-language-status');
    return until('the language status', async () => (await details.allInnerTexts()).join('\n'), accept);
  }

  /** The texts of the notifications on the screen once they are as wanted. */
  async notifications(accept: (texts: string[]) => boolean): Promise<string[]> {
    const messages = this.page.locator('.notifications-toasts .notification-list-item-message');
    return until('the wanted notification', async () => trimmed(await messages.allInnerTexts()), accept);
  }

  /** The channel that the Output panel shows and its visible lines, once they are as wanted. */
  async output(accept: (output: { channel: string; text: string }) => boolean): Promise<void> {
    const panel = this.page.locator('.part.panel');
    const channel = panel.locator('.panel-actions select, .title-actions select');
    const lines = panel.locator('.output-view .view-lines .view-line, .output-view-container .view-lines .view-line');
    await until(
      'the wanted output',
      async () => ({
        channel: (await channel.count()) > 0 ? await channel.first().evaluate(chosenOption) : '',
        text: await lines.evaluateAll(textOfLines),
      }),
      accept,
    );
  }

  /** The active editor (not the Output panel, which is an editor as well). */
  editor(): Locator {
    return this.page.locator('.part.editor .editor-group-container.active .monaco-editor').first();
  }

  private lines(): Locator {
    return this.editor().locator('.view-lines .view-line');
  }

  private tab(name: string): Locator {
    return this.page.locator(`.tab.active[data-resource-name="${name}"]`);
  }

  /** Presses a key, as people do, again when nothing comes of it: while the workbench starts, keys get lost. */
  private async pressUntilVisible(key: string, element: Locator): Promise<void> {
    let pressedAt = 0;
    await until(
      `what ${key} opens`,
      async () => {
        const isVisible = await element.isVisible();
        if (!isVisible && Date.now() - pressedAt > patienceMilliseconds) {
          await this.page.keyboard.press(key);
          pressedAt = Date.now();
        }
        return isVisible;
      },
      (isVisible) => isVisible,
    );
  }

  /** Opens the quick input with a key, searches, and waits for a row; looks again until it is there. */
  /** Clicks a row of the quick input. The list may be filtered anew between the look and the click: then once more. */
  private async choose(key: string, search: string, accept: (label: string) => boolean): Promise<void> {
    await until(
      `a click on "${search}" in the quick input`,
      async () => {
        const row = await this.quickInput(key, search, accept);
        return row.click({ timeout: patienceMilliseconds }).then(
          () => true,
          () => false,
        );
      },
      Boolean,
    );
  }

  private async quickInput(key: string, search: string, accept: (label: string) => boolean): Promise<Locator> {
    const input = this.page.locator('.quick-input-widget:visible input.input');
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    let openedAt = 0;
    const labels = await until(
      `"${search}" in the quick input`,
      async () => {
        // The list is made when the input opens: a command that is registered later never appears in it. And a key
        // pressed while the workbench is still starting is lost.
        if (!(await input.isVisible()) || Date.now() - openedAt > patienceMilliseconds) {
          await this.page.keyboard.press('Escape');
          await this.page.keyboard.press(key);
          openedAt = Date.now();
        }
        try {
          if ((await input.inputValue({ timeout: patienceMilliseconds })) !== search) {
            await input.fill(search, { timeout: patienceMilliseconds });
          }
        } catch {
          // It closes when something else takes the focus, such as a page that opens: then it is opened again.
          return [];
        }
        return labelsOf(rows);
      },
      (found) => found.some(accept),
    );
    return rows.nth(labels.findIndex(accept));
  }
}

/** After this time without an answer a key is pressed again. */
const patienceMilliseconds = 2_000;

function isInside(cursor: Rectangle, text: Rectangle): boolean {
  const sameLine = Math.abs(cursor.y + cursor.height / 2 - (text.y + text.height / 2)) < text.height / 2;
  return sameLine && cursor.x >= text.x - 1 && cursor.x <= text.x + text.width + 1;
}

function isUnder(squiggle: Rectangle, text: Rectangle): boolean {
  const sameStart = Math.abs(squiggle.x - text.x) < 2;
  const sameEnd = Math.abs(squiggle.x + squiggle.width - (text.x + text.width)) < 2;
  const sameLine = Math.abs(squiggle.y + squiggle.height / 2 - (text.y + text.height / 2)) < text.height;
  return sameStart && sameEnd && sameLine;
}

async function labelsOf(rows: Locator): Promise<string[]> {
  return rows.evaluateAll((elements) => elements.map((row) => row.getAttribute('aria-label') ?? ''));
}

async function rowsOf(panel: Locator): Promise<string[]> {
  const texts = await panel.locator('.monaco-list-row').allInnerTexts();
  return trimmed(texts);
}

function trimmed(texts: string[]): string[] {
  return texts.map((text) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim());
}

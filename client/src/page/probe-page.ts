/**
 * The script of the result page: registers the components and hands clicks to the extension. It runs in the page,
 * bundled into dist/probe-page.js. The few browser types are declared here, because nothing else is compiled for one.
 */
import '@vscode-elements/elements/dist/vscode-button/index.js';

interface PageElement {
  textContent: string | null;
  closest(selector: string): PageElement | null;
  getAttribute(name: string): string | null;
}

declare const document: {
  querySelector(selector: string): PageElement | null;
  addEventListener(type: 'click', listener: (event: { target: PageElement }) => void): void;
};
declare const window: {
  addEventListener(type: 'message', listener: (event: { data: { status?: unknown } }) => void): void;
};
declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const editor = acquireVsCodeApi();

document.addEventListener('click', ({ target }) => {
  const command = target.closest('[data-command]')?.getAttribute('data-command');
  if (command) {
    editor.postMessage({ command });
  }
});

window.addEventListener('message', ({ data }) => {
  const line = document.querySelector('[role="status"]');
  if (line && typeof data.status === 'string') {
    line.textContent = data.status;
  }
});

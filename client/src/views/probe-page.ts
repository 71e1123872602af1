import { Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { ProbeAnswer } from '../../../server/src/lsp/protocol.ts';
import { probeHtml } from './probe-html.ts';

/** What the buttons of a page do. The answer is a short text that the page shows and screen readers say. */
export type PageActions = Readonly<Record<string, PageAction>>;

export interface PageAction {
  /** For the buttons after the ones that are always there: `again`, `copy` and `save`. */
  readonly label?: string;
  run(): Promise<string | undefined>;
}

/** The result pages, one for each URL; a new result of the same URL takes the place of the old one. */
export class ProbePages {
  readonly #extensionUri: Uri;
  readonly #panels = new Map<string, { panel: WebviewPanel; actions: PageActions }>();

  constructor(extensionUri: Uri) {
    this.#extensionUri = extensionUri;
  }

  show(url: string, { views }: ProbeAnswer, actions: PageActions): void {
    const place = views[0]?.place ?? url;
    const page = this.#panels.get(url) ?? this.#create(url);
    page.actions = actions;
    page.panel.title = `TLS of ${place}`;
    page.panel.webview.html = probeHtml(views, {
      nonce: makeNonce(),
      scriptUri: page.panel.webview.asWebviewUri(Uri.joinPath(this.#extensionUri, 'dist/probe-page.js')).toString(),
      moreButtons: Object.entries(actions).flatMap(([command, { label }]) =>
        label === undefined ? [] : [{ command, label }],
      ),
    });
    page.panel.reveal();
  }

  dispose(): void {
    for (const { panel } of this.#panels.values()) {
      panel.dispose();
    }
  }

  #create(url: string): { panel: WebviewPanel; actions: PageActions } {
    const panel = window.createWebviewPanel('dynamicsTls.probe', 'TLS', ViewColumn.Active, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [Uri.joinPath(this.#extensionUri, 'dist')],
    });
    const page = { panel, actions: {} as PageActions };
    panel.webview.onDidReceiveMessage(async (message: { readonly command?: unknown } | null) => {
      const command = String(message?.command ?? '');
      const action = Object.hasOwn(page.actions, command) ? page.actions[command] : undefined;
      const status = await action?.run();
      if (status !== undefined) {
        await panel.webview.postMessage({ status });
      }
    });
    panel.onDidDispose(() => this.#panels.delete(url));
    this.#panels.set(url, page);
    return page;
  }
}

/** Unguessable, and different for each page. */
function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replace(/\W/g, 'x');
}

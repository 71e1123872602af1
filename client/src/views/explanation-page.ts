import { commands, EventEmitter, Uri, window, workspace } from 'vscode';

/** Shows one page of Markdown at a time; a new one replaces it. */
export interface ExplanationPage {
  show(markdown: string): Promise<void>;
  dispose(): void;
}

/** @param title the name of the page's tab; each page has its own scheme. */
export function createExplanationPage(scheme: string, title: string): ExplanationPage {
  const uri = Uri.from({ scheme, path: `/${title}.md` });
  let current = '';
  const changes = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changes.event,
    provideTextDocumentContent: () => current,
  });
  return {
    async show(markdown) {
      current = markdown;
      changes.fire(uri);
      try {
        await commands.executeCommand('markdown.showPreview', uri);
      } catch {
        // The Markdown extension of the editor may be switched off; the text reads well, too.
        await window.showTextDocument(uri, { preview: true });
      }
    },
    dispose() {
      provider.dispose();
      changes.dispose();
    },
  };
}

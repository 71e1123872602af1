import { type Memento, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type CheckedUrl,
  checkUrlRequest,
  type WorkspaceUrl,
  workspaceUrlsRequest,
} from '../../../server/src/lsp/protocol.ts';

/** A URL that a person chose. */
export interface ChosenUrl {
  readonly url: string;
  /** Whether the person took it from the workspace's files, unseen, in place of typing it. */
  readonly isFromWorkspace: boolean;
}

/** Shows what can be chosen and lets a person type something else; undefined when the person gave up. */
export async function askForUrl(client: BaseLanguageClient, history: UrlHistory): Promise<ChosenUrl | undefined> {
  const choice = await pickUrl(client, history);
  if (choice === undefined || 'url' in choice) {
    return choice;
  }
  const checked = await checkUrl(client, choice.typed);
  const url = 'url' in checked ? checked.url : await typeUrl(client, choice.typed);
  return url === undefined ? undefined : { url, isFromWorkspace: false };
}

/** The last URLs that were checked, newest first. */
export class UrlHistory {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  get urls(): readonly string[] {
    return this.#state.get<readonly string[]>(historyKey) ?? [];
  }

  add(url: string): Thenable<void> {
    const others = this.urls.filter((other) => other !== url);
    return this.#state.update(historyKey, [url, ...others].slice(0, historyLength));
  }
}

const historyKey = 'dynamicsTls.checkedUrls';
const historyLength = 10;

interface UrlItem extends QuickPickItem {
  readonly chosen?: ChosenUrl;
}

type Choice = ChosenUrl | { readonly typed: string };

/** A list of known URLs; what a person types that is none of them goes on to the input box, which validates it. */
function pickUrl(client: BaseLanguageClient, history: UrlHistory): Promise<Choice | undefined> {
  const pick = window.createQuickPick<UrlItem>();
  pick.title = 'Check Dynamics TLS';
  pick.placeholder = 'Choose a URL, or type another one';
  pick.matchOnDescription = true;
  // The page of an earlier check may take the focus while a person chooses.
  pick.ignoreFocusOut = true;
  pick.busy = true;
  let found: readonly WorkspaceUrl[] = [];
  const update = (): void => {
    pick.items = itemsOf(pick.value.trim(), found, history.urls);
  };
  update();
  pick.onDidChangeValue(update);
  client.sendRequest<WorkspaceUrl[]>(workspaceUrlsRequest).then(
    (urls) => {
      found = urls;
      pick.busy = false;
      update();
    },
    // Without suggestions a person types the URL; the log has the reason.
    () => {
      pick.busy = false;
    },
  );
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0]?.chosen ?? { typed: pick.value.trim() };
      resolve(chosen);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function itemsOf(typed: string, found: readonly WorkspaceUrl[], recent: readonly string[]): UrlItem[] {
  const typing: UrlItem = {
    label: typed === '' ? '$(edit) Type a URL...' : `$(edit) Check ${typed}`,
    alwaysShow: true,
  };
  const recentItems = recent.map((url): UrlItem => ({ label: url, chosen: { url, isFromWorkspace: false } }));
  const foundItems = found.map(
    ({ url, files }): UrlItem => ({
      label: url,
      description: files.join(', '),
      chosen: { url, isFromWorkspace: true },
    }),
  );
  return [
    typing,
    ...withHeading('in this workspace', foundItems),
    ...withHeading(
      'checked before',
      recentItems.filter(({ label }) => !found.some(({ url }) => url === label)),
    ),
  ];
}

function withHeading(label: string, items: readonly UrlItem[]): UrlItem[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

/** An input box that says what is wrong with its text, from the start on; undefined when the person gave up. */
function typeUrl(client: BaseLanguageClient, typed: string): Promise<string | undefined> {
  const box = window.createInputBox();
  box.title = 'Check Dynamics TLS';
  box.prompt = 'URL or host name of a Dynamics 365 or Dataverse environment, or of any other server that speaks TLS';
  box.placeholder = 'https://contoso.crm4.dynamics.com';
  box.value = typed;
  box.ignoreFocusOut = true;
  const validate = async (): Promise<string | undefined> => {
    const { value } = box;
    const checked = value.trim() === '' ? { problem: 'Type a URL or a host name.' } : await checkUrl(client, value);
    // An answer about an older text says nothing about the present one.
    if (value === box.value) {
      box.validationMessage = 'problem' in checked ? checked.problem : undefined;
    }
    return 'url' in checked ? checked.url : undefined;
  };
  if (typed !== '') {
    void validate();
  }
  box.onDidChangeValue(() => void validate());
  return new Promise((resolve) => {
    box.onDidAccept(async () => {
      const url = await validate();
      if (url !== undefined) {
        resolve(url);
        box.hide();
      }
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function checkUrl(client: BaseLanguageClient, text: string): Promise<CheckedUrl> {
  return client.sendRequest<CheckedUrl>(checkUrlRequest, text);
}

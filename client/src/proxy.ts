import { type SecretStorage, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type ProxyCredentials,
  type ProxyPlace,
  type ProxySettings,
  proxyCredentialsRequest,
} from '../../server/src/lsp/protocol.ts';

/** The editor's settings of the proxy, as they are now. */
export function readProxySettings(): ProxySettings {
  const http = workspace.getConfiguration('http');
  return {
    isOff: http.get('proxySupport') === 'off',
    url: http.get<string>('proxy') ?? '',
    noProxy: http.get<string[]>('noProxy') ?? [],
    authorization: http.get<string | null>('proxyAuthorization') ?? null,
    isStrict: http.get('proxyStrictSSL') !== false,
  };
}

/**
 * User names and passwords of proxies: asked for when a proxy wants them, kept in the editor's secret storage by the
 * proxy's host and port, and forgotten when the proxy does not accept them.
 */
export class ProxyPasswords {
  readonly #secrets: SecretStorage;
  #used: string | undefined;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  /** Answers the server's questions. */
  serve(client: BaseLanguageClient): void {
    client.onRequest(proxyCredentialsRequest, (place: ProxyPlace) => this.#find(place));
  }

  /** Forgets what the last probe used; true when there was something. */
  async forgetUsed(): Promise<boolean> {
    const key = this.#used;
    this.#used = undefined;
    if (key === undefined) {
      return false;
    }
    await this.#secrets.delete(key);
    return true;
  }

  async #find({ host, port }: ProxyPlace): Promise<ProxyCredentials | null> {
    const key = `dynamicsTls.proxy.${host}:${port}`;
    const stored = parseCredentials(await this.#secrets.get(key));
    const credentials = stored ?? (await askCredentials(`Proxy ${host}:${port}`));
    if (!credentials) {
      return null;
    }
    this.#used = key;
    await this.#secrets.store(key, JSON.stringify(credentials));
    return credentials;
  }
}

async function askCredentials(title: string): Promise<ProxyCredentials | undefined> {
  const username = await window.showInputBox({
    title,
    prompt: 'The proxy wants a user name and a password. They are kept in the secret storage of the editor.',
    placeHolder: 'User name',
    ignoreFocusOut: true,
  });
  if (!username) {
    return undefined;
  }
  const password = await window.showInputBox({
    title,
    prompt: `Password of ${username}`,
    password: true,
    ignoreFocusOut: true,
  });
  return password === undefined ? undefined : { username, password };
}

function parseCredentials(text: string | undefined): ProxyCredentials | undefined {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<ProxyCredentials> | null;
    return typeof value?.username === 'string' && typeof value.password === 'string'
      ? { username: value.username, password: value.password }
      : undefined;
  } catch {
    // Not written by this version: then it is asked again.
    return undefined;
  }
}

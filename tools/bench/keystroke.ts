/** From a keystroke to its diagnostics, over stdio, against a server that does nothing. */
import { readFileSync } from 'node:fs';
import { LspClient, uriOf } from '../../test/harness/lsp-client.ts';
import { built } from './processes.ts';
import { measure, median, type Row, time } from './rounds.ts';
import { type Tree, withTree } from './tree.ts';

export async function benchKeystroke(projectCount = 10_000): Promise<Row[]> {
  const alone = await withTree(100, (tree) =>
    measureIn(tree, tree.program.replace(/\/[^/]*$/, ''), '1 project', false),
  );
  const company = await withTree(projectCount, (tree) =>
    measureIn(tree, tree.folder, `${projectCount} projects`, true),
  );
  return [...alone, ...company];
}

async function measureIn(tree: Tree, folder: string, size: string, hasMore: boolean): Promise<Row[]> {
  const ours = await LspClient.start({ folders: [folder], command: [built('server'), '--stdio'] });
  const echo = await LspClient.start({
    folders: [folder],
    command: [`${import.meta.dirname}/echo-server.ts`, '--stdio'],
  });
  try {
    const rows = [await compareTyping(ours, echo, tree.program, `keystroke, ${size}`)];
    if (hasMore) {
      rows.push(await compareTyping(ours, echo, tree.areaProps, `keystroke in props of 100, ${size}`));
      rows.push(await comparePolling(ours, echo, `poll of all files, ${size}`));
    }
    return rows;
  } finally {
    await Promise.all([ours.stop(), echo.stop()]);
  }
}

async function compareTyping(ours: LspClient, echo: LspClient, path: string, name: string): Promise<Row> {
  const ourTyping = await Typing.open(ours, path);
  const echoTyping = await Typing.open(echo, path);
  return measure({
    name,
    referenceName: 'echo server',
    rounds: 5,
    ours: () => ourTyping.type(),
    reference: () => echoTyping.type(),
  });
}

/** What an editor asks every other second: the state of all files, with the ids of what it has. */
async function comparePolling(ours: LspClient, echo: LspClient, name: string): Promise<Row> {
  const poll = async (client: LspClient) => {
    const reports = await client.workspaceDiagnostics();
    const previous = reports.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    return () => time(() => client.workspaceDiagnostics(previous));
  };
  return measure({
    name,
    referenceName: 'echo server',
    rounds: 5,
    ours: await poll(ours),
    reference: await poll(echo),
  });
}

const keystrokes = 20;
const maximumTime = 3000;

/** A person who writes into a comment and asks for diagnostics after each letter. */
export class Typing {
  readonly #client: LspClient;
  readonly #path: string;
  readonly #line: number;
  readonly #character: number;
  #version = 1;
  #resultId: string | undefined;

  private constructor(client: LspClient, path: string, before: string) {
    this.#client = client;
    this.#path = path;
    const lines = before.split('\n');
    this.#line = lines.length - 1;
    this.#character = lines.at(-1)?.length ?? 0;
  }

  /** Opens a file; letters are typed behind a comment that stands there, or into a new one of a project. */
  static async open(client: LspClient, path: string, comment = '<!--  '): Promise<Typing> {
    const text = readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .replace('<PropertyGroup>', '<!--  --><PropertyGroup>');
    await client.open(path, text);
    const typing = new Typing(client, path, text.slice(0, text.indexOf(comment) + comment.length));
    await typing.#ask();
    return typing;
  }

  /** The median of several letters; they are taken away again by the next call. */
  async type(): Promise<number> {
    const times: number[] = [];
    const begin = performance.now();
    while (times.length < keystrokes && performance.now() - begin < maximumTime) {
      times.push(await time(() => this.#letter()));
    }
    return median(times);
  }

  async #letter(): Promise<void> {
    const isOdd = this.#version % 2 === 1;
    const start = { line: this.#line, character: this.#character };
    const end = isOdd ? start : { ...start, character: start.character + 1 };
    await this.#client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(this.#path), version: ++this.#version },
      contentChanges: [{ range: { start, end }, text: isOdd ? 'x' : '' }],
    });
    await this.#ask();
  }

  async #ask(): Promise<void> {
    const report = await this.#client.connection.sendRequest<{ resultId?: string }>('textDocument/diagnostic', {
      textDocument: { uri: uriOf(this.#path) },
      ...(this.#resultId === undefined ? {} : { previousResultId: this.#resultId }),
    });
    this.#resultId = report.resultId;
  }
}

import {
  decodeBytes,
  dirname,
  type FilePath,
  type FolderEntry,
  fileKind,
  mentionsWord,
  type Notice,
  type Settings,
  type WordFilter,
  type WorkspaceHost,
} from '../../core/index.ts';

/** How files are asked from the client; paths are core's paths. */
export interface ClientFiles {
  findFiles(root: FilePath): Promise<readonly FilePath[]>;
  readFile(path: FilePath): Promise<Uint8Array | undefined>;
  readFolder(path: FilePath): Promise<{ kind: 'file' | 'folder'; entries: readonly FolderEntry[] } | undefined>;
}

/**
 * Core's host where there is no disk: what was not loaded yet is answered with undefined and noted, and
 * {@link loadWanted} fetches it before the next round.
 */
export class ClientFilesHost implements WorkspaceHost {
  readonly caseSensitive = true;
  readonly #files: ClientFiles;
  readonly #maximumFileSize: number;
  readonly #texts = new Map<FilePath, string | undefined>();
  readonly #folders = new Map<FilePath, { kind: 'file' | 'folder'; entries: readonly FolderEntry[] } | undefined>();
  /** Answers about files whose texts were not kept. */
  readonly #mentions = new Map<FilePath, Map<WordFilter, boolean>>();
  readonly #wantedTexts = new Set<FilePath>();
  readonly #wantedMentions = new Map<FilePath, Set<WordFilter>>();
  readonly #wantedFolders = new Set<FilePath>();
  /** Paths that were asked for while their folder was not known yet: their answers change with the folder. */
  readonly #askedPaths = new Map<FilePath, Set<FilePath>>();
  readonly #legacy = new Set<FilePath>();
  readonly #notices = new Map<FilePath, Notice>();

  constructor(files: ClientFiles, settings: Settings) {
    this.#files = files;
    this.#maximumFileSize = settings.maximumFileSize * 1024 * 1024;
  }

  readText(path: FilePath): string | undefined {
    if (!this.#texts.has(path)) {
      this.#wantedTexts.add(path);
    }
    return this.#texts.get(path);
  }

  mentions(path: FilePath, words: WordFilter): boolean | undefined {
    const text = this.#texts.get(path);
    if (text !== undefined) {
      return mentionsWord(text, words);
    }
    const answer = this.#mentions.get(path)?.get(words);
    if (answer === undefined && !this.#texts.has(path)) {
      this.#wantedMentions.set(path, (this.#wantedMentions.get(path) ?? new Set()).add(words));
    }
    return answer;
  }

  /** Answered from the folder that holds the path, so that one question serves all names in it. */
  stat(path: FilePath): 'file' | 'folder' | undefined {
    const folder = dirname(path);
    if (folder === path) {
      return 'folder';
    }
    if (!this.#folders.has(folder)) {
      this.#askedPaths.set(folder, (this.#askedPaths.get(folder) ?? new Set()).add(path));
    }
    const name = path.slice(path.lastIndexOf('/') + 1);
    const entry = this.readFolder(folder)?.find((candidate) => candidate.name === name);
    return entry && (entry.isFolder ? 'folder' : 'file');
  }

  readFolder(path: FilePath): readonly FolderEntry[] | undefined {
    if (!this.#folders.has(path)) {
      this.#wantedFolders.add(path);
    }
    return this.#folders.get(path)?.entries;
  }

  forget(paths: Iterable<FilePath>): void {
    for (const path of paths) {
      this.#texts.delete(path);
      this.#mentions.delete(path);
      this.#folders.delete(path);
      this.#folders.delete(dirname(path));
    }
  }

  async findFiles(root: FilePath): Promise<FilePath[]> {
    const found = await this.#files.findFiles(root);
    return found.filter((path) => fileKind(path) !== undefined).sort();
  }

  async loadWanted(): Promise<FilePath[]> {
    const texts = [...this.#wantedTexts];
    const folders = [...this.#wantedFolders];
    const mentions = [...this.#wantedMentions];
    this.#wantedTexts.clear();
    this.#wantedMentions.clear();
    this.#wantedFolders.clear();
    await Promise.all([
      ...texts.map(async (path) => {
        this.#texts.set(path, await this.#load(path));
      }),
      ...folders.map(async (path) => {
        this.#folders.set(path, await this.#files.readFolder(path));
      }),
    ]);
    await eachOfMany(mentions, async ([path, filters]) => {
      const text = await this.#load(path);
      const answers = [...filters].map((words) => [words, text !== undefined && mentionsWord(text, words)] as const);
      this.#mentions.set(path, new Map(answers));
    });
    const asked = folders.flatMap((folder) => [...(this.#askedPaths.get(folder) ?? [])]);
    this.#askedPaths.clear();
    return [...texts, ...folders, ...asked, ...mentions.map(([path]) => path)];
  }

  notices(): readonly Notice[] {
    return [...this.#notices.values()];
  }

  async #load(path: FilePath): Promise<string | undefined> {
    const bytes = await this.#files.readFile(path);
    if (!bytes) {
      return undefined;
    }
    if (bytes.length > this.#maximumFileSize) {
      this.#refuse(path, 'The file is larger than the setting maximumFileSize and was not read.');
      return undefined;
    }
    const decoded = decodeBytes(bytes);
    if ('notText' in decoded) {
      this.#refuse(path, 'The file is not text and was not read.');
      return undefined;
    }
    if (!decoded.encoding.label.startsWith('utf-')) {
      this.#legacy.add(path);
    } else {
      this.#legacy.delete(path);
    }
    return decoded.text;
  }

  isUnicode(path: FilePath): boolean {
    return !this.#legacy.has(path);
  }

  #refuse(path: FilePath, template: string): void {
    this.#notices.set(path, { path, message: { key: 'not-read', template, values: {} } });
  }
}

/** Questions under way at the same time: source files are too many to ask for all of them at once. */
const maximumQuestions = 50;

async function eachOfMany<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const work = async () => {
    for (const item of rest) {
      await action(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(maximumQuestions, items.length) }, work));
}

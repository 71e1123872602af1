import type { FilePath } from '../model/path.ts';

/** Who asked about which topic, so that an answer is kept until one of its questions gets another answer. */
export class Askers {
  readonly #asked = new Map<FilePath, ReadonlySet<string>>();
  readonly #askers = new Map<string, Set<FilePath>>();
  readonly #changed = new Set<string>();

  /** True before anybody asked anything. */
  get isEmpty(): boolean {
    return this.#askers.size === 0;
  }

  /** Says that the answer about a topic is another one. Topics that nobody asked about change nothing. */
  note(topic: string): void {
    if (this.#askers.has(topic)) {
      this.#changed.add(topic);
    }
  }

  /** Those who asked about a topic. */
  about(topic: string): Iterable<FilePath> {
    return this.#askers.get(topic) ?? [];
  }

  /** Those whose answers may differ since the last call. */
  takeStale(): ReadonlySet<FilePath> {
    const stale = new Set<FilePath>();
    for (const topic of this.#changed) {
      for (const asker of this.#askers.get(topic) ?? []) {
        stale.add(asker);
      }
    }
    this.#changed.clear();
    return stale;
  }

  /** Sets all that an asker asked; nothing for one that is gone. */
  set(asker: FilePath, asked: ReadonlySet<string>): void {
    for (const topic of this.#asked.get(asker) ?? []) {
      if (!asked.has(topic)) {
        this.#askers.get(topic)?.delete(asker);
      }
    }
    for (const topic of asked) {
      const askers = this.#askers.get(topic);
      if (askers) {
        askers.add(asker);
      } else {
        this.#askers.set(topic, new Set([asker]));
      }
    }
    if (asked.size === 0) {
      this.#asked.delete(asker);
    } else {
      this.#asked.set(asker, asked);
    }
  }
}

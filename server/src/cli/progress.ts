import { SingleBar } from 'cli-progress';
import type { CliIo } from './io.ts';

/** Reports how far a long job is. */
export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** A bar on standard error, shown when a person waits there for more than a second. */
export function createProgress(io: CliIo, label: string): Progress {
  const begin = io.now();
  let bar: SingleBar | undefined;
  return {
    update(done, total) {
      if (!io.stderrIsTerminal || (!bar && io.now() - begin < 1000)) {
        return;
      }
      if (!bar) {
        bar = new SingleBar({
          format: `${label} {bar} {value}/{total}`,
          hideCursor: true,
          clearOnComplete: true,
          stream: process.stderr,
        });
        bar.start(total, done);
      }
      bar.setTotal(total);
      bar.update(done);
    },
    stop() {
      bar?.stop();
    },
  };
}

import type { StopSignal } from './port.ts';

/** A {@link StopSignal} that can be fired here, and that fires when another one does. */
export class Stop implements StopSignal {
  aborted = false;
  private readonly listeners = new Set<() => void>();
  private readonly parent: StopSignal | undefined;
  private readonly onParent = (): void => this.fire();

  constructor(parent?: StopSignal) {
    this.parent = parent;
    parent?.addEventListener('abort', this.onParent);
    if (parent?.aborted) {
      this.fire();
    }
  }

  fire(): void {
    if (this.aborted) {
      return;
    }
    this.aborted = true;
    this.release();
    for (const listener of [...this.listeners]) {
      listener();
    }
    this.listeners.clear();
  }

  /** Stops listening to the parent; without this, a long-lived parent would keep every child. */
  release(): void {
    this.parent?.removeEventListener('abort', this.onParent);
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }
}

/** The bound on connections, with sockets that do not exist: the whole probe goes through {@link Connections}. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type Connection, Connections, isConnection } from '../../server/src/probe/connections.ts';
import type { Clock, ProbePort, ProbeSocket, StopSignal } from '../../server/src/probe/port.ts';

/** A clock that never rings. */
const clock: Clock = { now: () => 0, date: () => 0, after: () => () => {} };
const port = { clock } as ProbePort;

/** Sockets that are silent, and close when both sides are done or when they are destroyed. */
class SilentHost {
  open = 0;
  most = 0;
  dialled = 0;

  readonly dial = (stop: StopSignal): Promise<ProbeSocket> => {
    this.dialled++;
    this.open++;
    this.most = Math.max(this.most, this.open);
    let isOpen = true;
    let close = (): void => {};
    const closed = new Promise<void>((resolve) => {
      close = () => {
        if (isOpen) {
          isOpen = false;
          this.open--;
          resolve();
        }
      };
    });
    stop.addEventListener('abort', close);
    return Promise.resolve({
      remoteAddress: '192.0.2.1',
      write: () => {},
      read: () => new Promise(() => {}),
      unread: () => {},
      end: close,
      destroy: close,
      closed,
    });
  };
}

test('at most five connections are open at a time, and the next waits for one to close', async () => {
  const host = new SilentHost();
  const connections = new Connections(port, host.dial, 1000, undefined);
  const ready: Connection[] = [];
  const all = Array.from({ length: 12 }, async () => {
    const connection = await connections.open(1000);
    assert.ok(isConnection(connection));
    ready.push(connection);
  });
  for (let done = 0; done < 12; done++) {
    await settled();
    assert.equal(host.dialled, Math.min(12, 5 + done), `after ${done} were closed`);
    ready.shift()?.close();
  }
  await Promise.all(all);
  await connections.settle();
  assert.deepEqual([host.most, host.open], [5, 0]);
});

test('cancelling closes what is open and starts nothing that waits', async () => {
  const host = new SilentHost();
  const cancel = new AbortController();
  const connections = new Connections(port, host.dial, 1000, cancel.signal);
  const all = Array.from({ length: 12 }, () => connections.open(1000));
  await settled();
  cancel.abort();
  const kinds = (await Promise.all(all)).map((one) => (isConnection(one) ? 'open' : one.kind));
  assert.equal(kinds.filter((kind) => kind === 'stopped').length, 7);
  assert.deepEqual([host.dialled, host.open], [5, 0]);
});

/** All promises that can be kept now are kept. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

import { isNetworkFailure, type ProbePort, type ProbeSocket, type SocketEvent, type StopSignal } from './port.ts';
import { Stop } from './stop.ts';

/** At most this many connections are open at a time. */
const maximalConnections = 5;

/** At most this much is read from one connection. */
const maximalBytes = 1_048_576;

/**
 * How long a connection that is done waits for the other side to close as well, so that a server never counts more
 * connections than are open here. Servers that do not close are cut off afterwards.
 */
const graceMilliseconds = 250;

/** Why there is no connection to the target. `stopped`: time ran out, or somebody cancelled. */
export interface OpenFailure {
  readonly kind:
    | 'dns'
    | 'refused'
    | 'timeout'
    | 'reset'
    | 'unreachable'
    | 'proxy-refused'
    | 'proxy-authentication'
    | 'stopped';
  readonly detail: string;
}

/** Opens one connection to the target; fails with an {@link OpenFailure} or what the network fails with. */
export type Dial = (stop: StopSignal) => Promise<ProbeSocket>;

/** What a read from a connection tells. `overflow`: more than the bound. `stopped`: the whole probe is over. */
export type ConnectionEvent = SocketEvent | { readonly kind: 'timeout' | 'overflow' | 'stopped' };

/** The connections of one probe: counted, bounded in time and bytes, and closed together. */
export class Connections {
  /** Fires when the probe is cancelled or its time is up; everything is closed by then. */
  readonly stop: Stop;
  /** Whether the time of the whole probe ran out. */
  isExpired = false;
  private readonly port: ProbePort;
  private readonly dial: Dial;
  private readonly deadline: number;
  private readonly cancelDeadline: () => void;
  private readonly closing = new Set<Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private free = maximalConnections;

  constructor(port: ProbePort, dial: Dial, milliseconds: number, parent: StopSignal | undefined) {
    this.port = port;
    this.dial = dial;
    this.stop = new Stop(parent);
    this.deadline = port.clock.now() + milliseconds;
    this.cancelDeadline = port.clock.after(milliseconds, () => {
      this.isExpired = true;
      this.stop.fire();
    });
    this.stop.addEventListener('abort', () => {
      for (const start of this.waiting.splice(0)) {
        start();
      }
    });
  }

  /** Milliseconds until the time of the whole probe is up. */
  get remaining(): number {
    return Math.max(0, this.deadline - this.port.clock.now());
  }

  /** Opens a connection that lives at most `milliseconds`, as soon as there is room for one. */
  async open(milliseconds: number): Promise<Connection | OpenFailure> {
    await this.room();
    if (this.stop.aborted) {
      this.leave();
      return { kind: 'stopped', detail: 'The probe is over.' };
    }
    const stop = new Stop(this.stop);
    let connection: Connection | undefined;
    let isTimedOut = false;
    const giveUp = (): void => {
      isTimedOut = true;
      if (connection) {
        connection.timeOut();
      } else {
        stop.fire();
      }
    };
    let cancelTimer = this.port.clock.after(milliseconds, giveUp);
    try {
      const socket = await this.dial(stop);
      connection = new Connection(socket, stop, {
        limit: (time) => {
          const cancelLonger = cancelTimer;
          const cancelShorter = this.port.clock.after(time, giveUp);
          cancelTimer = () => {
            cancelLonger();
            cancelShorter();
          };
        },
        close: () => {
          cancelTimer();
          this.closeLater(socket, stop);
        },
      });
      return connection;
    } catch (error) {
      cancelTimer();
      stop.release();
      this.leave();
      if (stop.aborted) {
        return { kind: isTimedOut ? 'timeout' : 'stopped', detail: 'No answer in time.' };
      }
      if (isNetworkFailure(error)) {
        return error as OpenFailure;
      }
      throw error;
    }
  }

  /** Waits until everything that was opened is closed, and ends the timers. */
  async settle(): Promise<void> {
    while (this.closing.size > 0) {
      await Promise.all(this.closing);
    }
    this.cancelDeadline();
    this.stop.release();
  }

  private room(): Promise<void> {
    if (this.free > 0 || this.stop.aborted) {
      this.free--;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.waiting.push(() => {
        this.free--;
        resolve();
      });
    });
  }

  private leave(): void {
    this.free++;
    if (this.free > 0) {
      this.waiting.shift()?.();
    }
  }

  private closeLater(socket: ProbeSocket, stop: Stop): void {
    if (!stop.aborted) {
      socket.end();
    }
    const cancelGrace = this.port.clock.after(graceMilliseconds, () => socket.destroy());
    const closed = socket.closed.then(() => {
      cancelGrace();
      stop.release();
      this.closing.delete(closed);
      this.leave();
    });
    this.closing.add(closed);
  }
}

/** What a connection asks of the whole. */
interface ConnectionControl {
  limit(milliseconds: number): void;
  close(): void;
}

/** One open connection to the target. Must be closed by whoever opened it. */
export class Connection {
  private readonly socket: ProbeSocket;
  private readonly stop: Stop;
  private readonly control: ConnectionControl;
  /** Is kept when nothing more is to be waited for. */
  private readonly over: Promise<void>;
  private setOver: () => void = () => {};
  private isTimedOut = false;
  private isHandedOver = false;
  private received = 0;
  private isClosed = false;

  constructor(socket: ProbeSocket, stop: Stop, control: ConnectionControl) {
    this.socket = socket;
    this.stop = stop;
    this.control = control;
    this.over = new Promise((resolve) => {
      this.setOver = resolve;
    });
    const destroy = (): void => {
      socket.destroy();
      this.setOver();
    };
    stop.addEventListener('abort', destroy);
    if (stop.aborted) {
      destroy();
    }
  }

  /** Ends the wait for the other side; the connection itself is closed by its owner, in good manners. */
  timeOut(): void {
    this.isTimedOut = true;
    this.setOver();
    if (this.isHandedOver) {
      this.stop.fire();
    }
  }

  /** Gives the socket to somebody else, who destroys it when the signal fires. */
  handOver(): { readonly socket: ProbeSocket; readonly stop: StopSignal } {
    this.isHandedOver = true;
    if (this.isTimedOut) {
      this.stop.fire();
    }
    return { socket: this.socket, stop: this.stop };
  }

  /** From now on, waits at most this long. */
  limit(milliseconds: number): void {
    this.control.limit(milliseconds);
  }

  write(content: Uint8Array): void {
    this.socket.write(content);
  }

  async read(): Promise<ConnectionEvent> {
    const event = await Promise.race([this.socket.read(), this.over]);
    if (this.stop.aborted && !this.isTimedOut) {
      return { kind: 'stopped' };
    }
    if (event === undefined) {
      return { kind: 'timeout' };
    }
    if (event.kind === 'data') {
      this.received += event.bytes.length;
      return this.received > maximalBytes ? { kind: 'overflow' } : event;
    }
    return event;
  }

  close(): void {
    if (!this.isClosed) {
      this.isClosed = true;
      this.control.close();
    }
  }
}

/** Whether {@link Connections.open} gave a connection. */
export function isConnection(result: Connection | OpenFailure): result is Connection {
  return result instanceof Connection;
}

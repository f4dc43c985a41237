import type { PushEventName } from '@daybook/contracts';
import type { Writable } from 'node:stream';

export interface StreamOwner {
  readonly userId: string;
  readonly accountId: string;
  readonly sessionId: string | undefined;
}

/** Heartbeats a reader may leave unread before it counts as gone: a minute. */
const patienceInBeats = 4;

/**
 * One open answer of server-sent events. A reader who does not keep up costs a fixed amount of memory: while the socket is
 * full, only the newest cursor of each event waits. Only `meetings.changed` has an id, because only meetings are read from a
 * cursor.
 */
export class LiveStream {
  private readonly waiting = new Map<PushEventName, string>();
  /** The last cursor of each event that names one state as a whole: telling it again says nothing new. */
  private readonly told = new Map<PushEventName, string>();
  private full = false;
  private missedBeats = 0;
  private closed = false;

  /** `seen` is the cursor the reader has already, from `Last-Event-ID`. */
  constructor(
    readonly owner: StreamOwner,
    private readonly out: Writable,
    seen: string | null,
  ) {
    if (seen !== null) {
      this.told.set('meetings.changed', seen);
    }
    out.on('drain', () => this.flush());
    this.write('retry: 2000\n: open\n\n');
  }

  get isClosed(): boolean {
    return this.closed;
  }

  tell(event: PushEventName, cursor: string): void {
    if (this.closed || /[\r\n\0]/.test(cursor) || this.told.get(event) === cursor) {
      return;
    }
    if (this.full) {
      this.waiting.set(event, cursor);
    } else {
      this.send(event, cursor);
    }
  }

  /** Every 15 s, so that proxies keep the line and dead readers are found. */
  beat(): void {
    if (!this.full) {
      this.write(': beat\n\n');
      return;
    }
    this.missedBeats += 1;
    if (this.missedBeats >= patienceInBeats) {
      this.closed = true;
      this.out.destroy();
    }
  }

  close(): void {
    if (!this.closed) {
      this.closed = true;
      this.waiting.clear();
      this.out.end();
    }
  }

  private send(event: PushEventName, cursor: string): void {
    if (event !== 'connection.changed') {
      this.told.set(event, cursor);
    }
    const id = event === 'meetings.changed' ? `id: ${cursor}\n` : '';
    this.write(`${id}event: ${event}\ndata: ${JSON.stringify({ cursor })}\n\n`);
  }

  private flush(): void {
    this.full = false;
    this.missedBeats = 0;
    for (const [event, cursor] of this.waiting) {
      if (this.full) {
        return;
      }
      this.waiting.delete(event);
      this.send(event, cursor);
    }
  }

  private write(text: string): void {
    if (!this.closed && !this.out.write(text)) {
      this.full = true;
    }
  }
}

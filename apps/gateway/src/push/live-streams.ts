import { calendarCursorGet, fail, type Caller, type PushMessage } from '@daybook/contracts';
import type { Logger } from '@daybook/platform/logging';
import type { RpcClient } from '@daybook/platform/nats';
import type { Writable } from 'node:stream';
import type { Clock } from '../doors/clock';
import { LiveStream } from './live-stream';

export interface LiveStreamsOptions {
  readonly rpc: Pick<RpcClient, 'call'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly perPerson: number;
  readonly beatMs?: number;
  /** Pause before a cursor that could not be asked is asked for again. */
  readonly askAgainMs?: number;
}

export interface Opening {
  readonly caller: Caller;
  /** When the caller's access ends, in ms. */
  readonly endsAt: number;
  readonly lastEventId: string | null;
}

/** All live streams of this gateway, found by person and by account. */
export class LiveStreams {
  private readonly ofUser = new Map<string, Set<LiveStream>>();
  private readonly ofAccount = new Map<string, Set<LiveStream>>();
  private readonly beating: NodeJS.Timeout;

  constructor(private readonly options: LiveStreamsOptions) {
    this.beating = setInterval(() => this.beat(), options.beatMs ?? 15_000);
    this.beating.unref();
  }

  get size(): number {
    return [...this.ofUser.values()].reduce((sum, streams) => sum + streams.size, 0);
  }

  /** Throws 429 when the person holds as many streams as one may. */
  refuseTooMany(caller: Caller): void {
    if ((this.ofUser.get(caller.userId)?.size ?? 0) >= this.options.perPerson) {
      throw fail('rate_limited', 'Too many live streams are open. Close one first.', { retryAfter: 15 });
    }
  }

  /** Streams to `out` until the reader leaves, the access ends, or the session does. */
  open(out: Writable, { caller, endsAt, lastEventId }: Opening): LiveStream {
    const { userId, accountId, sessionId } = caller;
    const stream = new LiveStream({ userId, accountId, sessionId }, out, lastEventId);
    add(this.ofUser, userId, stream);
    add(this.ofAccount, accountId, stream);
    const timeLeftMs = Math.max(0, endsAt - this.options.clock.now().getTime());
    const ending = setTimeout(() => stream.close(), timeLeftMs);
    out.once('close', () => {
      clearTimeout(ending);
      stream.close();
      remove(this.ofUser, userId, stream);
      remove(this.ofAccount, accountId, stream);
    });
    out.on('error', () => stream.close());
    void this.catchUp(stream, caller);
    return stream;
  }

  tellUser(userId: string, { event, cursor }: PushMessage): void {
    this.ofUser.get(userId)?.forEach((stream) => stream.tell(event, cursor));
  }

  tellAccount(accountId: string, { event, cursor }: PushMessage): void {
    this.ofAccount.get(accountId)?.forEach((stream) => stream.tell(event, cursor));
  }

  endSessions(sessionIds: readonly string[]): void {
    const ended = new Set(sessionIds);
    for (const stream of this.all()) {
      if (stream.owner.sessionId !== undefined && ended.has(stream.owner.sessionId)) {
        stream.close();
      }
    }
  }

  /** Pushes may have been missed. Ending the streams makes each client come back with the last cursor it saw. */
  endAll(): void {
    this.all().forEach((stream) => stream.close());
  }

  stop(): void {
    clearInterval(this.beating);
    this.endAll();
  }

  /** What changed before the stream was open: told at once, or as soon as calendar-svc can be asked. */
  private async catchUp(stream: LiveStream, caller: Caller): Promise<void> {
    while (!stream.isClosed) {
      try {
        const { cursor } = await this.options.rpc.call(calendarCursorGet, { caller });
        stream.tell('meetings.changed', cursor);
        return;
      } catch (error) {
        this.options.logger.debug('the cursor could not be asked', { error });
        await new Promise((resolve) => setTimeout(resolve, this.options.askAgainMs ?? 3_000).unref());
      }
    }
  }

  private beat(): void {
    this.all().forEach((stream) => stream.beat());
  }

  private all(): LiveStream[] {
    return [...this.ofUser.values()].flatMap((streams) => [...streams]);
  }
}

function add(map: Map<string, Set<LiveStream>>, key: string, stream: LiveStream): void {
  const streams = map.get(key) ?? new Set();
  streams.add(stream);
  map.set(key, streams);
}

function remove(map: Map<string, Set<LiveStream>>, key: string, stream: LiveStream): void {
  const streams = map.get(key);
  streams?.delete(stream);
  if (streams?.size === 0) {
    map.delete(key);
  }
}

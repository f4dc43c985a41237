import { hasCode } from './api-problem';
import { readEvents, type ServerEvent } from './sse-reader';

export type LiveState = 'connecting' | 'live' | 'offline' | 'paused';

export interface LiveParts {
  /** Opens `/v1/stream`; throws like `ApiClient.open`. */
  readonly open: (lastEventId: string, signal: AbortSignal) => Promise<Response>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** The server sends a heartbeat every 15 s; twice that and a little means the line is dead. */
const SILENCE_MS = 35_000;

/**
 * Keeps one stream of hints open while it is started: reconnects with growing, jittered pauses, sends the last id it saw, and
 * gives up a line that has gone silent. Events carry no content; `onEvent` says what to read again, `onGap` that some may
 * have been missed.
 */
export class LiveStream {
  private stop: AbortController | null = null;
  private lastEventId = '';
  private openedBefore = false;
  private current: LiveState = 'connecting';
  private readonly listeners = new Set<() => void>();
  onEvent: (event: ServerEvent) => void = () => {};
  onGap: () => void = () => {};

  constructor(private readonly parts: LiveParts) {}

  readonly state = (): LiveState => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    if (this.stop) return;
    this.stop = new AbortController();
    void this.run(this.stop.signal);
  }

  /** Closes the line. `forget` drops the position too, for another person. */
  pause(forget = false): void {
    this.stop?.abort();
    this.stop = null;
    if (forget) {
      this.lastEventId = '';
      this.openedBefore = false;
    }
    this.become('paused');
  }

  /** Tries again now instead of after the present pause. */
  hurry(): void {
    if (!this.stop || this.current === 'live') return;
    this.stop.abort();
    this.stop = null;
    this.start();
  }

  private async run(stopped: AbortSignal): Promise<void> {
    let failures = 0;
    while (!stopped.aborted) {
      if (this.current !== 'offline') this.become('connecting');
      const outcome = await this.follow(stopped, () => {
        failures = 0;
        if (this.openedBefore) this.onGap();
        this.openedBefore = true;
      });
      if (stopped.aborted) return;
      if (outcome === 'signed-out') return this.pause(true);
      failures += 1;
      // One broken line is mended in a second and not worth alarming anybody.
      if (outcome === 'unreachable' && failures > 1) this.become('offline');
      const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
      await this.parts.wait(ceiling * (0.5 + this.parts.random() / 2), stopped);
    }
  }

  private async follow(stopped: AbortSignal, onOpen: () => void): Promise<'ended' | 'unreachable' | 'signed-out'> {
    const line = new AbortController();
    const end = () => line.abort();
    stopped.addEventListener('abort', end);
    let silence: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
    };
    try {
      heard();
      const response = await this.parts.open(this.lastEventId, line.signal);
      if (!response.body) return 'ended';
      onOpen();
      this.become('live');
      for await (const event of readEvents(response.body, heard)) {
        this.lastEventId = event.id;
        this.onEvent(event);
      }
      return 'ended';
    } catch (error) {
      if (hasCode(error, 'session_ended', 'unauthenticated')) return 'signed-out';
      return 'unreachable';
    } finally {
      clearTimeout(silence);
      stopped.removeEventListener('abort', end);
    }
  }

  private become(state: LiveState): void {
    if (this.current === state) return;
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}

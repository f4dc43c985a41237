import { pushMessageSchema } from '@daybook/contracts';
import { eventually } from './eventually';

export interface PushedEvent {
  readonly event: string;
  readonly cursor: string;
  /** When it arrived, on the clock of `performance.now()` (milliseconds). */
  readonly at: number;
}

/** Reads `GET /v1/stream` as the portal does. */
export class LiveStream {
  readonly events: PushedEvent[] = [];
  private readonly leaving = new AbortController();
  private opened = false;
  private ended = false;

  private constructor(gateway: string, accessToken: string) {
    void this.read(gateway, accessToken);
  }

  /** Open once its first line arrived. */
  static async open({ gateway, accessToken }: { gateway: string; accessToken: string }): Promise<LiveStream> {
    const stream = new LiveStream(gateway, accessToken);
    await eventually(() => {
      if (!stream.opened) throw new Error(`the stream did not open${stream.ended ? ': it ended' : ''}`);
    });
    return stream;
  }

  get isOver(): boolean {
    return this.ended;
  }

  /** The first event of this name that arrived after `since` (as `PushedEvent.at`). */
  next(name: string, since: number, timeoutMs = 10_000): Promise<PushedEvent> {
    return eventually(
      () => {
        const found = this.events.find(({ event, at }) => event === name && at >= since);
        if (!found) throw new Error(`no ${name} arrived`);
        return found;
      },
      { timeoutMs, everyMs: 20 },
    );
  }

  close(): void {
    this.leaving.abort();
  }

  private async read(gateway: string, accessToken: string): Promise<void> {
    try {
      const headers = { authorization: `Bearer ${accessToken}` };
      const response = await fetch(`${gateway}/v1/stream`, { headers, signal: this.leaving.signal });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        this.opened = true;
        const blocks = (rest + part.value).split('\n\n');
        rest = blocks.pop() ?? '';
        blocks.forEach((block) => this.take(block));
      }
    } catch {
      // Left by us, or broken off by the other side: `isOver` tells.
    }
    this.ended = true;
  }

  private take(block: string): void {
    const data = /^data: (.*)$/m.exec(block)?.[1];
    const event = /^event: (.*)$/m.exec(block)?.[1];
    if (data === undefined || event === undefined) return;
    const { cursor } = pushMessageSchema.pick({ cursor: true }).parse(JSON.parse(data));
    this.events.push({ event, cursor, at: performance.now() });
  }
}

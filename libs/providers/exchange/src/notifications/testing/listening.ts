import type { WatchNews, WatchOptions } from '@daybook/provider-port';
import { FakeClock } from '@daybook/testing/fakes';
import { writeAccess } from '../../transport/access-text';
import { createEwsClient } from '../../transport/ews-client';
import { createExchangeWatching } from '../exchange-watching';
import { ScriptedHttp } from './scripted-http';

export const ACCESS = writeAccess({
  url: 'https://mail.example.com/EWS/Exchange.asmx',
  user: 'ada',
  domain: 'EX',
  password: 'secret-canary',
  version: 'Exchange2010_SP2',
});
export const LISTENING: WatchNews = { type: 'listening' };
export const changed = (calendarRemoteId: string | null): WatchNews => ({ type: 'changed', calendarRemoteId });

/** Watches over a mailbox behind a scripted server, by a clock that pauses move on at once. */
export class Listening {
  readonly clock = new FakeClock();
  readonly http = new ScriptedHttp();
  readonly stop = new AbortController();
  readonly heard: WatchNews[] = [];
  /** Milliseconds of each pause so far. */
  readonly pauses: number[] = [];
  /** What happens in the next pauses, one after the other. */
  readonly meanwhile: (() => void)[] = [];
  private readonly subject = createExchangeWatching({
    http: this.http,
    clock: this.clock,
    client: createEwsClient({ http: this.http, clock: this.clock }),
    pause: async (ms) => {
      this.pauses.push(ms);
      this.clock.advance(ms);
      this.meanwhile.shift()?.();
    },
  });

  /** All that was heard, of watches before this one as well. */
  async listen(
    calendars: readonly string[] = ['work', 'home'],
    more: Partial<WatchOptions> = {},
  ): Promise<readonly WatchNews[]> {
    const options = { signal: this.stop.signal, ...more };
    for await (const news of this.subject.watch(ACCESS, calendars, options)) this.heard.push(news);
    return this.heard;
  }
}

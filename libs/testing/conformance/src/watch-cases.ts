import type { WatchNews } from '@daybook/provider-port';
import type { ConformanceSubject } from './conformance-subject';
import { expectRefusal } from './listing';

/** A watch that is read word by word. */
interface Listening {
  /** Null after the last word. */
  next(): Promise<WatchNews | null>;
  /** Goes on until a word fits; rejects where the watch ends before. */
  until(fits: (news: WatchNews) => boolean): Promise<void>;
  stop(): void;
}

/** What is heard over a connection that is held open, of a provider that has one. */
export function watchCases(subject: () => ConformanceSubject): void {
  let open: Listening[] = [];
  const listen = async (): Promise<Listening | null> => {
    const { provider, mailbox } = subject();
    if (!provider.watching) return null;
    const stopped = new AbortController();
    const access = await subject().access();
    const calendars = [mailbox.calendarRemoteId];
    const watch = provider.watching.watch(access, calendars, { signal: stopped.signal });
    const listening = listeningTo(watch[Symbol.asyncIterator](), () => stopped.abort());
    open.push(listening);
    return listening;
  };
  afterEach(() => {
    for (const one of open) one.stop();
    open = [];
  });
  const add = (): Promise<string> =>
    subject().mailbox.add({ title: 'Ping', start: { date: '2026-11-25' }, end: { date: '2026-11-26' } });
  const isOurs = ({ type, ...news }: WatchNews): boolean =>
    type === 'changed' &&
    'calendarRemoteId' in news &&
    [null, subject().mailbox.calendarRemoteId].includes(news.calendarRemoteId);

  it('hears of changes by a call or over a connection', () => {
    const { notifications, watching } = subject().provider;
    expect(notifications ?? watching).toBeDefined();
  });

  it('says first that it listens, then that the calendar has changed, then that it has again', async () => {
    const watch = await listen();
    if (!watch) return;
    expect(await watch.next()).toEqual({ type: 'listening' });
    const remoteId = await add();
    await watch.until(isOurs);
    const times = { start: { date: '2026-11-27' }, end: { date: '2026-11-28' } };
    await subject().mailbox.change(remoteId, { title: 'Pong', ...times });
    await watch.until(isOurs);
    await subject().mailbox.remove(remoteId);
    await watch.until(isOurs);
  });

  it('tells two listeners the same', async () => {
    const [one, other] = [await listen(), await listen()];
    if (!one || !other) return;
    await Promise.all([one.next(), other.next()]);
    await add();
    await Promise.all([one.until(isOurs), other.until(isOurs)]);
  });

  it('ends without an error when it is stopped, while it waits too', async () => {
    const watch = await listen();
    if (!watch) return;
    await watch.next();
    const waiting = watch.next();
    watch.stop();
    expect(await waiting).toBeNull();
    expect(await watch.next()).toBeNull();
  });

  it('asks for nothing once it is stopped before its first word', async () => {
    const watch = await listen();
    if (!watch) return;
    watch.stop();
    expect(await watch.next()).toBeNull();
  });

  it('refuses a person who has taken the consent back, as a listing would', async () => {
    const { provider, mailbox } = subject();
    if (!provider.watching) return;
    const [access, { signal }] = [await subject().access(), new AbortController()];
    mailbox.withdraw();
    const watch = provider.watching.watch(access, [mailbox.calendarRemoteId], { signal })[Symbol.asyncIterator]();
    // Access of minutes has to be made anew first; a password has nothing behind it.
    await expectRefusal(watch.next(), provider.auth.form ? 'ConsentRevoked' : 'AccessExpired');
  });
}

function listeningTo(words: AsyncIterator<WatchNews>, stop: () => void): Listening {
  const next = async (): Promise<WatchNews | null> => {
    const { done, value } = await words.next();
    return done === true ? null : value;
  };
  return {
    next,
    until: async (fits) => {
      for (;;) {
        const news = await next();
        if (news === null) throw new Error('the watch has ended');
        if (fits(news)) return;
      }
    },
    stop,
  };
}

import type { BrowserLegStore, ChangesRequest, DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import passport from 'passport';
import { FakeClock } from './fake-clock';
import { FakeProvider } from './fake-provider';
import { at, content, series, single } from './meeting-builders';

const ADA = 'ada@example.com';
const ALL: ChangesRequest = { calendarRemoteId: 'primary', since: null, window: { type: 'all' }, continueAt: null };
const meeting = (remoteId: string, title = remoteId) =>
  single(remoteId, content(title, at('2026-11-22T09:00'), at('2026-11-22T10:00')));

function open(subject: FakeProvider, request: ChangesRequest = ALL): AsyncIterator<DeltaPage<RemoteMeeting>> {
  return subject.calendar.open(subject.access(ADA)).changes(request)[Symbol.asyncIterator]();
}

async function pagesOf(subject: FakeProvider, request: ChangesRequest = ALL): Promise<DeltaPage<RemoteMeeting>[]> {
  const pages: DeltaPage<RemoteMeeting>[] = [];
  for await (const page of subject.calendar.open(subject.access(ADA)).changes(request)) pages.push(page);
  return pages;
}

const idsOf = (pages: readonly DeltaPage<RemoteMeeting>[]) =>
  pages.flatMap(({ changes }) => changes.map((change) => ('item' in change ? change.item.remoteId : change.remoteId)));

describe('the fake provider', () => {
  it('gives what changes during a listing with the next delta, wherever the listing stood', async () => {
    const subject = new FakeProvider({ pageSize: 2 });
    const mailbox = subject.mailbox(ADA);
    for (const id of ['b', 'd', 'f', 'h']) mailbox.put(meeting(id));
    const listing = open(subject);
    await listing.next();
    mailbox.put(meeting('a', 'late and before'));
    mailbox.put(meeting('b', 'changed after it was served'));
    mailbox.remove('h');
    const last = await listing.next();
    expect(idsOf([last.value])).toEqual(['f']);
    const since = last.value.resume;
    const delta = await pagesOf(subject, { ...ALL, since });
    expect(idsOf(delta)).toEqual(['a', 'b', 'h']);
    expect(delta.at(-1)?.changes.at(-1)).toEqual({ type: 'removed', remoteId: 'h' });
  });

  it('gives only the latest state of each item in a delta', async () => {
    const subject = new FakeProvider();
    const [first] = await pagesOf(subject);
    for (const title of ['one', 'two', 'three']) subject.mailbox(ADA).put(meeting('x', title));
    const delta = await pagesOf(subject, { ...ALL, since: first?.resume ?? null });
    expect(delta.flatMap(({ changes }) => changes)).toMatchObject([
      { item: { version: 'v3', content: { title: 'three' } } },
    ]);
  });

  it('lets every cursor die, also in the middle of a listing', async () => {
    const subject = new FakeProvider({ pageSize: 1 });
    for (const id of ['a', 'b', 'c']) subject.mailbox(ADA).put(meeting(id));
    const listing = open(subject);
    await listing.next();
    subject.mailbox(ADA).expireCursors();
    await expect(listing.next()).rejects.toMatchObject({ kind: 'CursorExpired' });
  });

  it('removes a series with all that hangs on it', async () => {
    const subject = new FakeProvider();
    const mailbox = subject.mailbox(ADA);
    mailbox.put(series('s', content('S', at('2026-11-02T09:00'), at('2026-11-02T10:00')), 'RRULE:FREQ=WEEKLY'));
    mailbox.put({ kind: 'cancelled', remoteId: 's1', seriesRemoteId: 's', originalStart: { instant: 0 } });
    mailbox.remove('s');
    expect(mailbox.items()).toEqual([]);
  });

  it('strikes as often and as late as a fault says', async () => {
    const subject = new FakeProvider({ pageSize: 1 });
    for (const id of ['a', 'b']) subject.mailbox(ADA).put(meeting(id));
    subject.faults.add({ kind: 'throttled', after: 1, retryAfterMs: 700 });
    const listing = open(subject);
    await listing.next();
    await expect(listing.next()).rejects.toMatchObject({ kind: 'Throttled', retryAfterMs: 700 });
    expect(idsOf(await pagesOf(subject))).toEqual(['a', 'b']);
    expect(subject.requests).toHaveLength(4);
  });

  it('lets access end after an hour of the clock', async () => {
    const clock = new FakeClock();
    const subject = new FakeProvider({ clock });
    const session = subject.calendar.open(subject.access(ADA));
    clock.advance(3_600_000);
    await expect(session.changes(ALL)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'AccessExpired' });
  });

  it('walks a browser leg through passport', async () => {
    const subject = new FakeProvider();
    const states = new Set(['good']);
    const store: BrowserLegStore = {
      save: async () => 'good',
      consume: async (_request, state) => (states.delete(state) ? 'verifier' : null),
    };
    const permissions = { calendar: 'read', contacts: 'none' } as const;
    const visit = async (query: object): Promise<unknown> => {
      const strategy = await subject.auth.strategy({
        callbackUrl: 'http://localhost/callback',
        permissions,
        loginHint: null,
        forceConsent: false,
        claims: null,
        store,
      });
      return new Promise((resolve) => {
        const response = { setHeader: (_name: string, value: string) => resolve(value), end: () => undefined };
        const done = (error: unknown, user: unknown, challenge: unknown) => resolve({ error, user, challenge });
        passport.authenticate(strategy, { session: false }, done)({ query }, response, resolve);
      });
    };
    expect(await visit({})).toContain('state=good');
    expect(await visit({ code: ADA, state: 'good' })).toMatchObject({ user: { identity: { address: ADA } } });
    expect(await visit({ code: ADA, state: 'good' })).toMatchObject({ challenge: { code: 'state_invalid' } });
  });
});

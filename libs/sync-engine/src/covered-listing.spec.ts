import {
  ProviderError,
  type CalendarSession,
  type Coverage,
  type DeltaPage,
  type RemoteMeeting,
} from '@daybook/provider-port';
import { at, cancelled, content, exception, FakeProvider, series, single } from '@daybook/testing/fakes';
import { runCalendar } from './calendar-run';
import { FakeCalendarSyncStore } from './testing/fake-calendar-sync-store';

const COVERAGE: Coverage = { from: Date.UTC(2026, 8, 1), to: Date.UTC(2027, 11, 1) };
const ORIGINAL = [2, 9, 16].map((day) => ({ instant: Date.UTC(2026, 10, day, 9) }));

const versioned = (item: Omit<RemoteMeeting, 'version'>, version = 'v1') => ({ ...item, version }) as RemoteMeeting;
const meeting = (remoteId: string, day: string): RemoteMeeting =>
  versioned(single(remoteId, content(remoteId, at(`${day}T10:00`), at(`${day}T11:00`))));

/** A provider that shows a stretch of time, by pages put in its way. */
class CoveredSession implements CalendarSession {
  readonly asked: string[] = [];
  pages: DeltaPage<RemoteMeeting>[] = [];
  readonly there = new Map<string, RemoteMeeting>();
  readonly calendars = new FakeProvider().calendar.open({ token: 'nobody' }).calendars;

  async *changes({ window }: { window: { type: string } }): AsyncIterable<DeltaPage<RemoteMeeting>> {
    if (window.type === 'between') yield { changes: [], continuation: null, resume: null, complete: true };
    else yield* this.pages;
  }

  async item({ remoteId }: { remoteId: string }) {
    this.asked.push(remoteId);
    const item = this.there.get(remoteId);
    if (!item) throw new ProviderError('Gone', { detail: 'no such item' });
    return { type: 'upserted', item } as const;
  }
}

describe('a listing that covers a stretch of time', () => {
  let session: CoveredSession;
  let store: FakeCalendarSyncStore;

  const shows = (items: readonly RemoteMeeting[], more: Partial<DeltaPage<RemoteMeeting>> = {}): void => {
    const changes = items.map((item) => ({ type: 'upserted', item }) as const);
    session.pages = [{ changes, continuation: null, resume: 'next', complete: true, coverage: COVERAGE, ...more }];
  };
  const run = () => runCalendar({ session, calendarRemoteId: 'primary', store, now: () => Date.UTC(2026, 10, 22, 8) });
  const listAgain = (): void => {
    store.state = { ...store.state, cursor: null };
  };

  beforeEach(async () => {
    session = new CoveredSession();
    store = new FakeCalendarSyncStore();
  });

  it('keeps what lies outside of it without asking for it', async () => {
    shows([meeting('past', '2026-08-20'), meeting('inside', '2026-11-25')]);
    await run();
    listAgain();
    shows([meeting('inside', '2026-11-25')]);
    await run();
    expect([...store.items.keys()].sort()).toEqual(['inside', 'past']);
    expect(session.asked).toEqual([]);
  });

  it('removes what is not shown in it only where it is gone', async () => {
    shows([meeting('moved', '2026-11-25'), meeting('deleted', '2026-11-26')]);
    await run();
    listAgain();
    shows([]);
    session.there.set('moved', { ...meeting('moved', '2029-05-01'), version: 'v2' });
    await run();
    expect(store.items.get('moved')).toMatchObject({ version: 'v2', content: { start: at('2029-05-01T10:00') } });
    expect(store.items.has('deleted')).toBe(false);
    expect(session.asked.sort()).toEqual(['deleted', 'moved']);
  });

  it('removes nothing while the provider cannot say what is gone', async () => {
    shows([meeting('unknown', '2026-11-25')]);
    await run();
    listAgain();
    shows([]);
    session.item = () => Promise.reject(new ProviderError('Unavailable', { detail: 'away' }));
    await expect(run()).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(store.items.has('unknown')).toBe(true);
  });

  it('takes a series shown whole for all there is of it', async () => {
    const [first, second, third] = ORIGINAL;
    if (!first || !second || !third) throw new Error('three occurrences');
    const head = versioned(
      series('s', content('s', at('2026-11-02T10:00'), at('2026-11-02T11:00')), 'RRULE:FREQ=WEEKLY'),
    );
    const moved = versioned(
      exception('s1', 's', first, content('moved', at('2026-11-03T10:00'), at('2026-11-03T11:00'))),
    );
    shows([head, moved, versioned(cancelled('s2', 's', second)), meeting('other', '2026-11-25')]);
    await run();
    shows([{ ...head, version: 'v2' }, versioned(cancelled('s3', 's', third))], { wholeSeries: ['s'] });
    await run();
    expect([...store.items.keys()].sort()).toEqual(['other', 's', 's3']);
  });
});

import {
  ProviderError,
  type CalendarSession,
  type Coverage,
  type DeltaPage,
  type RemoteChange,
  type RemoteMeeting,
} from '@daybook/provider-port';
import { at, cancelled, content, exception, FakeProvider, series, single } from '@daybook/testing/fakes';
import { runCalendar } from '../calendar-run';
import type { CalendarSyncStore } from '../calendar-sync-store';

const COVERAGE: Coverage = { from: Date.UTC(2026, 8, 1), to: Date.UTC(2027, 11, 1) };
const ORIGINAL = [2, 9, 16].map((day) => ({ instant: Date.UTC(2026, 10, day, 9) }));

/** A calendar as it is stored, empty at first. */
export interface CoveredListingBench {
  /** For one run. */
  store(): Promise<CalendarSyncStore>;
  /** The next run lists everything again. */
  forgetCursor(): Promise<void>;
  /** Version and start of all that is stored, by remote id. */
  items(): Promise<ReadonlyMap<string, Pick<RemoteMeeting, 'version'> & { readonly start: unknown }>>;
}

const versioned = (item: Omit<RemoteMeeting, 'version'>, version = 'v1') => ({ ...item, version }) as RemoteMeeting;
const between = (title: string, start: string, end: string) => content(title, at(start), at(end));
const meeting = (remoteId: string, day: string): RemoteMeeting =>
  versioned(single(remoteId, between(remoteId, `${day}T10:00`, `${day}T11:00`)));
const repeated = (remoteId: string, day: string, rule: string): RemoteMeeting =>
  versioned(series(remoteId, between(remoteId, `${day}T10:00`, `${day}T11:00`), rule));

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

  async item({ remoteId }: { remoteId: string }): Promise<RemoteChange<RemoteMeeting>> {
    this.asked.push(remoteId);
    const item = this.there.get(remoteId);
    if (!item) throw new ProviderError('Gone', { detail: 'no such item' });
    return { type: 'upserted', item };
  }
}

/** What every store does of a listing that covers a stretch of time. Each case gets a bench of its own. */
export function coveredListingSuite(start: () => Promise<CoveredListingBench>): void {
  let session: CoveredSession;
  let bench: CoveredListingBench;

  const shows = (items: readonly RemoteMeeting[], more: Partial<DeltaPage<RemoteMeeting>> = {}): void => {
    const changes = items.map((item) => ({ type: 'upserted', item }) as const);
    session.pages = [{ changes, continuation: null, resume: 'next', complete: true, coverage: COVERAGE, ...more }];
  };
  const run = async (more: { stopped?: () => boolean } = {}) => {
    const store = await bench.store();
    return runCalendar({ session, calendarRemoteId: 'primary', store, now: () => Date.UTC(2026, 10, 22, 8), ...more });
  };
  const stored = async (): Promise<readonly string[]> => [...(await bench.items()).keys()].sort();

  beforeEach(async () => {
    session = new CoveredSession();
    bench = await start();
  });

  it('keeps what lies outside of it without asking for it', async () => {
    shows([meeting('past', '2026-08-20'), meeting('inside', '2026-11-25'), meeting('later', '2027-12-02')]);
    await run();
    await bench.forgetCursor();
    shows([meeting('inside', '2026-11-25')]);
    await run();
    expect(await stored()).toEqual(['inside', 'later', 'past']);
    expect(session.asked).toEqual([]);
  });

  it('removes what is not shown in it only where it is gone', async () => {
    shows([meeting('moved', '2026-11-25'), meeting('deleted', '2026-11-26')]);
    await run();
    await bench.forgetCursor();
    shows([]);
    session.there.set('moved', { ...meeting('moved', '2029-05-01'), version: 'v2' });
    await run();
    const items = await bench.items();
    expect(items.get('moved')).toEqual({ version: 'v2', start: at('2029-05-01T10:00') });
    expect(items.has('deleted')).toBe(false);
    expect([...session.asked].sort()).toEqual(['deleted', 'moved']);
  });

  it('asks for a series whose life reaches into it, and for none that is over', async () => {
    shows([
      repeated('endless', '2026-01-05', 'RRULE:FREQ=WEEKLY'),
      repeated('reaching', '2026-08-03', 'RRULE:FREQ=WEEKLY;COUNT=9'),
      repeated('over', '2026-01-05', 'RRULE:FREQ=WEEKLY;COUNT=3'),
    ]);
    await run();
    await bench.forgetCursor();
    shows([]);
    await run();
    expect([...session.asked].sort()).toEqual(['endless', 'reaching']);
    expect(await stored()).toEqual(['over']);
  });

  it('removes nothing while the provider cannot say what is gone', async () => {
    shows([meeting('unknown', '2026-11-25')]);
    await run();
    await bench.forgetCursor();
    shows([]);
    session.item = () => Promise.reject(new ProviderError('Unavailable', { detail: 'away' }));
    await expect(run()).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(await stored()).toEqual(['unknown']);
  });

  it('asks a few at a time, and for no more once it has to stop', async () => {
    const many = Array.from({ length: 10 }, (_none, index) => `m${index}`);
    shows(many.map((id) => meeting(id, '2026-11-25')));
    await run();
    await bench.forgetCursor();
    shows([]);
    let stopping = false;
    const asked: string[] = [];
    session.item = async ({ remoteId }) => {
      asked.push(remoteId);
      stopping = true;
      return { type: 'removed', remoteId };
    };
    expect(await run({ stopped: () => stopping })).toEqual({ type: 'stopped' });
    expect(asked).toHaveLength(4);
    expect(await stored()).toHaveLength(10);
  });

  it('takes a series shown whole for all there is of it', async () => {
    const [first, second, third] = ORIGINAL;
    if (!first || !second || !third) throw new Error('three occurrences');
    const head = repeated('s', '2026-11-02', 'RRULE:FREQ=WEEKLY');
    const moved = versioned(exception('s1', 's', first, between('moved', '2026-11-03T10:00', '2026-11-03T11:00')));
    shows([head, moved, versioned(cancelled('s2', 's', second)), meeting('other', '2026-11-25')]);
    await run();
    shows([{ ...head, version: 'v2' }, versioned(cancelled('s3', 's', third))], { wholeSeries: ['s'] });
    await run();
    expect(await stored()).toEqual(['other', 's', 's3']);
  });
}

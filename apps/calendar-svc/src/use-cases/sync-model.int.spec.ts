import fc from 'fast-check';
import { originalStartKey, readSeries, expand } from '@daybook/domain';
import type { Meeting } from '@daybook/contracts';
import type { RemoteMeeting } from '@daybook/provider-port';
import { at, cancelled, content, exception, type FakeMailbox, series, single } from '@daybook/testing/fakes';
import type { Connection } from 'mongoose';
import { openTestDatabase, startSyncBench, type SyncBench } from '../testing/sync-bench';

/** One thing that happens at the provider, on the way, or to the process. */
type Step =
  | { readonly do: 'put'; readonly second: boolean; readonly id: number; readonly day: number; readonly title: number }
  | {
      readonly do: 'putSeries';
      readonly second: boolean;
      readonly id: number;
      readonly count: number;
      readonly title: number;
    }
  | {
      readonly do: 'move';
      readonly second: boolean;
      readonly series: number;
      readonly index: number;
      readonly hour: number;
    }
  | { readonly do: 'cancel'; readonly second: boolean; readonly series: number; readonly index: number }
  | { readonly do: 'remove'; readonly second: boolean; readonly id: number; readonly series: boolean }
  | { readonly do: 'expire' }
  | {
      readonly do: 'fault';
      readonly kind: 'cut' | 'throttled' | 'unavailable' | 'empty_page' | 'doubled' | 'access_expired' | 'bad_item';
      readonly after: number;
    }
  | { readonly do: 'run'; readonly crashAfter: number | null };

const small = (max: number) => fc.nat({ max });
/** Copies of the same meetings lie in both calendars, with the same iCalUID. */
const second = fc.boolean();
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('put' as const), second, id: small(8), day: small(20), title: small(5) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('putSeries' as const),
      second,
      id: small(2),
      count: fc.integer({ min: 1, max: 6 }),
      title: small(5),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      second,
      series: small(2),
      index: small(5),
      hour: fc.integer({ min: 10, max: 20 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('cancel' as const), second, series: small(2), index: small(5) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('remove' as const), second, id: small(8), series: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      kind: fc.constantFrom('cut', 'throttled', 'unavailable', 'empty_page', 'doubled', 'access_expired', 'bad_item'),
      after: small(3),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('run' as const), crashAfter: fc.option(small(4), { freq: 2 }) }),
  },
);

const SECOND = 'second';
const dayOf = (index: number): string => `2026-12-${`${index + 1}`.padStart(2, '0')}`;
const slot = (index: number): { instant: number } => ({ instant: Date.UTC(2026, 11, 1 + index, 8) });

async function take(subject: SyncBench, action: Step): Promise<void> {
  const { mailbox, provider, clock } = subject;
  const calendar = 'second' in action && action.second ? SECOND : 'primary';
  const there = (remoteId: string): boolean => mailbox.items(calendar).some((item) => item.remoteId === remoteId);
  const seriesThere = (id: number): boolean => there(`series${id}`);
  switch (action.do) {
    case 'put':
      mailbox.put(
        single(
          `single${action.id}`,
          content(`Title ${action.title}`, at(`${dayOf(action.day)}T12:00`), at(`${dayOf(action.day)}T13:00`)),
        ),
        calendar,
      );
      return;
    case 'putSeries':
      mailbox.put(
        series(
          `series${action.id}`,
          content(`Series ${action.title}`, at(`${dayOf(0)}T09:00`), at(`${dayOf(0)}T09:30`)),
          `RRULE:FREQ=DAILY;COUNT=${action.count}`,
        ),
        calendar,
      );
      return;
    case 'move':
      if (!seriesThere(action.series)) return;
      mailbox.put(
        exception(
          `series${action.series}_${action.index}`,
          `series${action.series}`,
          slot(action.index),
          content(
            'Moved',
            at(`${dayOf(action.index)}T${action.hour}:00`),
            at(`${dayOf(action.index)}T${action.hour}:30`),
          ),
        ),
        calendar,
      );
      return;
    case 'cancel':
      if (seriesThere(action.series))
        mailbox.put(
          cancelled(`series${action.series}_${action.index}`, `series${action.series}`, slot(action.index)),
          calendar,
        );
      return;
    case 'remove': {
      const remoteId = action.series ? `series${action.id % 3}` : `single${action.id}`;
      if (there(remoteId)) mailbox.remove(remoteId, calendar);
      return;
    }
    case 'expire':
      mailbox.expireCursors();
      mailbox.expireCursors(SECOND);
      return;
    case 'fault':
      provider.faults.add({ kind: action.kind, after: action.after, retryAfterMs: 1_000 });
      return;
    case 'run':
      clock.advance(1_000);
      await subject.hint();
      await subject
        .run({ ...(action.crashAfter === null ? {} : { crashAfterCommits: action.crashAfter }) })
        .catch(() => undefined);
      return;
  }
}

/** What a person must see, computed from the provider's own items alone: where both calendars have one, the primary's. */
function truth(mailbox: FakeMailbox): string[] {
  const rows = new Map([...rowsOf(mailbox.items(SECOND)), ...rowsOf(mailbox.items())]);
  return [...rows.values()].sort();
}

/** The rows of one calendar by iCalUID and original start. */
function rowsOf(items: readonly RemoteMeeting[]): [string, string][] {
  const rows: [string, string][] = [];
  for (const item of items) {
    if (item.kind === 'single') rows.push([item.remoteId, line(item.content.title, item.content.start)]);
    if (item.kind !== 'series') continue;
    const reading = readSeries({ start: item.content.start, end: item.content.end, lines: item.lines, exceptions: [] });
    if (!reading.ok) throw new Error('the generator made a rule that is none');
    const own = items.filter((other) => 'seriesRemoteId' in other && other.seriesRemoteId === item.remoteId);
    const keys = new Set<string>();
    const put = (key: string, text: string): void => void rows.push([`${item.remoteId} ${key}`, text]);
    for (const { key } of expand(reading.series, { from: Date.UTC(2026, 0, 1), to: Date.UTC(2028, 0, 1) }, 1_000)
      .occurrences) {
      keys.add(key);
      const change = own.find((other) => 'originalStart' in other && originalStartKey(other.originalStart) === key);
      if (!change) put(key, line(item.content.title, { dateTime: civilOf(key), timeZone: 'Europe/Berlin' }));
      else if (change.kind === 'exception') put(key, line(change.content.title, change.content.start));
    }
    // An exception the rule no longer reaches stays at the provider, so it stays in sight.
    for (const other of own) {
      if (other.kind !== 'exception') continue;
      const key = originalStartKey(other.originalStart);
      if (!keys.has(key)) put(key, line(other.content.title, other.content.start));
    }
  }
  return rows;
}

/** The generated series all begin at nine in Berlin in December, one hour before UTC. */
function civilOf(key: string): string {
  return `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6, 8)}T09:00:00`;
}

function line(title: string | null, start: Meeting['start']): string {
  return `${'dateTime' in start ? start.dateTime : start.date} ${title}`;
}

describe('after quiet, provider and Daybook are equal', () => {
  let database: Connection;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => {
    await database.db?.dropDatabase();
    await database.close();
  });

  it('whatever happened to the items, the way and the process', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (history) => {
        const subject = await startSyncBench({ pageSize: 3, database });
        subject.mailbox.addCalendar({ remoteId: SECOND, name: 'Second' });
        try {
          const mirror = new Map<string, Meeting>();
          let cursor: string | undefined;
          for (const [index, action] of history.entries()) {
            await take(subject, action);
            if (index % 5 === 4) cursor = await subject.replay(mirror, cursor);
          }
          subject.provider.faults.clear();
          for (let quiet = 0; quiet < 3; quiet += 1) {
            subject.clock.advance(86_400_000 / 4);
            await subject.hint();
            await subject.run();
          }
          await subject.replay(mirror, cursor);
          const listed = await subject.list({ from: '2026-11-30T00:00:00Z' });
          expect(listed.map((meeting) => line(meeting.title, meeting.start)).sort()).toEqual(truth(subject.mailbox));
          expect(await subject.collections.quarantine.countDocuments()).toBe(0);
          expect(byId(mirror.values())).toEqual(byId(listed));
          await expectOrderedEvents(subject);
        } finally {
          await subject.close();
        }
      }),
      { numRuns: Number(process.env.MODEL_RUNS ?? 25), endOnFailure: false },
    );
  }, 180_000);
});

function byId(meetings: Iterable<Meeting>): Meeting[] {
  return [...meetings].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Each item's events count up without a gap, and no two rows share a number. */
async function expectOrderedEvents(subject: SyncBench): Promise<void> {
  const rows = await subject.collections.outbox.find({}, { projection: { itemKey: 1, sequence: 1 } }).toArray();
  const byItem = new Map<string, number[]>();
  for (const row of rows)
    byItem.set(String(row.itemKey), [...(byItem.get(String(row.itemKey)) ?? []), Number(row.sequence)]);
  for (const sequences of byItem.values()) {
    const sorted = [...sequences].sort((a, b) => a - b);
    expect(sorted).toEqual(sorted.map((_, index) => index + 1));
  }
}

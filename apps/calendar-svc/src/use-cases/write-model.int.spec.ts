import fc from 'fast-check';
import { originalStartKey, readSeries, expand } from '@daybook/domain';
import { ProblemError, type Meeting } from '@daybook/contracts';
import type { RemoteMeeting } from '@daybook/provider-port';
import { at, content, exception, type FakeFaultKind, type FakeMailbox, single } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { BERLIN, writingPerson, type WritingPerson } from '../testing/writing-person';

/*
 * Both sides change the same meetings, on the real database: people here schedule, edit, move and delete, the provider's people
 * do the same there, answers are lost, versions differ, processes die. After quiet both sides are equal, nothing is there
 * twice, and what was entered here last is in effect or is said not to be.
 */

type Step =
  | { readonly do: 'schedule'; readonly series: boolean; readonly nowhere: boolean; readonly title: number }
  | {
      readonly do: 'edit';
      readonly which: number;
      readonly field: 'topic' | 'description' | 'time';
      readonly value: number;
    }
  | { readonly do: 'occurrence'; readonly which: number; readonly index: number; readonly scope: 'this' | 'following' }
  | { readonly do: 'move' | 'remove' | 'withdraw'; readonly which: number }
  | {
      readonly do: 'removeOccurrence';
      readonly which: number;
      readonly index: number;
      readonly scope: 'this' | 'following';
    }
  | { readonly do: 'editThere' | 'removeThere' | 'moveThere'; readonly which: number; readonly value: number }
  | { readonly do: 'putThere'; readonly id: number; readonly title: number }
  | { readonly do: 'expire' }
  | { readonly do: 'fault'; readonly kind: FakeFaultKind; readonly after: number }
  | { readonly do: 'run'; readonly crashAfter: number | null };

const small = (max: number) => fc.nat({ max });
const which = small(5);
const index = small(2);
const scope = fc.constantFrom('this' as const, 'following' as const);
const weighed = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const step: fc.Arbitrary<Step> = fc.oneof(
  weighed(
    4,
    fc.record({
      ...{ do: fc.constant('schedule' as const), series: fc.boolean(), title: small(5) },
      nowhere: fc.constantFrom(true, false, false, false),
    }),
  ),
  weighed(
    5,
    fc.record({
      ...{ do: fc.constant('edit' as const), which, value: small(9) },
      field: fc.constantFrom('topic' as const, 'topic' as const, 'description' as const, 'time' as const),
    }),
  ),
  weighed(2, fc.record({ do: fc.constant('occurrence' as const), which, index, scope })),
  weighed(3, fc.record({ do: fc.constantFrom('move' as const, 'remove' as const, 'withdraw' as const), which })),
  weighed(2, fc.record({ do: fc.constant('removeOccurrence' as const), which, index, scope })),
  weighed(
    4,
    fc.record({
      do: fc.constantFrom('editThere' as const, 'editThere' as const, 'removeThere' as const, 'moveThere' as const),
      ...{ which, value: small(9) },
    }),
  ),
  weighed(2, fc.record({ do: fc.constant('putThere' as const), id: small(3), title: small(5) })),
  weighed(1, fc.record({ do: fc.constant('expire' as const) })),
  weighed(
    3,
    fc.record({
      do: fc.constant('fault' as const),
      kind: fc.constantFrom<FakeFaultKind>(
        ...(['timeout_after_write', 'timeout_before_write', 'conflict', 'rejected', 'throttled'] as const),
        ...(['unavailable', 'access_expired', 'cut', 'empty_page', 'doubled'] as const),
      ),
      after: small(3),
    }),
  ),
  weighed(7, fc.record({ do: fc.constant('run' as const), crashAfter: fc.option(small(4), { freq: 2 }) })),
);

const SECOND = 'second';
const day = (number: number) => `2026-12-${`${number + 1}`.padStart(2, '0')}`;
const time = (number: number, hour: number) => ({
  start: { dateTime: `${day(number)}T${`${hour}`.padStart(2, '0')}:00:00`, timeZone: BERLIN },
  end: { dateTime: `${day(number)}T${`${hour}`.padStart(2, '0')}:30:00`, timeZone: BERLIN },
});

class World {
  /** Ids of meetings scheduled here, in the order of scheduling. */
  private readonly own: string[] = [];
  /** The topic that has to stand at the end; none where the other side had a say, or somebody refused. */
  private readonly topics = new Map<string, string>();

  private constructor(
    private readonly bench: SyncBench,
    private readonly ada: WritingPerson,
    private readonly secondId: string,
  ) {}

  static async open(bench: SyncBench): Promise<World> {
    bench.mailbox.addCalendar({ remoteId: SECOND, name: 'Second' });
    const ada = await writingPerson(bench);
    const second = (await bench.store.calendarsOf('con_1')).find(({ remoteId }) => remoteId === SECOND);
    return new World(bench, ada, second?._id ?? '');
  }

  async take(action: Step): Promise<void> {
    const { bench } = this;
    switch (action.do) {
      case 'expire':
        bench.mailbox.expireCursors();
        bench.mailbox.expireCursors(SECOND);
        return;
      case 'fault':
        bench.provider.faults.add({ kind: action.kind, after: action.after, retryAfterMs: 1_000 });
        if (action.kind === 'rejected') this.topics.clear();
        return;
      case 'run':
        bench.clock.advance(1_000);
        await bench.hint();
        await bench
          .run(action.crashAfter === null ? {} : { crashAfterCommits: action.crashAfter })
          .catch(() => undefined);
        return;
      case 'putThere':
        bench.mailbox.put(
          single(`theirs${action.id}`, content(`Theirs ${action.title}`, at(`${day(5)}T12:00`), at(`${day(5)}T13:00`))),
        );
        return;
      case 'editThere':
      case 'removeThere':
      case 'moveThere':
        return this.changeThere(action.do, action.which, action.value);
      default:
        // What people may not do at that moment is said to them; nothing else may go wrong.
        await this.changeHere(action).catch((error: unknown) => {
          if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error;
        });
    }
  }

  private async changeHere(
    action: Extract<
      Step,
      { do: 'schedule' | 'edit' | 'occurrence' | 'move' | 'remove' | 'withdraw' | 'removeOccurrence' }
    >,
  ): Promise<void> {
    const { ada } = this;
    if (action.do === 'schedule') {
      const topic = `Topic ${action.title}`;
      const { meeting } = await ada.schedule({
        ...{ topic, ...time(this.own.length % 5, 9) },
        ...(action.series ? { recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] } : {}),
        ...(action.nowhere ? { calendarId: null } : {}),
      });
      this.topics.set(meeting.id, topic);
      this.own.push(meeting.id);
      return;
    }
    const id = this.own[action.which % Math.max(1, this.own.length)];
    if (id === undefined) return;
    switch (action.do) {
      case 'edit':
        return this.edit(id, action.field, action.value);
      case 'occurrence': {
        const row = await this.occurrence(id, action.index);
        this.topics.delete(id);
        if (!row) return;
        const { changed } = await ada.change(row.id, { topic: `Occurrence ${action.index}` }, { scope: action.scope });
        const head = changed.meeting.series?.id;
        if (head && head !== id) this.own.push(head);
        return;
      }
      case 'removeOccurrence': {
        const row = await this.occurrence(id, action.index);
        this.topics.delete(id);
        if (row) await ada.remove(row.id, { scope: action.scope });
        return;
      }
      case 'move': {
        const { calendar } = await ada.get(id);
        const next = calendar === null ? ada.calendarId : calendar.id === ada.calendarId ? this.secondId : null;
        await ada.change(id, { calendarId: next }, { scope: 'all' });
        return;
      }
      case 'remove':
        await ada.remove(id, { scope: 'all' });
        this.topics.delete(id);
        return;
      case 'withdraw':
        this.topics.delete(id);
        await ada.withdraw(id);
        return;
    }
  }

  private async edit(id: string, field: 'topic' | 'description' | 'time', value: number): Promise<void> {
    const { ada } = this;
    if (field === 'time') {
      const policy = { of: async () => ({ enabled: true, twoWaySync: true, reschedule: 'update' as const }) };
      await ada.change(id, time(value, 10 + value), { scope: 'all', policy });
    } else if (field === 'description') await ada.change(id, { description: `Text ${value}` }, { scope: 'all' });
    else {
      await ada.change(id, { topic: `Edited ${value}` }, { scope: 'all' });
      if (this.topics.has(id)) this.topics.set(id, `Edited ${value}`);
    }
  }

  private async occurrence(id: string, number: number): Promise<Meeting | undefined> {
    const rows = await this.bench.list({ from: '2026-11-22T00:00:00Z' });
    return rows.filter(({ series, id: own }) => series?.id === id && own !== id)[number];
  }

  private changeThere(what: 'editThere' | 'removeThere' | 'moveThere', number: number, value: number): void {
    const { mailbox } = this.bench;
    const places = ['primary', SECOND].flatMap((calendar) =>
      mailbox.items(calendar).map((item) => ({ calendar, item })),
    );
    const place = places[number % Math.max(1, places.length)];
    if (!place) return;
    const { calendar, item } = place;
    if (item.kind === 'cancelled') return;
    this.topics.clear();
    if (what === 'removeThere' && item.kind !== 'exception') mailbox.remove(item.remoteId, calendar);
    if (what === 'editThere') mailbox.put({ ...item, content: { ...item.content, title: `There ${value}` } }, calendar);
    if (what !== 'moveThere' || item.kind !== 'series') return;
    const first = Date.UTC(
      2026,
      11,
      Number(item.content.start && 'dateTime' in item.content.start ? item.content.start.dateTime.slice(8, 10) : 1),
      8,
    );
    const hour = 'dateTime' in item.content.start ? Number(item.content.start.dateTime.slice(11, 13)) : 9;
    const original = { instant: first + (hour - 9) * 3_600_000 };
    mailbox.put(
      exception(
        `${item.remoteId}_moved`,
        item.remoteId,
        original,
        content('Moved there', at(`${day(20)}T15:00`), at(`${day(20)}T15:30`)),
      ),
      calendar,
    );
  }

  async afterQuiet(): Promise<void> {
    const { bench } = this;
    bench.provider.faults.clear();
    for (let quiet = 0; quiet < 4; quiet += 1) {
      bench.clock.advance(86_400_000 / 4);
      await bench.hint();
      await bench.runWhileDue();
    }
  }

  async expectAllIsWell(): Promise<void> {
    const { bench } = this;
    const listed = await bench.list({ from: '2026-11-22T00:00:00Z' });
    const inCalendars = listed.filter(({ calendar }) => calendar !== null);
    expect(inCalendars.map((meeting) => line(meeting.title, meeting.start)).sort()).toEqual(truth(bench.mailbox));
    expect(listed.filter(({ pending }) => pending !== null)).toEqual([]);
    const marked = [...bench.mailbox.items(), ...bench.mailbox.items(SECOND)].flatMap((item) =>
      item.kind === 'single' || item.kind === 'series' ? (item.marker ? [item.marker.meetingId] : []) : [],
    );
    expect(marked).toHaveLength(new Set(marked).size);
    for (const [id, topic] of this.topics) {
      const meeting = await this.ada.get(id).catch(() => null);
      if (meeting && !meeting.refused) expect([id, meeting.title]).toEqual([id, topic]);
    }
    const waiting = await bench.collections.meetings.countDocuments({ 'writing.left.0': { $exists: true } });
    expect(waiting).toBe(0);
    await expectOrderedEvents(bench);
  }

  async expectSameFeed(mirror: ReadonlyMap<string, Meeting>): Promise<void> {
    const listed = await this.bench.list({ from: '2026-11-22T00:00:00Z' });
    expect([...mirror.keys()].sort()).toEqual(listed.map(({ id }) => id).sort());
  }
}

/** What stands at the provider, whatever we think of it. */
function truth(mailbox: FakeMailbox): string[] {
  return [...rowsOf(mailbox.items()), ...rowsOf(mailbox.items(SECOND))].sort();
}

function rowsOf(items: readonly RemoteMeeting[]): string[] {
  const rows: string[] = [];
  for (const item of items) {
    if (item.kind === 'single') rows.push(line(item.content.title, item.content.start));
    if (item.kind !== 'series') continue;
    const { start, end } = item.content;
    const reading = readSeries({ start, end, lines: item.lines, exceptions: [] });
    if (!reading.ok) throw new Error('a rule that is none');
    const own = items.filter((other) => 'seriesRemoteId' in other && other.seriesRemoteId === item.remoteId);
    const window = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2028, 0, 1) };
    const keys = new Set<string>();
    for (const occurrence of expand(reading.series, window, 1_000).occurrences) {
      keys.add(occurrence.key);
      const change = own.find(
        (other) => 'originalStart' in other && originalStartKey(other.originalStart) === occurrence.key,
      );
      if (!change) rows.push(line(item.content.title, occurrence.start));
      else if (change.kind === 'exception') rows.push(line(change.content.title, change.content.start));
    }
    for (const other of own)
      if (other.kind === 'exception' && !keys.has(originalStartKey(other.originalStart)))
        rows.push(line(other.content.title, other.content.start));
  }
  return rows;
}

function line(title: string | null, start: Meeting['start']): string {
  return `${'dateTime' in start ? start.dateTime : start.date} ${title}`;
}

/** Each item's events count up without a gap, and no two rows share a number. */
async function expectOrderedEvents(bench: SyncBench): Promise<void> {
  const rows = await bench.collections.outbox
    .find({}, { projection: { itemKey: 1, sequence: 1, subject: 1 } })
    .toArray();
  const byItem = new Map<string, number[]>();
  for (const { itemKey, sequence } of rows)
    byItem.set(String(itemKey), [...(byItem.get(String(itemKey)) ?? []), Number(sequence)]);
  for (const [item, sequences] of byItem) {
    const sorted = [...sequences].sort((a, b) => a - b);
    expect([item, ...sorted]).toEqual([item, ...sorted.map((_, place) => place + 1)]);
  }
}

describe('after quiet, what both sides wrote', () => {
  const database = withTestDatabase();

  it('is equal, there once, and in effect or said not to be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (history) => {
        const bench = await startSyncBench({ pageSize: 3, database: database() });
        // Nobody waits here: what is not written at once waits for the next run.
        Object.assign(bench.writing, { patienceMs: 0 });
        const world = await World.open(bench);
        const mirror = new Map<string, Meeting>();
        let cursor: string | undefined;
        for (const [number, action] of history.entries()) {
          await world.take(action);
          if (number % 5 === 4) cursor = await bench.replay(mirror, cursor);
        }
        await world.afterQuiet();
        await world.expectAllIsWell();
        await bench.replay(mirror, cursor);
        await world.expectSameFeed(mirror);
      }),
      {
        // The same histories each time; FC_SEED takes others, MODEL_RUNS more of them.
        seed: Number(process.env.FC_SEED ?? 1),
        numRuns: Number(process.env.MODEL_RUNS ?? 20),
        endOnFailure: process.env.MODEL_SHRINK === undefined,
      },
    );
  }, 600_000);
});

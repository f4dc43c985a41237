import type { MeetingContent } from '@daybook/provider-port';
import { draftOf } from '@daybook/sync-engine';
import { writeQueueSuite, type WriteQueueBench } from '@daybook/sync-engine/testing';
import { newId } from '@daybook/platform/crypto';
import type { CalendarRecord, MeetingRecord } from '../../ports/records';
import { startSyncBench, withTestDatabase, type SyncBench } from '../../testing/sync-bench';
import { deleteMeeting } from '../../use-cases/delete-meeting';
import { intentionFor, newMeetingRecord, newPending } from '../../use-cases/draft-record';
import { emptyWriting, pendingAfter } from '../../use-cases/edit-target';
import { withdrawWrite } from '../../use-cases/withdraw-write';
import { MongoCalendarSyncStore } from './mongo-calendar-sync-store';
import { MongoWriteQueue } from './mongo-write-queue';

/** It ends with its case; until the next one begins nobody else wants it. */
const LEASE_MS = 1;

describe('the queue on the database', () => {
  const database = withTestDatabase();
  writeQueueSuite(async () => startQueueBench(await startSyncBench({ database: database() })));
});

/** One connection under a lease, with one calendar that has been read already. */
async function startQueueBench(bench: SyncBench): Promise<WriteQueueBench> {
  await bench.runWhileDue();
  const [calendar] = await bench.store.calendarsOf('con_1');
  const lease = await bench.leases.acquire('connection:con_1', newId('run'), LEASE_MS);
  if (!calendar || !lease) throw new Error('there is no calendar, or its lease is held');
  const { caller } = bench;
  const { meetings } = bench.collections;
  // Nobody waits for an answer: the cases are the provider.
  const writing = { ...bench.writing, patienceMs: 0 };
  const recordOf = (id: string): Promise<MeetingRecord | null> => meetings.findOne({ _id: id });
  const changes = async (): Promise<MongoCalendarSyncStore> => {
    const store = new MongoCalendarSyncStore(bench.surroundings, lease, calendar);
    await store.load();
    return store;
  };
  const rest = { removals: [], initial: false, advance: { type: 'none' } } as const;
  return {
    queue: new MongoWriteQueue(bench.surroundings, lease, { connectionId: 'con_1', remoteIdOf: null }),
    now: () => bench.clock.now(),
    schedule: (draft) => scheduled(bench, calendar, draft),
    edit: (id, change) => edited(bench, calendar, { id, change }),
    remove: async (id) => void (await deleteMeeting({ caller, id, query: {} }, writing)),
    undo: async (id) => void (await withdrawWrite({ caller, id }, writing)),
    bring: async (item) => {
      const page = { changes: [{ type: 'upserted' as const, item }], continuation: null, resume: null, complete: true };
      await (await (await changes()).prepare(page)).commit(rest);
      return (await meetings.findOne({ remoteId: item.remoteId }))?._id ?? '';
    },
    takeAway: async (remoteId) => {
      await (await (await changes()).prepare(null)).commit({ ...rest, removals: [remoteId] });
    },
    shown: async (id) => {
      const record = await recordOf(id);
      const isLeaving = record?.writing?.pending?.operation === 'remove';
      return record?.content && !isLeaving ? draftOf(record.content, record.lines) : null;
    },
    lostFields: async (id) => (await recordOf(id))?.writing?.overridden.map(({ field }) => field) ?? [],
    refusals: async (id) => {
      const code = (await recordOf(id))?.writing?.refused?.code;
      return code === undefined ? [] : [code];
    },
  };
}

type Draft = Parameters<WriteQueueBench['schedule']>[0];

async function scheduled(bench: SyncBench, calendar: CalendarRecord, draft: Draft): Promise<string> {
  // No two are meant at the same moment.
  bench.clock.advance(1);
  const { location, ...wish } = draft;
  const record = newMeetingRecord({
    ...{ _id: newId('mtg'), calendar, hosted: null, location, organizer: null, mails: false },
    wish: { ...wish, attendees: [...wish.attendees] },
    detectJoin: bench.surroundings.detectJoin,
    pending: newPending('create', new Date(bench.clock.now()), false),
  });
  await committed(bench, [intentionFor(record, calendar)]);
  return record._id;
}

/** Also of fields that no door takes, as long as the queue writes them. */
async function edited(
  bench: SyncBench,
  calendar: CalendarRecord,
  { id, change }: { readonly id: string; readonly change: Partial<Draft> },
): Promise<void> {
  bench.clock.advance(1);
  const stored = await bench.writing.writer.unit(id);
  const before = stored.items.get(id);
  if (!before?.content) throw new Error('there is nothing to edit');
  const { lines = before.lines, ...fields } = change;
  const content: MeetingContent = { ...before.content, ...fields };
  const writing = before.writing ?? emptyWriting();
  const at = new Date(bench.clock.now());
  const pending = pendingAfter({ ...before, content: before.content }, 'update', { calendar, at, notify: false });
  const after = {
    ...before,
    ...{ content, lines: [...lines] },
    writing: { ...writing, edits: writing.edits + 1, pending, refused: null },
  };
  const items = [{ type: 'intended' as const, before, after, event: null, by: 'client' as const }];
  await committed(bench, [{ calendarId: calendar._id, unitId: id, stored, items }]);
}

async function committed(
  bench: SyncBench,
  intentions: Parameters<SyncBench['writing']['writer']['commit']>[0],
): Promise<void> {
  if (!(await bench.writing.writer.commit(intentions))) throw new Error('somebody else was faster');
}

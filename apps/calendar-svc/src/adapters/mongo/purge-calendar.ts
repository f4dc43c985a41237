import type { Connection } from 'mongoose';
import { inTransaction } from '@daybook/platform/mongo';
import type { OutboxWriter } from '@daybook/platform/outbox';
import type { PurgeCounts } from '../../ports/calendar-store';
import type { CalendarRecord, MeetingRecord } from '../../ports/records';
import { meetingEvent } from '../../use-cases/meeting-event';
import type { CalendarCollections } from './collections';

/** Meetings of one transaction. */
const AT_ONCE = 500;

export interface PurgeSurroundings {
  readonly connection: Connection;
  readonly collections: CalendarCollections;
  readonly outbox: OutboxWriter;
  readonly at: Date;
}

/**
 * Removes a calendar and everything stored of it. Other services are told of each meeting that it is cancelled, in words
 * that carry nothing of it; what the outbox still had to say of it goes. Repeatable: a meeting is told of once, because it
 * goes with its event.
 */
export async function purgeCalendar(calendar: CalendarRecord, around: PurgeSurroundings): Promise<PurgeCounts> {
  const { meetings, occurrences, removals, ledger, listedPages, reviews, quarantine, calendars } = around.collections;
  const calendarId = calendar._id;
  const counts = { meetings: 0, ledgerEntries: 0, outboxRows: 0 };
  for (;;) {
    const batch = await meetings.find({ calendarId }).limit(AT_ONCE).toArray();
    if (batch.length === 0) break;
    counts.outboxRows += await purgeMeetings(batch, around);
    counts.meetings += batch.length;
  }
  counts.outboxRows += await purgeWordsOfRemoved(calendarId, around.collections);
  counts.ledgerEntries = (await ledger.deleteMany({ calendarId })).deletedCount;
  await Promise.all([
    occurrences.deleteMany({ calendarId }),
    removals.deleteMany({ calendarId }),
    listedPages.deleteMany({ calendarId }),
    reviews.deleteMany({ calendarId }),
    quarantine.deleteMany({ calendarId }),
  ]);
  await calendars.deleteOne({ _id: calendarId });
  return counts;
}

async function purgeMeetings(batch: readonly MeetingRecord[], around: PurgeSurroundings): Promise<number> {
  const { collections, connection, outbox, at } = around;
  const ids = batch.map(({ _id }) => _id);
  const rows = outbox.rows(
    batch
      .filter(({ kind }) => kind !== 'cancelled')
      .map((meeting) => meetingEvent('cancelled', emptied(meeting), { initial: false, at })),
  );
  return inTransaction(connection, async (session) => {
    const gone = await collections.outbox.deleteMany({ itemKey: { $in: ids } }, { session });
    if (rows.length > 0) await collections.outbox.insertMany(rows, { session });
    await collections.meetings.deleteMany({ _id: { $in: ids } }, { session });
    return gone.deletedCount;
  });
}

/** What was removed before has its words in the outbox as well; that it is cancelled has to be said first. */
async function purgeWordsOfRemoved(calendarId: string, { removals, outbox }: CalendarCollections): Promise<number> {
  let purged = 0;
  let ids: string[] = [];
  const purge = async (): Promise<void> => {
    const said = { $or: [{ publishedAt: { $ne: null } }, { subject: { $not: /\.cancelled\.v1$/ } }] };
    purged += (await outbox.deleteMany({ itemKey: { $in: ids }, ...said })).deletedCount;
    ids = [];
  };
  for await (const { _id } of removals.find({ calendarId }, { projection: { _id: 1 } })) {
    ids.push(_id);
    if (ids.length === AT_ONCE) await purge();
  }
  if (ids.length > 0) await purge();
  return purged;
}

function emptied(meeting: MeetingRecord): MeetingRecord {
  return { ...meeting, content: null, join: null, lines: [], iCalUid: null, sequence: meeting.sequence + 1 };
}

import type { mongo } from 'mongoose';
import type { CalendarCollections } from './collections';
import { inTurns } from './in-turns';
import type { SettledItem, SliceContent } from './slice-content';

/** The bulk writes of one slice, with its documents in the driver's hands already. Each may be sent once. */
export interface SliceBulks {
  /** The calendar's revision the documents carry. */
  readonly rev: number;
  items(session: mongo.ClientSession): Promise<void>;
  rows(session: mongo.ClientSession): Promise<void>;
  news(session: mongo.ClientSession): Promise<void>;
}

/**
 * The driver turns a document into bytes when it is added to a bulk write, so building one beforehand takes that work out
 * of the transaction: it is done while the database is busy with the slice before.
 */
export async function sliceBulks(
  collections: CalendarCollections,
  slice: SliceContent,
  rev: number,
): Promise<SliceBulks> {
  const meetings = collections.meetings.initializeUnorderedBulkOp();
  await inTurns(slice.items, (item) => addItem(meetings, item, rev));
  const occurrences = collections.occurrences.initializeUnorderedBulkOp();
  await inTurns(slice.plans, ({ rows }) => {
    for (const row of rows.put) {
      row.rev = rev;
      if (rows.fresh) occurrences.insert(row);
      else occurrences.find({ _id: row._id }).upsert().replaceOne(row);
    }
  });
  const ledger = collections.ledger.initializeUnorderedBulkOp();
  await inTurns(slice.ledger, (entry) => ledger.insert(entry));
  const outbox = collections.outbox.initializeUnorderedBulkOp();
  await inTurns(slice.outboxRows, (row) => outbox.insert(row));
  return {
    rev,
    items: (session) => send(meetings, session),
    rows: (session) => send(occurrences, session),
    news: async (session) => {
      await send(ledger, session);
      await send(outbox, session);
    },
  };
}

function addItem(meetings: mongo.UnorderedBulkOperation, { change, record }: SettledItem, rev: number): void {
  record.rev = rev;
  const { _id } = record;
  if (change.type === 'removed') meetings.find({ _id }).deleteOne();
  else if (change.before === null) meetings.insert(record);
  else meetings.find({ _id }).replaceOne(record);
}

async function send(bulk: mongo.UnorderedBulkOperation, session: mongo.ClientSession): Promise<void> {
  if (bulk.batches.length > 0) await bulk.execute({ session });
}

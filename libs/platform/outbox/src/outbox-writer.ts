import { newId } from '@daybook/platform/crypto';
import { currentContext } from '@daybook/platform/logging';
import type { OutboxRow } from './outbox-row';

export interface OutboxEntry {
  /** The subject it is published on: `evt.calendar.meeting.created.v1`, `audit.record.v1`. */
  readonly subject: string;
  /** What must stay in order: the item's id. It becomes the event's `subject`. */
  readonly itemKey: string;
  /** The item's own count of its changes, from 1, raised in the same transaction. */
  readonly sequence: number;
  readonly accountId: string;
  /** The contract's payload; plain JSON values. */
  readonly data: unknown;
  /** When it happened; now, when absent. */
  readonly time?: Date;
}

export interface OutboxWriterOptions {
  /** The CloudEvents source: `/daybook/calendar-svc`. */
  readonly source: string;
  /** The same in writer and relay; raising it needs an empty outbox. */
  readonly partitions?: number;
  readonly clock?: { now(): Date };
}

export const defaultPartitions = 8;

/** Builds the rows; the caller inserts them with its own session, beside the change they tell of. */
export class OutboxWriter {
  private readonly partitions: number;
  private readonly clock: { now(): Date };

  constructor(private readonly options: OutboxWriterOptions) {
    this.partitions = options.partitions ?? defaultPartitions;
    this.clock = options.clock ?? { now: () => new Date() };
  }

  /** One row an entry, in the given order: `collection('outbox').insertMany(rows, { session })`. */
  rows(entries: readonly OutboxEntry[]): OutboxRow[] {
    return entries.map((entry) => this.row(entry));
  }

  /** The row of one entry. */
  row(entry: OutboxEntry): OutboxRow {
    const now = this.clock.now();
    const correlationId = currentContext()?.correlationId;
    const _id = newId('evt', this.clock);
    return {
      _id,
      subject: entry.subject,
      itemKey: entry.itemKey,
      partition: partitionOf(entry.itemKey, this.partitions),
      sequence: entry.sequence,
      body: JSON.stringify(this.cloudEvent(_id, entry, { now, correlationId })),
      ...(correlationId === undefined ? {} : { correlationId }),
      publishedAt: null,
      createdAt: now,
    };
  }

  /** CloudEvents 1.0 in its JSON form, structured mode; extension names are lower case, as its section 3.1 asks. */
  private cloudEvent(
    id: string,
    entry: OutboxEntry,
    { now, correlationId }: { now: Date; correlationId?: string | undefined },
  ) {
    return {
      specversion: '1.0',
      id,
      source: this.options.source,
      type: entry.subject,
      time: (entry.time ?? now).toISOString(),
      subject: entry.itemKey,
      datacontenttype: 'application/json',
      accountid: entry.accountId,
      sequence: entry.sequence,
      ...(correlationId === undefined ? {} : { correlationid: correlationId }),
      data: entry.data,
    };
  }
}

/** All rows of one item are in one partition. FNV-1a: spreads ids as well as a digest does, at a twentieth of the cost. */
export function partitionOf(itemKey: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < itemKey.length; at += 1) hash = Math.imul(hash ^ itemKey.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % partitions;
}

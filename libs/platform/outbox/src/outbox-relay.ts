import type { Logger } from '@daybook/platform/logging';
import { nativeDb, type Collection, type LeaseStore } from '@daybook/platform/mongo';
import { publishEvent, type NatsClient } from '@daybook/platform/nats';
import type { Metrics } from '@daybook/platform/telemetry';
import type { Connection } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { outboxCollection, type OutboxRow } from './outbox-row';
import { defaultPartitions } from './outbox-writer';
import { PartitionLeases } from './partition-leases';
import { StreamWatch, type StreamStateRow } from './stream-watch';

export interface OutboxRelayOptions {
  readonly connection: Connection;
  readonly client: NatsClient;
  readonly leases: LeaseStore;
  /** This run of this process, unlike any other: `calendar-svc:<random>`. */
  readonly owner: string;
  readonly logger: Logger;
  /** As given to the writer. */
  readonly partitions?: number;
  /** How long a row of another process may wait; `wake` makes one's own immediate. */
  readonly pollMs?: number;
  readonly leaseTtlMs?: number;
  readonly metrics?: Metrics;
}

export interface OutboxPing {
  readonly pending: number;
  /** Age of the oldest unpublished row; 0 when there is none. */
  readonly oldestMs: number;
}

const batchSize = 1000;
const itemsAtOnce = 256;

/**
 * Carries rows from the database to the broker. It asks for "not published yet", never for "greater than the last": a
 * transaction that commits late would be skipped for ever. Rows of one item go one after the other, the next only after
 * the broker confirmed the one before; many items go at once. A row confirmed but not yet marked when the process dies
 * goes out again under its id, which the broker drops within two minutes and consumers must bear after that.
 */
export class OutboxRelay {
  private readonly rows: Collection<OutboxRow>;
  private readonly partitions: PartitionLeases;
  private readonly streams: StreamWatch;
  private readonly stopping = new AbortController();
  private woken = new AbortController();
  private running: Promise<void> | null = null;
  private later: NodeJS.Timeout | null = null;

  constructor(private readonly options: OutboxRelayOptions) {
    const { connection, client, leases, owner, logger, partitions = defaultPartitions, leaseTtlMs = 15_000 } = options;
    const db = nativeDb(connection);
    this.rows = db.collection<OutboxRow>(outboxCollection);
    this.partitions = new PartitionLeases(leases, { owner, partitions, ttlMs: leaseTtlMs });
    this.watchPending();
    this.streams = new StreamWatch({
      client,
      rows: this.rows,
      states: db.collection<StreamStateRow>('outbox_streams'),
      logger,
    });
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Rows were committed: look now, or after some milliseconds. Cheap, may be called after every commit. */
  wake(afterMs = 0): void {
    if (afterMs === 0) this.woken.abort();
    else this.later ??= setTimeout(() => this.wokenLater(), afterMs).unref();
  }

  private wokenLater(): void {
    this.later = null;
    this.woken.abort();
  }

  /** Finishes the round, gives the partitions back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
    await this.partitions.release();
  }

  /** How much waits. A growing age means that the broker is away or another process holds the partitions and stalls. */
  async ping(): Promise<OutboxPing> {
    const pending = await this.rows.countDocuments({ publishedAt: null }, { limit: 10_000 });
    const [oldest] = await this.rows.find({ publishedAt: null }).sort({ _id: 1 }).limit(1).toArray();
    return { pending, oldestMs: oldest ? Math.max(0, Date.now() - oldest.createdAt.getTime()) : 0 };
  }

  private watchPending(): void {
    this.options.metrics?.gauge({
      name: 'daybook_outbox_pending',
      help: 'Outbox rows that wait for the broker, counted up to 10000',
      collect: async () => (await this.ping()).pending,
    });
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted;) {
      try {
        const hurry = this.woken.signal.aborted;
        this.woken = new AbortController();
        const more = await this.round(hurry);
        failures = 0;
        if (!more) {
          await this.pause(this.options.pollMs ?? 1000);
        }
      } catch (error) {
        failures += 1;
        this.streams.forget();
        this.options.logger.warn('the outbox cannot be relayed now', { attempt: failures, error });
        await this.pause(Math.min(5000, 100 * 2 ** Math.min(failures, 10)));
      }
    }
  }

  /** One batch; true when there may be more. */
  private async round(hurry: boolean): Promise<boolean> {
    this.partitions.dropExpired();
    const held = await this.partitions.hold(hurry);
    if (held.size === 0 || !this.options.client.isConnected()) {
      return false;
    }
    await this.streams.check(held);
    const batch = await this.nextBatch([...held.keys()]);
    if (batch.length === 0) {
      return false;
    }
    const { published, fault } = await this.publish(batch);
    await this.markPublished(published);
    if (fault) {
      throw fault;
    }
    return batch.length >= batchSize;
  }

  /**
   * The oldest unpublished rows. Ids of two processes sort by two clocks, so the batch's edge could cut an item's later row
   * from its earlier one: for items that are not at their first change, all that waits is fetched.
   */
  private async nextBatch(partitions: number[]): Promise<OutboxRow[]> {
    const query = { publishedAt: null, partition: { $in: partitions } };
    const batch = await this.rows.find(query).sort({ _id: 1 }).limit(batchSize).toArray();
    if (batch.length < batchSize) {
      return batch;
    }
    const changed = [...new Set(batch.filter(({ sequence }) => sequence > 1).map(({ itemKey }) => itemKey))];
    const all =
      changed.length === 0 ? [] : await this.rows.find({ publishedAt: null, itemKey: { $in: changed } }).toArray();
    return [...new Map([...batch, ...all].map((row) => [row._id, row])).values()];
  }

  private async publish(batch: readonly OutboxRow[]): Promise<{ published: string[]; fault: unknown }> {
    const chains = chainsOf(batch).values();
    const published: string[] = [];
    const { epoch } = this.options.client;
    let fault: unknown = null;
    const work = async () => {
      for (const chain of chains) {
        for (const row of chain) {
          if (fault || this.options.client.epoch !== epoch) {
            return;
          }
          await publishEvent(this.options.client, { ...row, id: row._id });
          published.push(row._id);
        }
      }
    };
    const workers = Array.from({ length: itemsAtOnce }, () =>
      work().catch((error: unknown) => {
        fault ??= error;
      }),
    );
    await Promise.all(workers);
    return { published, fault };
  }

  private async markPublished(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) {
      return;
    }
    await this.rows.updateMany({ _id: { $in: [...ids] } }, { $currentDate: { publishedAt: true } });
    this.options.metrics
      ?.counter({ name: 'daybook_outbox_published_total', help: 'Outbox rows the broker has confirmed' })
      .inc(ids.length);
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.woken.signal }).catch(() => undefined);
  }
}

/** The batch by item, each item's rows in the order of its changes. */
function chainsOf(batch: readonly OutboxRow[]): OutboxRow[][] {
  const chains = new Map<string, OutboxRow[]>();
  for (const row of batch) {
    const chain = chains.get(row.itemKey);
    if (chain) {
      chain.push(row);
    } else {
      chains.set(row.itemKey, [row]);
    }
  }
  const inOrder = (left: OutboxRow, right: OutboxRow) =>
    left.sequence - right.sequence || (left._id < right._id ? -1 : 1);
  return [...chains.values()].map((chain) => chain.sort(inOrder));
}

import type { Logger } from '@daybook/platform/logging';
import type { Collection } from '@daybook/platform/mongo';
import { daybookStreams, ensureStreams, type NatsClient, type StreamFacts } from '@daybook/platform/nats';
import type { OutboxRow } from './outbox-row';

export interface StreamStateRow {
  /** `<stream>:<partition>` */
  readonly _id: string;
  readonly created: string;
  readonly brokerRun: string;
}

/**
 * A broker confirms what it has written, and syncs its disk in intervals (every 30 s as we configure it; with each message
 * costs twenty times the throughput). After a power cut the last messages may be missing although they were confirmed. So
 * when the broker was started anew, what was published within this time goes out again. It is shorter than the two minutes
 * in which the broker drops what it has already, so that nothing comes twice that was not lost.
 */
const unsyncedMs = 100_000;

const watched = [daybookStreams.events, daybookStreams.audit];

/**
 * Notices that the broker lost its volume. The database is the truth: when a stream was made at another time than the one
 * noted here, every row still kept for it is set back to "not published" and goes out again under its own id. Noted per
 * partition, so that the one process that holds it does this alone.
 */
export class StreamWatch {
  /** Partition and fence → the connection's epoch in which it was checked. */
  private readonly checked = new Map<string, number>();

  constructor(
    private readonly options: {
      readonly client: NatsClient;
      readonly rows: Collection<OutboxRow>;
      readonly states: Collection<StreamStateRow>;
      readonly logger: Logger;
    },
  ) {}

  /** After a failed publish: look again before the next one. */
  forget(): void {
    this.checked.clear();
  }

  /** Checks the partitions that were not checked since the last (re)connection or since they were taken. */
  async check(held: ReadonlyMap<number, number>): Promise<void> {
    const { epoch } = this.options.client;
    const due = [...held].filter(([partition, fence]) => this.checked.get(`${partition}:${fence}`) !== epoch);
    if (due.length === 0) {
      return;
    }
    const facts = await ensureStreams(this.options.client, watched);
    for (const stream of facts) {
      await this.compareAll(
        stream,
        due.map(([partition]) => partition),
      );
    }
    due.forEach(([partition, fence]) => this.checked.set(`${partition}:${fence}`, epoch));
  }

  private async compareAll(stream: StreamFacts, partitions: readonly number[]): Promise<void> {
    const again = { lost: 0, restarted: 0 };
    for (const partition of partitions) {
      const { found, count } = await this.compare(stream, partition);
      again[found] += count;
    }
    if (again.lost > 0) {
      this.options.logger.warn('the broker lost a stream, publishing again', {
        stream: stream.name,
        count: again.lost,
      });
    }
    if (again.restarted > 0) {
      const facts = { stream: stream.name, count: again.restarted };
      this.options.logger.info('the broker was started anew, publishing the last again', facts);
    }
  }

  /** What happened to the stream since this partition was last looked at, and how many rows go out again for it. */
  private async compare(
    stream: StreamFacts,
    partition: number,
  ): Promise<{ found: 'lost' | 'restarted'; count: number }> {
    const { rows, states, client } = this.options;
    const { brokerRun } = client;
    const _id = `${stream.name}:${partition}`;
    const known = await states.findOne({ _id });
    const found = known && known.created !== stream.created ? 'lost' : 'restarted';
    if (known && found === 'restarted' && known.brokerRun === brokerRun) {
      return { found, count: 0 };
    }
    const recent = { $expr: { $gte: ['$publishedAt', { $subtract: ['$$NOW', unsyncedMs] }] } };
    const kept = { partition, publishedAt: { $ne: null }, subject: { $regex: prefixOf(stream.name) } };
    const query = { ...kept, ...(found === 'lost' ? {} : recent) };
    const count = known ? (await rows.updateMany(query, { $set: { publishedAt: null } })).modifiedCount : 0;
    await states.updateOne({ _id }, { $set: { created: stream.created, brokerRun } }, { upsert: true });
    return { found, count };
  }
}

/** `evt.>` takes the subjects that begin with `evt.`. */
function prefixOf(stream: string): RegExp {
  const subjects: readonly string[] = watched.find(({ name }) => name === stream)?.subjects ?? [];
  const prefixes = subjects.map((subject) => subject.replace(/>$/, '').replaceAll('.', '\\.'));
  return new RegExp(`^(${prefixes.join('|')})`);
}

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
    for (const [partition, fence] of due) {
      for (const stream of facts) {
        await this.compare(stream, partition);
      }
      this.checked.set(`${partition}:${fence}`, epoch);
    }
  }

  private async compare(stream: StreamFacts, partition: number): Promise<void> {
    const { rows, states, logger } = this.options;
    const _id = `${stream.name}:${partition}`;
    const { brokerRun } = this.options.client;
    const known = await states.findOne({ _id });
    const lost = known !== null && known.created !== stream.created;
    if (known && !lost && known.brokerRun === brokerRun) {
      return;
    }
    if (known) {
      const recent = { $expr: { $gte: ['$publishedAt', { $subtract: ['$$NOW', unsyncedMs] }] } };
      const kept = { partition, publishedAt: { $ne: null }, subject: { $regex: prefixOf(stream.name) } };
      const again = await rows.updateMany({ ...kept, ...(lost ? {} : recent) }, { $set: { publishedAt: null } });
      const facts = { stream: stream.name, partition, count: again.modifiedCount };
      if (lost) {
        logger.warn('the broker lost a stream, publishing again', facts);
      } else {
        logger.info('the broker was started anew, publishing the last again', facts);
      }
    }
    await states.updateOne({ _id }, { $set: { created: stream.created, brokerRun } }, { upsert: true });
  }
}

/** `evt.>` takes the subjects that begin with `evt.`. */
function prefixOf(stream: string): RegExp {
  const subjects: readonly string[] = watched.find(({ name }) => name === stream)?.subjects ?? [];
  const prefixes = subjects.map((subject) => subject.replace(/>$/, '').replaceAll('.', '\\.'));
  return new RegExp(`^(${prefixes.join('|')})`);
}

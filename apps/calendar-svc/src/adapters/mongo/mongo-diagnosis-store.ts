import type { Connection } from 'mongoose';
import { isDuplicateKey, nativeDb, type Collection, type IndexPlan } from '@daybook/platform/mongo';
import type { TestEvent, TestEventNotes } from '@daybook/sync-engine';
import type { DiagnosisStart, DiagnosisStore, LeftTestEvent } from '../../ports/diagnosing';

interface RunRecord {
  /** The connection's. */
  _id: string;
  runId: string;
  until: Date;
  restUntil: Date;
}

interface TestEventRecord {
  /** The key it is written with. */
  _id: string;
  connectionId: string;
  calendarRemoteId: string;
  timeZone: string | null;
  at: Date;
}

const DAY_SECONDS = 86_400;

/** Both are kept for a day: long enough to remove what was left, and nothing outlives its connection by more. */
export const diagnosisIndexes: IndexPlan = {
  diagnoses: [{ key: { until: 1 }, expireAfterSeconds: DAY_SECONDS }],
  diagnosis_events: [{ key: { at: 1 }, expireAfterSeconds: DAY_SECONDS }],
};

export class MongoDiagnosisStore implements DiagnosisStore {
  private readonly runs: Collection<RunRecord>;
  private readonly events: Collection<TestEventRecord>;

  constructor(
    connection: Connection,
    private readonly clock: { now(): number },
  ) {
    const db = nativeDb(connection);
    this.runs = db.collection('diagnoses');
    this.events = db.collection('diagnosis_events');
  }

  async begin({ connectionId, runId, now, until, restUntil }: DiagnosisStart): Promise<Date | null> {
    const free = { _id: connectionId, until: { $lte: now }, restUntil: { $lte: now } };
    try {
      await this.runs.updateOne(free, { $set: { runId, until, restUntil } }, { upsert: true });
      return null;
    } catch (error) {
      // It is there and not free, so the upsert meets its own id.
      if (!isDuplicateKey(error)) throw error;
    }
    const other = await this.runs.findOne({ _id: connectionId });
    return other && other.until > other.restUntil ? other.until : (other?.restUntil ?? now);
  }

  async end(connectionId: string, runId: string): Promise<void> {
    await this.runs.updateOne({ _id: connectionId, runId }, { $set: { until: new Date(this.clock.now()) } });
  }

  notesOf(connectionId: string): TestEventNotes {
    return {
      note: async ({ key, calendarRemoteId, timeZone }: TestEvent) => {
        const at = new Date(this.clock.now());
        await this.events.insertOne({ _id: key, connectionId, calendarRemoteId, timeZone, at });
      },
      forget: async ({ key }: TestEvent) => {
        await this.events.deleteOne({ _id: key });
      },
    };
  }

  async leftSince(before: Date, limit: number): Promise<LeftTestEvent[]> {
    const rows = await this.events
      .find({ at: { $lte: before } })
      .limit(limit)
      .toArray();
    return rows.map(({ _id: key, connectionId, calendarRemoteId, timeZone }) => ({
      key,
      connectionId,
      calendarRemoteId,
      timeZone,
    }));
  }
}

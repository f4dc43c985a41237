import type { MeetingWriter } from '../ports/meeting-writer';
import type { MeetingRecord } from '../ports/records';
import type { Found } from './get-meeting';
import type { StoredUnit } from './plan-changes';

/** Between two looks at a meeting somebody changed it: what was worked out from the first is worked out anew. */
export class ChangedMeanwhile extends Error {}

/**
 * The whole unit of a meeting that was found. Throws ChangedMeanwhile where it is not as it was found: the transaction compares with
 * this look, so a change must not rest on an earlier one.
 */
export async function unitOf<Tx>({ item, series }: Found, writer: MeetingWriter<Tx>): Promise<StoredUnit> {
  const stored = await writer.unit(item.seriesId ?? item._id);
  for (const known of series === null ? [item] : [item, series]) {
    const now = stored.items.get(known._id);
    if (!now || !isSame(now, known)) throw new ChangedMeanwhile();
  }
  return stored;
}

function isSame(one: MeetingRecord, other: MeetingRecord): boolean {
  return (
    one.rev === other.rev && one.remoteVersion === other.remoteVersion && one.writing?.steps === other.writing?.steps
  );
}

const MOST_ROUNDS = 5;

/** Works out and commits until nobody else was faster; null where somebody always is. */
export async function untilCommitted<T>(attempt: () => Promise<T | null>): Promise<T | null> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    try {
      const done = await attempt();
      if (done !== null) return done;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
  return null;
}

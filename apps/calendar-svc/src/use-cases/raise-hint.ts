import type { CalendarStore } from '../ports/calendar-store';
import type { CalendarRecord } from '../ports/records';

export interface HintSurroundings {
  readonly store: Pick<CalendarStore, 'requestSync'>;
  /** Wakes a worker for the connection; losing it costs a second, not a change. */
  readonly wake: (connectionId: string) => void;
}

/** Something has changed in a calendar: that is durable when this resolves. */
export async function raiseHint(
  { _id, connectionId }: Pick<CalendarRecord, '_id' | 'connectionId'>,
  { store, wake }: HintSurroundings,
): Promise<void> {
  await store.requestSync(_id);
  wake(connectionId);
}

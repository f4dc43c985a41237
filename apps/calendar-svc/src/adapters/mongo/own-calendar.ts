import { zoneDataVersion } from '@daybook/domain';
import { deterministicId } from '@daybook/platform/crypto';
import type { CalendarRecord } from '../../ports/records';
import { coverageAt } from '../../use-cases/coverage';
import type { CalendarCollections } from './collections';

/** No provider is ever asked about it. */
const NEVER = new Date(8.64e15);

export function ownCalendarIdOf(userId: string): string {
  return deterministicId('own', userId);
}

/** The calendar of a person's meetings that are in no calendar: without a connection, and there as soon as it is needed. */
export async function ownCalendar(
  { calendars }: CalendarCollections,
  { userId, accountId }: { readonly userId: string; readonly accountId: string },
  now: Date,
): Promise<CalendarRecord> {
  const _id = ownCalendarIdOf(userId);
  const found = await calendars.findOneAndUpdate(
    { _id },
    { $setOnInsert: withoutId(newOwnCalendar(_id, { userId, accountId }, now)) },
    { upsert: true, returnDocument: 'after' },
  );
  if (!found) throw new Error('the calendar of a person could not be made');
  return found;
}

function newOwnCalendar(
  _id: string,
  { userId, accountId }: { readonly userId: string; readonly accountId: string },
  now: Date,
): CalendarRecord {
  return {
    ...{ _id, connectionId: _id, accountId, userId, service: null, remoteId: '', name: '', colour: null },
    ...{ timeZone: null, primary: false, writable: true, owned: true, selected: true, selectedByPerson: true },
    ...{ version: 1, rev: 0, fence: 0, intents: 0, requested: 0, served: 0, cursor: null, listing: null },
    ...{ generation: 0, glanced: true, nextSyncAt: NEVER, lastSuccessAt: now, failures: 0, problem: null },
    ...{ missingSince: null, retiredAt: null, review: null, unreadable: 0, asideDueAt: null, progress: 0 },
    longestMs: 0,
    coverage: { ...coverageAt(now.getTime()), zoneData: zoneDataVersion() },
    ...{ channel: null, channelDueAt: NEVER, oldChannels: [] },
  };
}

function withoutId({ _id, ...rest }: CalendarRecord): Omit<CalendarRecord, '_id'> {
  return rest;
}

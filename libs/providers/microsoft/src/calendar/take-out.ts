import { type ForeignRecord, wentThrough } from '@daybook/provider-port';
import { eventPath, type OccurrenceName } from './event-address';
import { type EventNote, noteProperty, NOTHING_OWED, owesNothing, type OwedParts } from './event-note';
import { placeOf } from './event-place';
import { idOf, originalDate } from './event-to-meeting';
import { type EventDoor, readEvent, readOccurrence } from './read-item';
import { readSeries } from './series-to-meetings';

/**
 * Does what the note of a series says is owed to it, and then takes that off the note. What has been done already, by whomever,
 * is left as it is, so that it may begin anew after any request of it; what Exchange refuses stays as the series has it, or no
 * write of it would ever end. The event as it is then. @throws ProviderError
 */
export async function payOff(door: EventDoor, event: ForeignRecord, note: EventNote): Promise<ForeignRecord> {
  if (owesNothing(note)) return event;
  const remoteId = idOf(event);
  const { gone, changed } = stillOwed(await readEvent(door, remoteId), note.owed);
  for (const date of gone) await takeOut(door, { seriesRemoteId: remoteId, date });
  await putBack(door, remoteId, changed);
  const body = { singleValueExtendedProperties: [noteProperty({ ...note, owed: NOTHING_OWED })] };
  await door.client.call(door.access, { method: 'PATCH', path: pathOf(door, event), body, aboutOneCalendar: true });
  return readEvent(door, remoteId);
}

type Changes = readonly (readonly [date: string, members: ForeignRecord])[];

function stillOwed(event: ForeignRecord, owed: OwedParts): { gone: readonly string[]; changed: Changes } {
  if (placeOf(event) !== 'master') return { gone: [], changed: [] };
  const { gone, exceptions, frame } = readSeries(event);
  const settled = new Set([...gone, ...exceptions.map((exception) => originalDate(exception, frame))]);
  return {
    gone: owed.gone.filter((date) => !gone.includes(date)),
    changed: Object.entries(owed.changed).filter(([date]) => !settled.has(date)),
  };
}

/** Removes an occurrence, if it is there. */
async function takeOut(door: EventDoor, name: OccurrenceName): Promise<void> {
  const found = await readOccurrence(door, name);
  if (!found?.event) return;
  const path = pathOf(door, found.event);
  await wentThrough(door.client.call(door.access, { method: 'DELETE', path, aboutOneCalendar: true }));
}

/**
 * Gives occurrences their own members. None may pass its neighbours, so one that cannot go where it was is tried again after
 * the others, as long as any of them moves.
 */
async function putBack(door: EventDoor, seriesRemoteId: string, changes: Changes): Promise<void> {
  const left: (readonly [string, ForeignRecord])[] = [];
  for (const change of changes) {
    const [date, body] = change;
    const found = await readOccurrence(door, { seriesRemoteId, date });
    if (!found?.event || found.isChanged) continue;
    const path = pathOf(door, found.event);
    const sent = door.client.call(door.access, { method: 'PATCH', path, body, aboutOneCalendar: true });
    if (!(await wentThrough(sent))) left.push(change);
  }
  if (left.length > 0 && left.length < changes.length) await putBack(door, seriesRemoteId, left);
}

const pathOf = ({ calendarRemoteId }: EventDoor, event: ForeignRecord): string =>
  eventPath(calendarRemoteId, idOf(event));

/**
 * Where an Exchange item becomes a meeting. What cannot be held exactly is unreadable, with the field that is wrong; the others
 * of its page go on.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/calendaritem.
 */
import { instantOf, isAllDayTime, type MeetingTime, toCivil, type ZoneId } from '@daybook/domain';
import { asText, type ForeignRecord, isRecord, type RemoteException } from '@daybook/provider-port';
import { daysByDistance, readDay, readInstant, repeatingTime, wallTime, zoneAsWritten, zoneIn } from './ews-time';
import { occurrenceId } from './item-address';
import { readContent, type Span } from './item-content';
import { type ItemNote, NO_NOTE, readNote } from './item-note';
import { type Change, OddItem, orUnreadable, unreadable } from './odd-item';

/** MS-OXWSCDATA 2.2.4.25 */
const LONGEST_ID = 512;
const LONGEST_UID = 1024;

export type ItemPlace = 'single' | 'master' | 'exception' | 'occurrence' | 'odd';

const PLACES: ReadonlyMap<string, ItemPlace> = new Map([
  ['Single', 'single'],
  ['RecurringMaster', 'master'],
  ['Exception', 'exception'],
  ['Occurrence', 'occurrence'],
]);

/** How an item belongs to a series, or not. */
export function placeOf(item: ForeignRecord): ItemPlace {
  return PLACES.get(asText(item['CalendarItemType'], 40)) ?? 'odd';
}

/** Empty where there is none, and for what cannot be one: ids are base64. */
export function idOf({ ItemId: named }: ForeignRecord): string {
  const id = isRecord(named) ? asText(named['Id'], LONGEST_ID + 1) : '';
  return id.length <= LONGEST_ID && /^[\w+/=-]*$/.test(id) ? id : '';
}

/** @throws OddItem */
export function versionOf({ ItemId: named }: ForeignRecord): string {
  const version = isRecord(named) ? asText(named['ChangeKey'], 256) : '';
  if (version === '') throw new OddItem('ChangeKey');
  return version;
}

export const isCancelled = (item: ForeignRecord): boolean => item['IsCancelled'] === 'true';
export const isAllDay = (item: ForeignRecord): boolean => item['IsAllDayEvent'] === 'true';

/** A meeting that happens once. One its organizer has called off is no longer there, whatever the copy says of it. */
export function singleToMeeting(item: ForeignRecord, url: string): Change {
  const remoteId = idOf(item);
  if (remoteId === '') return unreadable('', 'ItemId');
  if (isCancelled(item)) return { type: 'removed', remoteId };
  const note = readNote(item);
  return orUnreadable(remoteId, () => ({
    type: 'upserted',
    item: {
      kind: 'single',
      remoteId,
      version: versionOf(item),
      iCalUid: uidOf(item),
      marker: note.marker,
      content: readContent(item, spanOf(item, note), { note, url }),
    },
  }));
}

/** Of a series: what its occurrences are read with. */
export interface SeriesFrame {
  readonly seriesRemoteId: string;
  /** The zone its wall times repeat in; null of an all-day one. */
  readonly zone: ZoneId | null;
  /** Where the midnights of an all-day one lie. */
  readonly dayZone: ZoneId | null;
  readonly note: ItemNote;
  readonly url: string;
}

/** An occurrence as it is now, changed or not. @throws OddItem */
export function occurrenceToMeeting(item: ForeignRecord, frame: SeriesFrame): RemoteException {
  const { seriesRemoteId, note, url, zone } = frame;
  const instant = originalInstant(item);
  const date = dateIn(instant, frame);
  // An occurrence that nobody wrote by itself says what its series says, or nothing.
  const told = readNote(item);
  const own = told === NO_NOTE ? note : told;
  return {
    kind: 'exception',
    remoteId: occurrenceId({ seriesRemoteId, date }),
    version: versionOf(item),
    iCalUid: uidOf(item),
    seriesRemoteId,
    originalStart: zone === null ? { date } : { instant },
    marker: own.marker ?? note.marker,
    content: readContent(item, spanOf(item, own), { note: own, url }),
  };
}

/** @throws OddItem */
export function originalInstant(item: ForeignRecord): number {
  const told = readInstant(item['OriginalStart']);
  const instant = told ?? (placeOf(item) === 'occurrence' ? readInstant(item['Start']) : null);
  if (instant === null) throw new OddItem('OriginalStart');
  return instant;
}

/** The civil date of an original start, which names an occurrence within its series. */
export function dateIn(instant: number, { zone, dayZone }: Pick<SeriesFrame, 'zone' | 'dayZone'>): string {
  if (zone !== null) return toCivil(instant, zone).slice(0, 10);
  const day = readDay(instant, dayZone);
  return day !== null && isAllDayTime(day) ? day.date : toCivil(instant, dayZone ?? 'UTC').slice(0, 10);
}

/** From when to when. @throws OddItem */
export function spanOf(item: ForeignRecord, { zones }: ItemNote): Span {
  const [from, to] = edgesOf(item);
  const startZone = zoneAsWritten(zoneIn(item, 'StartTimeZone'), zones?.start);
  const endZone = zoneAsWritten(zoneIn(item, 'EndTimeZone'), zones?.end) ?? startZone;
  if (isAllDay(item)) {
    const days = [readDay(from, startZone), readDay(to, endZone)] as const;
    // The days of a series may lie on both sides of a change of clocks.
    const isGuessed = days.includes(null) && startZone === null && placeOf(item) !== 'master';
    const [start, end] = (isGuessed ? daysByDistance(from, to) : null) ?? days;
    return checked(start, end);
  }
  return checked(wallTime(from, startZone), wallTime(to, endZone));
}

/** The same of a series, whose wall time repeats in one zone. @throws OddItem */
export function seriesSpan(item: ForeignRecord, note: ItemNote, zone: ZoneId | null): Span {
  if (zone === null) return spanOf(item, note);
  const [from, to] = edgesOf(item);
  const endZone = zoneAsWritten(zoneIn(item, 'EndTimeZone'), note.zones?.end) ?? zone;
  return checked(repeatingTime(from, zone), repeatingTime(to, endZone));
}

function edgesOf(item: ForeignRecord): readonly [number, number] {
  const [from, to] = [readInstant(item['Start']), readInstant(item['End'])];
  if (from === null) throw new OddItem('Start');
  if (to === null) throw new OddItem('End');
  if (to < from) throw new OddItem('End before Start');
  return [from, to];
}

function checked(start: MeetingTime | null, end: MeetingTime | null): Span {
  if (start === null) throw new OddItem('Start');
  if (end === null || instantOf(end) < instantOf(start)) throw new OddItem('End');
  return { start, end };
}

/** First bytes of a global object id; the date of an occurrence stands behind them (MS-OXOCAL 2.2.1.27). */
const GLOBAL_ID = /^(040000008200E00074C5B7101A82E008)[0-9A-F]{8}/i;
/** Behind the fixed part (class, date, time, reserved, size): `vCal-Uid`, 1, and then the UID another system gave, ending in 0. */
const FOREIGN_ID = /^040000008200E00074C5B7101A82E008[0-9A-F]{48}7643616C2D55696401000000((?:[0-9A-F]{2})+)00$/i;

/** The same for a series and all its occurrences, as everybody else's copies have it. */
export function uidOf(item: ForeignRecord): string | null {
  const uid = asText(item['UID'], LONGEST_UID).trim();
  const foreign = FOREIGN_ID.exec(uid)?.[1];
  if (foreign !== undefined) return Buffer.from(foreign, 'hex').toString('utf8');
  return uid.replace(GLOBAL_ID, '$100000000') || null;
}

/**
 * Where a Graph event becomes a meeting. What cannot be held exactly is unreadable, with the field that is wrong; the others
 * of its page go on.
 * Source: learn.microsoft.com/graph/api/resources/event.
 */
import {
  isAllDayTime,
  instantOf,
  type MeetingTime,
  type OriginalStart,
  parseInstant,
  toCivil,
  type ZoneId,
} from '@daybook/domain';
import {
  asText,
  type ForeignRecord,
  isRecord,
  type RemoteChange,
  type RemoteException,
  type RemoteMeeting,
} from '@daybook/provider-port';
import { occurrenceId } from './event-address';
import { readContent, type Span } from './event-content';
import { type EventNote, NO_NOTE, readNote } from './event-note';
import { readDay, readInstant, repeatingTime, wallTime, zoneAsWritten, zoneOf } from './graph-time';

export type Change = RemoteChange<RemoteMeeting>;

const LONGEST_ID = 1024;
const LONGEST_UID = 1024;

/** Why an event cannot be held; becomes `unreadable`. */
export class OddEvent extends Error {}

export function idOf(event: ForeignRecord): string {
  const { id } = event;
  return typeof id === 'string' && id.length <= LONGEST_ID ? id : '';
}

export function unreadable(remoteId: string, reason: string): Change {
  return { type: 'unreadable', remoteId, reason };
}

/** Reads with a reading that may find an event odd. */
export function orUnreadable(remoteId: string, read: () => Change): Change {
  try {
    return read();
  } catch (error) {
    if (error instanceof OddEvent) return unreadable(remoteId, error.message);
    throw error;
  }
}

/** A meeting that happens once. One its organizer has called off is no longer there, whatever the copy says of it. */
export function singleToMeeting(event: ForeignRecord, note: EventNote = readNote(event)): Change {
  const remoteId = idOf(event);
  if (remoteId === '') return unreadable('', 'id');
  if (event['isCancelled'] === true) return { type: 'removed', remoteId };
  return orUnreadable(remoteId, () => ({
    type: 'upserted',
    item: {
      kind: 'single',
      remoteId,
      version: versionOf(event),
      iCalUid: uidOf(event),
      marker: note.marker,
      content: readContent(event, spanOf(event, note), note),
    },
  }));
}

/** Of a series: what its changed occurrences are read with. */
export interface SeriesFrame {
  readonly seriesRemoteId: string;
  /** The zone its wall times repeat in; null of an all-day one. */
  readonly zone: ZoneId | null;
  readonly note: EventNote;
}

/** An occurrence as it is now, changed or not. @throws OddEvent */
export function occurrenceToMeeting(event: ForeignRecord, frame: SeriesFrame): RemoteException {
  const { seriesRemoteId, note } = frame;
  const date = originalDate(event, frame);
  const originalStart = originalStartOf(event, frame);
  const plain: EventNote = { ...note, excluded: [] };
  return {
    kind: 'exception',
    remoteId: occurrenceId({ seriesRemoteId, date }),
    version: versionOf(event),
    iCalUid: uidOf(event),
    seriesRemoteId,
    originalStart,
    marker: note.marker,
    content: readContent(event, spanOf(event, plain), plain),
  };
}

/** A changed occurrence whose series is not in this mailbox: somebody was invited to it alone. It keeps the id of its event. */
export function loneOccurrence(event: ForeignRecord): Change {
  const remoteId = idOf(event);
  const seriesRemoteId = asText(event['seriesMasterId'], LONGEST_ID);
  return orUnreadable(remoteId, () => {
    const zone = event['isAllDay'] === true ? null : zoneOf(event['originalStartTimeZone']);
    const item = occurrenceToMeeting(event, { seriesRemoteId, zone, note: NO_NOTE });
    return { type: 'upserted', item: { ...item, remoteId } };
  });
}

/** How a changed occurrence is called beside its series, as far as it shows by itself; else the id of its event. */
export function occurrenceIdOf(event: ForeignRecord): string {
  const seriesRemoteId = asText(event['seriesMasterId'], LONGEST_ID);
  const zone = event['isAllDay'] === true ? null : zoneOf(event['originalStartTimeZone']);
  try {
    return occurrenceId({ seriesRemoteId, date: originalDate(event, { seriesRemoteId, zone, note: NO_NOTE }) });
  } catch (error) {
    if (error instanceof OddEvent) return idOf(event);
    throw error;
  }
}

/** The civil date of the original start, which names an occurrence within its series. @throws OddEvent */
export function originalDate(event: ForeignRecord, { zone }: SeriesFrame): string {
  const instant = originalInstant(event);
  return toCivil(instant, zone ?? allDayZone(event, instant)).slice(0, 10);
}

function originalStartOf(event: ForeignRecord, frame: SeriesFrame): OriginalStart {
  return frame.zone === null ? { date: originalDate(event, frame) } : { instant: originalInstant(event) };
}

/** `originalStart` is always an instant; an occurrence nobody moved begins where it was meant to. */
function originalInstant(event: ForeignRecord): number {
  const told = event['originalStart'];
  const instant =
    typeof told === 'string' ? parseInstant(told) : event['type'] === 'occurrence' ? readInstant(event['start']) : null;
  if (instant === null) throw new OddEvent('originalStart');
  return instant;
}

/** That of an all-day occurrence is the midnight of the author's zone, or of UTC. */
function allDayZone(event: ForeignRecord, instant: number): ZoneId {
  const authors = zoneOf(event['originalStartTimeZone']);
  if (instant % 86_400_000 === 0 || authors === null) return 'UTC';
  return authors;
}

/** From when to when. @throws OddEvent */
export function spanOf(event: ForeignRecord, { zones }: EventNote): Span {
  const startZone = zoneAsWritten(zoneOf(event['originalStartTimeZone']), zones?.start);
  const endZone = zoneAsWritten(zoneOf(event['originalEndTimeZone']), zones?.end) ?? startZone;
  if (event['isAllDay'] === true) return checked(readDay(event['start'], startZone), readDay(event['end'], startZone));
  const [from, to] = [readInstant(event['start']), readInstant(event['end'])];
  return checked(from === null ? null : wallTime(from, startZone), to === null ? null : wallTime(to, endZone));
}

/** The same of a series, whose wall time repeats in one zone. @throws OddEvent */
export function seriesSpan(event: ForeignRecord, note: EventNote, zone: ZoneId | null): Span {
  if (zone === null) return spanOf(event, note);
  const endZone = zoneAsWritten(zoneOf(event['originalEndTimeZone']), note.zones?.end) ?? zone;
  const [from, to] = [readInstant(event['start']), readInstant(event['end'])];
  return checked(from === null ? null : repeatingTime(from, zone), to === null ? null : repeatingTime(to, endZone));
}

function checked(start: MeetingTime | null, end: MeetingTime | null): Span {
  if (start === null) throw new OddEvent('start');
  if (end === null || isAllDayTime(start) !== isAllDayTime(end)) throw new OddEvent('end');
  if (instantOf(end) < instantOf(start)) throw new OddEvent('end before start');
  return { start, end };
}

/** @throws OddEvent */
export function versionOf(event: ForeignRecord): string {
  const version = asText(event['changeKey'], 256);
  if (version === '') throw new OddEvent('changeKey');
  return version;
}

/** First bytes of a global object id; the date of an occurrence stands behind them (MS-OXOCAL 2.2.1.27). */
const GLOBAL_ID = /^(040000008200E00074C5B7101A82E008)[0-9A-F]{8}/i;
/** Behind the fixed part (class, date, time, reserved, size): `vCal-Uid`, 1, and then the UID another system gave, ending in 0. */
const FOREIGN_ID = /^040000008200E00074C5B7101A82E008[0-9A-F]{48}7643616C2D55696401000000((?:[0-9A-F]{2})+)00$/i;

/** The same for a series and all its occurrences, as everybody else's copies have it. */
export function uidOf(event: ForeignRecord): string | null {
  const uid = asText(event['iCalUId'], LONGEST_UID);
  const foreign = FOREIGN_ID.exec(uid)?.[1];
  if (foreign !== undefined) return Buffer.from(foreign, 'hex').toString('utf8');
  return uid.replace(GLOBAL_ID, '$100000000') || null;
}

/** Anything of a list that is an event. */
export function isEvent(value: unknown): value is ForeignRecord {
  return isRecord(value) && idOf(value) !== '';
}

/**
 * A series as one read of its master tells it: the series, its changed occurrences and those that were taken out. Graph never
 * says which occurrence somebody deleted, only that the series changed, so it is always read whole.
 * Source: learn.microsoft.com/graph/api/event-get (exceptionOccurrences, cancelledOccurrences).
 */
import {
  isCivilDate,
  type MeetingTime,
  originalStartKey,
  type OriginalStart,
  toInstant,
  type ZoneId,
} from '@daybook/domain';
import {
  asText,
  type ForeignRecord,
  isRecord,
  listOf,
  type RemoteCancelledOccurrence,
  type RemoteException,
  type RemoteSeries,
} from '@daybook/provider-port';
import { occurrenceId } from './event-address';
import { readContent } from './event-content';
import { type EventNote, readNote } from './event-note';
import {
  type Change,
  idOf,
  occurrenceToMeeting,
  OddEvent,
  originalDate,
  orUnreadable,
  seriesSpan,
  type SeriesFrame,
  uidOf,
  unreadable,
  versionOf,
} from './event-to-meeting';
import { zoneAsWritten, zoneOf } from './graph-time';
import { recurrenceToLines } from './recurrence-to-lines';

export interface WholeSeries {
  readonly frame: SeriesFrame;
  readonly start: MeetingTime;
  readonly series: RemoteSeries;
  /** Civil dates of occurrences that are not there. */
  readonly gone: readonly string[];
  /** Those of them that the lines do not take out. */
  readonly cancelled: readonly string[];
  readonly exceptions: readonly ForeignRecord[];
}

/** @throws OddEvent */
export function readSeries(master: ForeignRecord): WholeSeries {
  const note = readNote(master);
  const zone = zoneOfSeries(master, note);
  const span = seriesSpan(master, note, zone);
  const lines = recurrenceToLines(master['recurrence'], span.start);
  if ('odd' in lines) throw new OddEvent(lines.odd);
  const gone = cancelledDates(master);
  // Our own exclusions count as far as they are still in effect.
  const excluded = note.excluded.filter((date) => gone.includes(date));
  const seriesRemoteId = idOf(master);
  return {
    frame: { seriesRemoteId, zone, note },
    start: span.start,
    series: {
      kind: 'series',
      remoteId: seriesRemoteId,
      version: versionOf(master),
      iCalUid: uidOf(master),
      marker: note.marker,
      content: readContent(master, span, note),
      lines: excluded.length === 0 ? lines : [...lines, excludingLine(excluded, span.start)],
    },
    gone,
    cancelled: gone.filter((date) => !excluded.includes(date)),
    exceptions: listOf(master['exceptionOccurrences']).filter(isRecord),
  };
}

/** All that a master tells: the series first. A master that was called off is gone with all of it. */
export function seriesToMeetings(master: ForeignRecord): readonly Change[] {
  const remoteId = idOf(master);
  if (remoteId === '') return [unreadable('', 'id')];
  if (master['isCancelled'] === true) return [{ type: 'removed', remoteId }];
  try {
    const whole = readSeries(master);
    return [{ type: 'upserted', item: whole.series }, ...membersOf(whole)];
  } catch (error) {
    if (error instanceof OddEvent) return [unreadable(remoteId, error.message)];
    throw error;
  }
}

function membersOf({ frame, start, cancelled, exceptions }: WholeSeries): readonly Change[] {
  return [
    ...exceptions.map((event) => exceptionToMeeting(event, frame, start)),
    ...cancelled.map((date): Change => ({ type: 'upserted', item: cancelledOn(date, frame, start) })),
  ];
}

export function exceptionToMeeting(event: ForeignRecord, frame: SeriesFrame, start: MeetingTime): Change {
  return orUnreadable(idOf(event), () => ({ type: 'upserted', item: readException(event, frame, start) }));
}

/** An exception that its organizer called off stands for a taken-out occurrence. @throws OddEvent */
export function readException(
  event: ForeignRecord,
  frame: SeriesFrame,
  start: MeetingTime,
): RemoteException | RemoteCancelledOccurrence {
  if (event['isCancelled'] === true) return cancelledOn(originalDate(event, frame), frame, start);
  return occurrenceToMeeting(event, frame);
}

export function cancelledOn(
  date: string,
  { seriesRemoteId }: SeriesFrame,
  start: MeetingTime,
): RemoteCancelledOccurrence {
  return {
    kind: 'cancelled',
    remoteId: occurrenceId({ seriesRemoteId, date }),
    version: 'cancelled',
    seriesRemoteId,
    originalStart: originalStartOn(date, start),
  };
}

/** Where the occurrence of a date begins by the series. */
export function originalStartOn(date: string, start: MeetingTime): OriginalStart {
  return 'date' in start ? { date } : { instant: toInstant(`${date}${start.dateTime.slice(10)}`, start.timeZone) };
}

/** A series repeats by the wall time of one zone, or by dates. @throws OddEvent */
function zoneOfSeries(master: ForeignRecord, { zones }: EventNote): ZoneId | null {
  if (master['isAllDay'] === true) return null;
  const { recurrence } = master;
  const range = isRecord(recurrence) && isRecord(recurrence['range']) ? recurrence['range'] : {};
  const zone = zoneOf(range['recurrenceTimeZone']) ?? zoneOf(master['originalStartTimeZone']);
  const written = zoneAsWritten(zone, zones?.start);
  if (written === null) throw new OddEvent('time zone of the series');
  return written;
}

function cancelledDates(master: ForeignRecord): readonly string[] {
  return listOf(master['cancelledOccurrences'])
    .map((name) => asText(name, 1100).slice(-10))
    .filter(isCivilDate);
}

function excludingLine(dates: readonly string[], start: MeetingTime): string {
  const keys = dates.map((date) => originalStartKey(originalStartOn(date, start)));
  return `EXDATE${'date' in start ? ';VALUE=DATE' : ''}:${keys.join(',')}`;
}

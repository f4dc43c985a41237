/**
 * A series as its master and its changed occurrences tell it: the series, those, and what was taken out. Exchange never says
 * which occurrence somebody changed or deleted, only that the series changed, so it is always read whole.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-access-a-recurring-series-by-using-ews-in-exchange.
 */
import { type MeetingTime, originalStartKey, type OriginalStart, toInstant, type ZoneId } from '@daybook/domain';
import {
  type ForeignRecord,
  isRecord,
  listOf,
  type RemoteCancelledOccurrence,
  type RemoteException,
  type RemoteSeries,
} from '@daybook/provider-port';
import { readInstant, zoneAsWritten, zoneIn } from './ews-time';
import { occurrenceId } from './item-address';
import { readContent } from './item-content';
import { type ItemNote, readNote } from './item-note';
import {
  dateIn,
  idOf,
  isAllDay,
  isCancelled,
  occurrenceToMeeting,
  originalInstant,
  seriesSpan,
  type SeriesFrame,
  uidOf,
  versionOf,
} from './item-to-meeting';
import { type Change, OddItem, orUnreadable } from './odd-item';
import { recurrenceToLines } from './recurrence-to-lines';

export interface WholeSeries {
  readonly frame: SeriesFrame;
  readonly start: MeetingTime;
  readonly series: RemoteSeries;
  /** The rule alone. */
  readonly lines: readonly string[];
  /** Civil dates of occurrences that are not there. */
  readonly gone: readonly string[];
  /** Those of them that the lines do not take out. */
  readonly cancelled: readonly string[];
  /** Changed occurrences: their dates, and the ids Exchange has for them. */
  readonly changed: ReadonlyMap<string, string>;
}

/** @throws OddItem */
export function readSeries(master: ForeignRecord, url: string): WholeSeries {
  const note = readNote(master);
  const dayZone = zoneIn(master, 'StartTimeZone');
  const zone = isAllDay(master) ? null : zoneOfSeries(dayZone, note);
  const span = seriesSpan(master, note, zone);
  const lines = recurrenceToLines(master['Recurrence'], span.start);
  if ('odd' in lines) throw new OddItem(lines.odd);
  const frame: SeriesFrame = { seriesRemoteId: idOf(master), zone, dayZone, note, url };
  const gone = deletedDates(master, frame);
  // Our own exclusions count as far as they are still in effect.
  const excluded = note.excluded.filter((date) => gone.includes(date));
  return {
    frame,
    start: span.start,
    series: {
      kind: 'series',
      remoteId: frame.seriesRemoteId,
      version: versionOf(master),
      iCalUid: uidOf(master),
      marker: note.marker,
      content: readContent(master, span, { note, url }),
      lines: excluded.length === 0 ? lines : [...lines, excludingLine(excluded, span.start)],
    },
    lines,
    gone,
    cancelled: gone.filter((date) => !excluded.includes(date)),
    changed: changedIn(master, frame),
  };
}

/** What was taken out of a series besides what its lines say. */
export function cancelledIn({ cancelled, frame, start }: WholeSeries): readonly Change[] {
  return cancelled.map((date): Change => ({ type: 'upserted', item: cancelledOn(date, frame, start) }));
}

export function exceptionToMeeting(item: ForeignRecord, whole: WholeSeries): Change {
  return orUnreadable(idOf(item), () => ({ type: 'upserted', item: readException(item, whole) }));
}

/** An exception that its organizer called off stands for a taken-out occurrence. @throws OddItem */
export function readException(
  item: ForeignRecord,
  { frame, start }: WholeSeries,
): RemoteException | RemoteCancelledOccurrence {
  if (isCancelled(item)) return cancelledOn(dateIn(originalInstant(item), frame), frame, start);
  return occurrenceToMeeting(item, frame);
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

/** A series repeats by the wall time of one zone. @throws OddItem */
function zoneOfSeries(zone: ZoneId | null, { zones }: ItemNote): ZoneId {
  const written = zoneAsWritten(zone, zones?.start);
  if (written === null) throw new OddItem('StartTimeZone');
  return written;
}

function deletedDates(master: ForeignRecord, frame: SeriesFrame): readonly string[] {
  return listOf(master['DeletedOccurrences'])
    .filter(isRecord)
    .flatMap(({ Start: start }) => {
      const instant = readInstant(start);
      return instant === null ? [] : [dateIn(instant, frame)];
    });
}

function changedIn(master: ForeignRecord, frame: SeriesFrame): ReadonlyMap<string, string> {
  const told = listOf(master['ModifiedOccurrences']).filter(isRecord);
  return new Map(
    told.flatMap((entry) => {
      const instant = readInstant(entry['OriginalStart']);
      return instant === null || idOf(entry) === '' ? [] : [[dateIn(instant, frame), idOf(entry)] as const];
    }),
  );
}

function excludingLine(dates: readonly string[], start: MeetingTime): string {
  const keys = dates.map((date) => originalStartKey(originalStartOn(date, start)));
  return `EXDATE${'date' in start ? ';VALUE=DATE' : ''}:${keys.join(',')}`;
}

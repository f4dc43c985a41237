import { expand, readSeries, type SeriesException } from '@daybook/domain';
import type { MeetingCandidate } from './remote-to-meeting';
import { occurrenceIdOf } from './remote-to-meeting';
import type { OccurrenceRecord } from '../ports/records';

/** A row whose `rev` is still 0: the transaction that writes it sets it. */
export type OccurrenceDraft = OccurrenceRecord;

export interface Coverage {
  readonly from: Date;
  readonly to: Date;
}

/** A calendar's own zone decides where all-day midnights lie. */
export interface DerivationOptions {
  readonly coverage: Coverage;
  readonly zone: string;
}

/** The row of an item that stands alone: a single, or an exception whose series we do not have. */
export function rowOf(meeting: MeetingCandidate, coverage: Coverage): OccurrenceDraft[] {
  const { content } = meeting;
  if (content === null || meeting.kind === 'cancelled') return [];
  if (!overlaps(meeting.startsAt, meeting.endsAt, coverage)) return [];
  return [
    {
      _id: meeting._id,
      itemId: meeting._id,
      seriesId: meeting.seriesId,
      calendarId: meeting.calendarId,
      userId: meeting.userId,
      identity: identityOf(meeting.iCalUid ?? meeting._id, meeting.kind === 'exception' ? keyOf(meeting._id) : ''),
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      start: content.start,
      end: content.end,
      originalStart: meeting.originalStart,
      ...ownMark(meeting),
      rev: 0,
    },
  ];
}

/**
 * The rows of a series with its exceptions applied, in the series' own zone: all of them. How many that may be was weighed
 * when the series came in (`remoteToMeeting`), because a row left out here would be missed by nobody but the person.
 */
export function rowsOfSeries(
  series: MeetingCandidate,
  exceptions: readonly MeetingCandidate[],
  options: DerivationOptions,
): OccurrenceDraft[] {
  const { content } = series;
  if (content === null) return [];
  const reading = readSeries({
    start: content.start,
    end: content.end,
    lines: series.lines,
    exceptions: exceptions.flatMap(toException),
    floatingZone: options.zone,
  });
  if (!reading.ok) return [];
  const window = { from: options.coverage.from.getTime(), to: options.coverage.to.getTime() };
  return expand(reading.series, window, Infinity).occurrences.map((occurrence) => {
    const change = occurrence.exception?.change;
    return {
      _id: occurrenceIdOf(series._id, occurrence.key),
      itemId: change?.type === 'moved' && change.ref ? change.ref : series._id,
      seriesId: series._id,
      calendarId: series.calendarId,
      userId: series.userId,
      identity: identityOf(series.iCalUid ?? series._id, occurrence.key),
      startsAt: new Date(occurrence.startsAt),
      endsAt: new Date(occurrence.endsAt),
      start: occurrence.start,
      end: occurrence.end,
      originalStart: occurrence.originalStart,
      ...ownMark(series),
      rev: 0,
    };
  });
}

function ownMark({ origin }: MeetingCandidate): Pick<OccurrenceRecord, 'own'> {
  return origin === 'client' ? { own: true } : {};
}

function toException(meeting: MeetingCandidate): SeriesException[] {
  const { originalStart, content } = meeting;
  if (originalStart === null) return [];
  if (meeting.kind === 'cancelled' || content === null) return [{ originalStart, change: { type: 'cancelled' } }];
  return [{ originalStart, change: { type: 'moved', start: content.start, end: content.end, ref: meeting._id } }];
}

export function identityOf(uid: string, originalKey: string): string {
  return `${uid}|${originalKey}`;
}

function keyOf(occurrenceId: string): string {
  return occurrenceId.slice(occurrenceId.indexOf('.') + 1);
}

function overlaps(startsAt: Date, endsAt: Date, coverage: Coverage): boolean {
  return (
    startsAt < coverage.to &&
    (endsAt > coverage.from || (startsAt.getTime() === endsAt.getTime() && startsAt >= coverage.from))
  );
}

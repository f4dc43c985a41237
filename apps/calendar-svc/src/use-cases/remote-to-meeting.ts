import {
  instantOf,
  lastEnd,
  mostOccurrences,
  originalStartKey,
  readSeries,
  type JoinFinding,
  type JoinInput,
} from '@daybook/domain';
import type { MeetingContent, RemoteMeeting } from '@daybook/provider-port';
import { deterministicId } from '@daybook/platform/crypto';
import type { CalendarRecord, MeetingRecord } from '../ports/records';
import { COVERAGE_DAYS } from './coverage';

/** An hourly meeting through the whole stored stretch, and a little more. */
const MOST_ROWS = 12_000;

/**
 * What the item is apart from its place in our own history: `sequence` and `rev` are still 0 and are set by the transaction
 * that writes it. A whole record from the start, because a first sync makes tens of thousands and every copy would show.
 */
export type MeetingCandidate = MeetingRecord;

export type CandidateReading =
  | { readonly type: 'meeting'; readonly meeting: MeetingCandidate }
  | { readonly type: 'unreadable'; readonly remoteId: string; readonly reason: string };

export interface CandidateSurroundings {
  readonly calendar: Pick<CalendarRecord, '_id' | 'connectionId' | 'accountId' | 'userId' | 'timeZone'>;
  readonly detectJoin: (input: JoinInput) => JoinFinding;
  /** Of items that are meetings scheduled here: their own id, which outlives every calendar. */
  readonly ownIdOf?: (remoteId: string) => string | undefined;
  /** Of items whose id does not follow from their remote id. */
  readonly knownIdOf?: (remoteId: string) => string | undefined;
}

export function meetingIdOf(calendarId: string, remoteId: string): string {
  return deterministicId('mtg', calendarId, remoteId);
}

export function occurrenceIdOf(seriesId: string, key: string): string {
  return `${seriesId}.${key}`;
}

/** Where a provider's event becomes a meeting of ours. What our shapes cannot hold is unreadable, with the reason. */
export function remoteToMeeting(remote: RemoteMeeting, around: CandidateSurroundings): CandidateReading {
  const { calendar, detectJoin } = around;
  const zone = calendar.timeZone ?? 'UTC';
  const span = spanOf(remote, zone);
  if (!span) return { type: 'unreadable', remoteId: remote.remoteId, reason: 'end_before_start' };
  const idOf = (remoteId: string): string =>
    around.ownIdOf?.(remoteId) ?? around.knownIdOf?.(remoteId) ?? meetingIdOf(calendar._id, remoteId);
  const place = placeOf(remote, idOf, zone);
  if (typeof place === 'string') return { type: 'unreadable', remoteId: remote.remoteId, reason: place };
  const content = remote.kind === 'cancelled' ? null : remote.content;
  return {
    type: 'meeting',
    meeting: {
      _id: place._id,
      calendarId: calendar._id,
      connectionId: calendar.connectionId,
      accountId: calendar.accountId,
      userId: calendar.userId,
      remoteId: remote.remoteId,
      remoteVersion: remote.version,
      iCalUid: remote.kind === 'cancelled' ? null : remote.iCalUid,
      kind: remote.kind,
      seriesId: place.seriesId,
      originalStart: remote.kind === 'exception' || remote.kind === 'cancelled' ? remote.originalStart : null,
      lines: remote.kind === 'series' ? [...remote.lines] : [],
      content,
      startsAt: span.startsAt,
      endsAt: span.endsAt,
      lastEndsAt: place.lastEndsAt,
      join: content === null ? null : detectJoin(content),
      origin: isOwn(remote, around) ? 'client' : 'provider',
      sequence: 0,
      rev: 0,
    },
  };
}

function isOwn(remote: RemoteMeeting, { ownIdOf }: CandidateSurroundings): boolean {
  const name = 'seriesRemoteId' in remote ? remote.seriesRemoteId : remote.remoteId;
  return ownIdOf?.(name) !== undefined;
}

interface Place {
  readonly _id: string;
  readonly seriesId: string | null;
  readonly lastEndsAt: Date | null;
}

/** Where the item stands: alone, at the head of a series, or in place of an occurrence; or why it cannot stand there. */
function placeOf(remote: RemoteMeeting, idOf: (remoteId: string) => string, zone: string): Place | string {
  switch (remote.kind) {
    case 'single':
      return { _id: idOf(remote.remoteId), seriesId: null, lastEndsAt: null };
    case 'exception':
    case 'cancelled': {
      const seriesId = idOf(remote.seriesRemoteId);
      return { _id: occurrenceIdOf(seriesId, originalStartKey(remote.originalStart)), seriesId, lastEndsAt: null };
    }
    case 'series': {
      const { content, lines } = remote;
      const reading = readSeries({
        start: content.start,
        end: content.end,
        lines,
        exceptions: [],
        floatingZone: zone,
      });
      if (!reading.ok) return `recurrence_${reading.refusal.code}`;
      if (mostOccurrences(reading.series, COVERAGE_DAYS) > MOST_ROWS) return 'recurrence_too_dense';
      const end = lastEnd(reading.series);
      const lastEndsAt = end === null ? null : new Date(end);
      return { _id: idOf(remote.remoteId), seriesId: null, lastEndsAt };
    }
  }
}

/** From when to when; a cancelled occurrence is a moment. Null where the end lies before the start. */
function spanOf(remote: RemoteMeeting, zone: string): { startsAt: Date; endsAt: Date } | null {
  if (remote.kind === 'cancelled') {
    const { originalStart } = remote;
    const at = new Date(
      'date' in originalStart ? instantOf({ date: originalStart.date }, zone) : originalStart.instant,
    );
    return { startsAt: at, endsAt: at };
  }
  return contentSpan(remote.content, zone);
}

function contentSpan({ start, end }: MeetingContent, zone: string): { startsAt: Date; endsAt: Date } | null {
  const from = instantOf(start, zone);
  const to = instantOf(end, zone);
  return to < from ? null : { startsAt: new Date(from), endsAt: new Date(to) };
}

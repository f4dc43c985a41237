import {
  instantOf,
  originalStartKey,
  lastEnd,
  readSeries,
  type JoinFinding,
  type JoinInput,
  type MeetingTime,
} from '@daybook/domain';
import type { MeetingContent, RemoteMeeting } from '@daybook/provider-port';
import { deterministicId } from '@daybook/platform/crypto';
import type { CalendarRecord, MeetingRecord } from '../ports/records';

/** What the item is apart from its place in our own history. */
export type MeetingCandidate = Omit<MeetingRecord, 'sequence' | 'rev'>;

export type CandidateReading =
  | { readonly type: 'meeting'; readonly meeting: MeetingCandidate }
  | { readonly type: 'unreadable'; readonly remoteId: string; readonly reason: string };

export interface CandidateSurroundings {
  readonly calendar: Pick<CalendarRecord, '_id' | 'connectionId' | 'accountId' | 'userId' | 'timeZone'>;
  readonly detectJoin: (input: JoinInput) => JoinFinding;
}

export function meetingIdOf(calendarId: string, remoteId: string): string {
  return deterministicId('mtg', calendarId, remoteId);
}

export function occurrenceIdOf(seriesId: string, key: string): string {
  return `${seriesId}.${key}`;
}

/** Where a provider's event becomes a meeting of ours. What our shapes cannot hold is unreadable, with the reason. */
export function remoteToMeeting(
  remote: RemoteMeeting,
  { calendar, detectJoin }: CandidateSurroundings,
): CandidateReading {
  const zone = calendar.timeZone ?? 'UTC';
  const owner = {
    calendarId: calendar._id,
    connectionId: calendar.connectionId,
    accountId: calendar.accountId,
    userId: calendar.userId,
    remoteId: remote.remoteId,
    remoteVersion: remote.version,
    origin: 'provider' as const,
  };
  if (remote.kind === 'cancelled') {
    const seriesId = meetingIdOf(calendar._id, remote.seriesRemoteId);
    const at = new Date(
      'date' in remote.originalStart
        ? instantOf({ date: remote.originalStart.date }, zone)
        : remote.originalStart.instant,
    );
    return {
      type: 'meeting',
      meeting: {
        ...owner,
        _id: occurrenceIdOf(seriesId, originalStartKey(remote.originalStart)),
        iCalUid: null,
        kind: 'cancelled',
        seriesId,
        originalStart: remote.originalStart,
        lines: [],
        content: null,
        startsAt: at,
        endsAt: at,
        lastEndsAt: null,
        join: null,
      },
    };
  }
  const times = spanOf(remote.content.start, remote.content.end, zone);
  if (!times) return { type: 'unreadable', remoteId: remote.remoteId, reason: 'end_before_start' };
  const common = {
    ...owner,
    iCalUid: remote.iCalUid,
    content: withoutMarker(remote.content),
    ...times,
    join: detectJoin(remote.content),
  };
  switch (remote.kind) {
    case 'single':
      return {
        type: 'meeting',
        meeting: {
          ...common,
          _id: meetingIdOf(calendar._id, remote.remoteId),
          kind: 'single',
          seriesId: null,
          originalStart: null,
          lines: [],
          lastEndsAt: null,
        },
      };
    case 'exception': {
      const seriesId = meetingIdOf(calendar._id, remote.seriesRemoteId);
      const _id = occurrenceIdOf(seriesId, originalStartKey(remote.originalStart));
      return {
        type: 'meeting',
        meeting: {
          ...common,
          _id,
          kind: 'exception',
          seriesId,
          originalStart: remote.originalStart,
          lines: [],
          lastEndsAt: null,
        },
      };
    }
    case 'series': {
      const reading = readSeries({
        start: remote.content.start,
        end: remote.content.end,
        lines: remote.lines,
        exceptions: [],
        floatingZone: zone,
      });
      if (!reading.ok)
        return { type: 'unreadable', remoteId: remote.remoteId, reason: `recurrence_${reading.refusal.code}` };
      const end = lastEnd(reading.series);
      const lastEndsAt = end === null ? null : new Date(end);
      return {
        type: 'meeting',
        meeting: {
          ...common,
          _id: meetingIdOf(calendar._id, remote.remoteId),
          kind: 'series',
          seriesId: null,
          originalStart: null,
          lines: [...remote.lines],
          lastEndsAt,
        },
      };
    }
  }
}

function spanOf(start: MeetingTime, end: MeetingTime, zone: string): { startsAt: Date; endsAt: Date } | null {
  const from = instantOf(start, zone);
  const to = instantOf(end, zone);
  return to < from ? null : { startsAt: new Date(from), endsAt: new Date(to) };
}

function withoutMarker({ marker: _marker, ...content }: MeetingContent): Omit<MeetingContent, 'marker'> {
  return content;
}

/**
 * Where a Google event becomes a meeting. One event in, one change out; an event that cannot be held becomes `unreadable`
 * with a reason, and the page goes on.
 * Source: developers.google.com/workspace/calendar/api/v3/reference/events.
 */
import { isAllDayTime, type MeetingTime, type ZoneId } from '@daybook/domain';
import {
  asText,
  type ForeignRecord,
  isRecord,
  type MeetingMarker,
  type RemoteChange,
  type RemoteMeeting,
} from '@daybook/provider-port';
import { readContent, readMarker } from './event-content';
import { readMeetingTime, readOriginalStart } from './event-time';

type Change = RemoteChange<RemoteMeeting>;

const LONGEST_ID = 1024;
/** A rule that needs more lines or text than this was not made by a person. */
const MOST_LINES = 2000;
const LONGEST_RULES = 65_536;

/**
 * Types that are no meetings. `workingLocation` says where somebody works today: a status for each day, never busy. All
 * others (outOfOffice, focusTime, birthday, fromGmail and what may come) take or mark time in the person's calendar.
 */
const SKIPPED_TYPES: ReadonlySet<unknown> = new Set(['workingLocation']);

/** The change an event stands for; null for one that is no meeting. `zone` is the calendar's. */
export function eventToMeeting(event: unknown, zone: ZoneId): Change | null {
  if (!isRecord(event)) return unreadable('', 'not an event');
  const remoteId = event['id'];
  if (typeof remoteId !== 'string' || remoteId === '' || remoteId.length > LONGEST_ID) return unreadable('', 'id');
  if (event['status'] === 'cancelled') return cancelledEvent(event, remoteId);
  const { eventType, etag } = event;
  if (eventType !== undefined && SKIPPED_TYPES.has(eventType)) return null;
  if (typeof etag !== 'string' || etag === '') return unreadable(remoteId, 'etag');
  const repeats = event['recurrence'] !== undefined;
  const start = readMeetingTime(event['start'], zone, repeats);
  const end = readMeetingTime(event['end'], zone, repeats);
  if (start === null) return unreadable(remoteId, 'start');
  if (end === null || isAllDayTime(start) !== isAllDayTime(end)) return unreadable(remoteId, 'end');
  return liveEvent(
    event,
    { remoteId, version: etag, iCalUid: iCalUidOf(event), marker: readMarker(event) },
    start,
    end,
  );
}

interface Addressed {
  readonly remoteId: string;
  readonly version: string;
  readonly iCalUid: string | null;
  readonly marker: MeetingMarker | null;
}

function liveEvent(event: ForeignRecord, its: Addressed, start: MeetingTime, end: MeetingTime): Change {
  const { remoteId, version, iCalUid, marker } = its;
  const { recurrence, recurringEventId } = event;
  if (recurrence !== undefined) {
    const lines = readLines(recurrence);
    if (lines === null) return unreadable(remoteId, 'recurrence');
    const content = readContent(event, start, end);
    return { type: 'upserted', item: { kind: 'series', remoteId, version, iCalUid, marker, content, lines } };
  }
  if (typeof recurringEventId !== 'string' || recurringEventId === '') {
    const content = readContent(event, start, end);
    return { type: 'upserted', item: { kind: 'single', remoteId, version, iCalUid, marker, content } };
  }
  const originalStart = readOriginalStart(event['originalStartTime'], remoteId);
  if (originalStart === null) return unreadable(remoteId, 'originalStartTime');
  const content = readContent(event, start, end);
  const seriesRemoteId = recurringEventId;
  return {
    type: 'upserted',
    item: { kind: 'exception', remoteId, version, iCalUid, seriesRemoteId, originalStart, marker, content },
  };
}

/**
 * With `recurringEventId` it is an occurrence taken out of its series, which has to be kept; without, a deleted event or
 * the ghost an event leaves on the calendar of its former organizer. Nothing but the id is sure to be there.
 */
function cancelledEvent(event: ForeignRecord, remoteId: string): Change {
  const { recurringEventId, etag } = event;
  if (typeof recurringEventId !== 'string' || recurringEventId === '') return { type: 'removed', remoteId };
  const originalStart = readOriginalStart(event['originalStartTime'], remoteId);
  if (originalStart === null) return unreadable(remoteId, 'originalStartTime');
  const version = typeof etag === 'string' && etag !== '' ? etag : 'cancelled';
  return {
    type: 'upserted',
    item: { kind: 'cancelled', remoteId, version, seriesRemoteId: recurringEventId, originalStart },
  };
}

function iCalUidOf(event: ForeignRecord): string | null {
  return asText(event['iCalUID'], LONGEST_ID) || null;
}

/** Lines are handed on whole or not at all: half a rule would be another rule. */
function readLines(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length > MOST_LINES) return null;
  const lines: string[] = [];
  let length = 0;
  for (const line of value) {
    if (typeof line !== 'string') return null;
    length += line.length;
    lines.push(line);
  }
  return length > LONGEST_RULES || lines.length === 0 ? null : lines;
}

function unreadable(remoteId: string, reason: string): Change {
  return { type: 'unreadable', remoteId, reason };
}

import { isPrivate, type MeetingTime, type OriginalStart } from '@daybook/domain';
import { eventSubjects, type MeetingEventData } from '@daybook/contracts';
import type { OutboxEntry } from '@daybook/platform/outbox';
import type { MeetingRecord } from '../ports/records';

export type MeetingEventKind = 'created' | 'updated' | 'cancelled';

const subjects: Record<MeetingEventKind, string> = {
  created: eventSubjects.meetingCreated,
  updated: eventSubjects.meetingUpdated,
  cancelled: eventSubjects.meetingCancelled,
};

/** What other services are told about one item. A private one says only when time is taken. */
export function meetingEvent(
  kind: MeetingEventKind,
  meeting: MeetingRecord,
  options: { initial: boolean; at: Date },
): OutboxEntry {
  return {
    subject: subjects[kind],
    itemKey: meeting._id,
    sequence: meeting.sequence,
    accountId: meeting.accountId,
    time: options.at,
    data: eventData(meeting, options.initial),
  };
}

function eventData(meeting: MeetingRecord, initial: boolean): MeetingEventData {
  const { content, join } = meeting;
  const original = originalTime(meeting.originalStart);
  const open = content !== null && !isPrivate(content.visibility);
  return {
    meetingId: meeting._id,
    userId: meeting.userId,
    connectionId: meeting.connectionId,
    calendarId: meeting.calendarId,
    kind: open && join ? join.kind : 'event',
    title: open ? content.title : null,
    start: content?.start ?? original ?? instantTime(meeting.startsAt),
    end: content?.end ?? original ?? instantTime(meeting.endsAt),
    allDay: content ? 'date' in content.start : original !== null && 'date' in original,
    seriesId: meeting.kind === 'series' ? meeting._id : meeting.seriesId,
    rule: meeting.lines,
    originalStart: original,
    host:
      open && content.organizer
        ? { name: content.organizer.name || null, email: content.organizer.email || null }
        : null,
    join: {
      recognised: open && (join?.recognised ?? false),
      provider: open ? (join?.provider ?? null) : null,
      url: open ? (join?.url ?? null) : null,
      number: open ? (join?.number ?? null) : null,
      passcode: open ? (join?.passcode ?? null) : null,
    },
    visibility: content ? visibilityOf(content.visibility) : 'default',
    redacted: content !== null && !open,
    origin: meeting.origin,
    iCalUid: meeting.iCalUid,
    ...(initial ? { initial: true } : {}),
  };
}

export function visibilityOf(
  visibility: 'default' | 'public' | 'private' | 'confidential',
): 'default' | 'public' | 'private' {
  return visibility === 'confidential' ? 'private' : visibility;
}

export function originalTime(original: OriginalStart | null): MeetingTime | null {
  if (original === null) return null;
  return 'date' in original ? { date: original.date } : instantTime(new Date(original.instant));
}

function instantTime(at: Date): MeetingTime {
  return { dateTime: at.toISOString().slice(0, 19), timeZone: 'UTC' };
}

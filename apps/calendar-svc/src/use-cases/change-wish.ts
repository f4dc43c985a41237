import type { ChangeMeetingBody, FieldFault } from '@daybook/contracts';
import type { MeetingContent } from '@daybook/provider-port';
import type { Attendee, MeetingTime } from '@daybook/domain';
import type { MeetingRecord } from '../ports/records';
import type { MeetingWish } from './draft-record';
import { invitedTo } from './kept-attendees';
import { descriptionFaults, readAttendees, recurrenceFaults, refuse, topicFaults } from './meeting-input';
import { meetingText, ownText } from './meeting-text';
import { readTimes } from './meeting-times';

export interface ChangeReading {
  readonly body: ChangeMeetingBody;
  readonly present: MeetingRecord & { readonly content: MeetingContent };
  /** Whether a repetition can be changed: an occurrence has none. */
  readonly whole: boolean;
  readonly words: Parameters<typeof meetingText>[2];
}

/** A meeting as it is to be after a change, with all that is wrong with the change said at once. */
export function changedWish({ body, present, whole, words }: ChangeReading): MeetingWish {
  const { content } = present;
  const times = timesOf(body, content);
  if (body.recurrence !== undefined && !whole)
    return refuse([
      { field: 'recurrence', code: 'no_own_rule', detail: 'One occurrence has no repetition of its own.' },
    ]);
  const lines = body.recurrence === undefined ? present.lines : (body.recurrence ?? []);
  const { attendees, faults } = body.attendees ? readAttendees(body.attendees) : { attendees: null, faults: [] };
  const all: FieldFault[] = [
    ...(body.topic === undefined ? [] : topicFaults(body.topic)),
    ...(Array.isArray(times) ? times : lines === present.lines && !body.start ? [] : recurrenceFaults(lines, times)),
    ...faults,
    ...descriptionFaults(body.description ?? ''),
  ];
  if (all.length > 0 || Array.isArray(times)) return refuse(all);
  return {
    ...times,
    title: body.topic?.trim() ?? content.title,
    description: body.description === undefined ? content.description : textOf(body.description, present, words),
    lines,
    attendees: attendees ? withResponses(attendees, invitedTo(present)) : invitedTo(present),
    visibility: body.visibility ?? content.visibility,
  };
}

function timesOf(
  body: ChangeMeetingBody,
  { start, end }: MeetingContent,
): { start: MeetingTime; end: MeetingTime } | FieldFault[] {
  if (body.start === undefined && body.end === undefined) {
    if (body.timeZone !== undefined)
      return [{ field: 'timeZone', code: 'zone_without_time', detail: 'A zone goes with a time.' }];
    return { start, end };
  }
  return readTimes({ start: body.start ?? start, end: body.end ?? end, timeZone: body.timeZone });
}

function textOf(text: string, { writing }: MeetingRecord, words: ChangeReading['words']): string {
  // Who sends back the text as it was read sends the way to join as well.
  return writing?.hosted ? meetingText(ownText(text), writing.hosted, words) : text.trim();
}

/** Who stays keeps the answer they gave. */
function withResponses(wanted: readonly Attendee[], present: readonly Attendee[]): Attendee[] {
  const known = new Map(present.map((attendee) => [attendee.email.toLowerCase(), attendee]));
  return wanted.map((attendee) => {
    const before = known.get(attendee.email.toLowerCase());
    return before ? { ...before, role: attendee.role, name: attendee.name || before.name } : attendee;
  });
}

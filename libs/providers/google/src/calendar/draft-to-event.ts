/**
 * Where a draft becomes a Google event, the way back of `event-to-meeting`. What is not named is not sent, so that Google
 * leaves it as it is; a member that has to go is sent as null.
 * Source: developers.google.com/workspace/calendar/api/v3/reference/events, …/guides/performance (patch semantics).
 */
import { formatInstant, isAllDayTime, type MeetingTime, offsetAt, toInstant } from '@daybook/domain';
import type { DraftField, ForeignRecord, MeetingDraft, MeetingMarker } from '@daybook/provider-port';
import { MARKER_DEPLOYMENT, MARKER_MEETING } from './event-content';
import { guestList } from './guest-list';

const DAY = 86_400_000;

/** Body of `events.insert`: members without a value are left out, so that the calendar's own defaults hold. */
export function newEvent(remoteId: string, draft: MeetingDraft, marker: MeetingMarker): object {
  const { title, description, location, lines, attendees, visibility } = draft;
  return {
    id: remoteId,
    summary: title,
    ...(description === '' ? {} : { description }),
    ...(location === '' ? {} : { location }),
    start: eventTime(draft.start),
    end: eventTime(draft.end),
    ...(lines.length === 0 ? {} : { recurrence: lines }),
    ...(attendees.length === 0 ? {} : { attendees: guestList(attendees, []) }),
    ...(visibility === 'default' ? {} : { visibility }),
    extendedProperties: {
      private: { [MARKER_DEPLOYMENT]: marker.deployment, [MARKER_MEETING]: marker.meetingId },
    },
  };
}

export interface PatchedParts {
  readonly fields: readonly DraftField[];
  /** Whether the event may be a series: an occurrence has no rule of its own to write. */
  readonly mayRepeat: boolean;
  /** The guests as Google has them now; only looked at when attendees are written. */
  readonly guestsNow: readonly ForeignRecord[];
}

/** Body of `events.patch` with the named fields and nothing else. */
export function eventPatch(draft: MeetingDraft, parts: PatchedParts): object {
  const members = parts.fields.map((field) => membersOf(field, draft, parts));
  return members.reduce((body, more) => ({ ...body, ...more }), {});
}

function membersOf(field: DraftField, draft: MeetingDraft, { mayRepeat, guestsNow }: PatchedParts): object {
  switch (field) {
    case 'title':
      return { summary: draft.title };
    case 'description':
      return { description: draft.description };
    case 'location':
      return { location: draft.location };
    case 'visibility':
      return { visibility: draft.visibility };
    case 'attendees':
      return { attendees: guestList(draft.attendees, guestsNow) };
    case 'time': {
      const times = { start: replacedTime(draft.start), end: replacedTime(draft.end) };
      return mayRepeat ? { ...times, recurrence: draft.lines.length === 0 ? null : draft.lines } : times;
    }
  }
}

/** A patch merges into the time that is there: the members of the other kind have to be cleared. */
function replacedTime(time: MeetingTime): object {
  return isAllDayTime(time) ? { date: time.date, dateTime: null, timeZone: null } : { date: null, ...eventTime(time) };
}

/**
 * The wall time and its zone, so that a later change of the zone's law moves the event as it moves ours. Near a change of
 * clocks a wall time can occur twice or never, and which instant Google then takes is not documented: the instant says it.
 */
function eventTime(time: MeetingTime): object {
  if (isAllDayTime(time)) return { date: time.date };
  const { dateTime, timeZone } = time;
  const instant = toInstant(dateTime, timeZone);
  const steady = offsetAt(instant - DAY, timeZone) === offsetAt(instant + DAY, timeZone);
  return { dateTime: steady ? dateTime : formatInstant(instant), timeZone };
}

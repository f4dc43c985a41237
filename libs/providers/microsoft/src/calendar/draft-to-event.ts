/**
 * Where a draft becomes a Graph event, the way back of `event-to-meeting`. What is not named is not sent, so that Graph leaves
 * it as it is. Graph reads the wall time in the zone beside it; where it has one name for several zones, our note keeps which.
 * Source: learn.microsoft.com/graph/api/user-post-events, …/event-update.
 */
import { isAllDayTime, type MeetingTime, type Visibility, type ZoneId } from '@daybook/domain';
import {
  asText,
  type DraftField,
  type ForeignRecord,
  type MeetingDraft,
  type MeetingMarker,
  ProviderError,
} from '@daybook/provider-port';
import { bodyOf } from './event-body';
import { type EventNote, NO_NOTE, noteProperty, NOTHING_OWED, type OwedParts } from './event-note';
import { guestList } from './guest-list';
import { zoneName, zoneOf } from './graph-time';
import { linesToRecurrence } from './lines-to-recurrence';

export interface EventWrite {
  readonly body: object;
  /** What our note says of the event from now on. */
  readonly note: EventNote;
}

/** Body of a new event. @throws ProviderError Rejected for what Graph has no words for */
export function newEvent(draft: MeetingDraft, marker: MeetingMarker, zone: ZoneId | null): EventWrite {
  const { title, description, location, attendees, visibility } = draft;
  const time = timeMembers(draft, { zone, now: null, mayRepeat: true, owed: NOTHING_OWED });
  const note: EventNote = { ...time.note, marker, visibility: visibilityNote(visibility) };
  return {
    note,
    body: {
      subject: title,
      ...(description === '' ? {} : { body: { contentType: 'text', content: description } }),
      ...(location === '' ? {} : { location: { displayName: location } }),
      ...time.members,
      ...(attendees.length === 0 ? {} : { attendees: guestList(attendees, []) }),
      ...(visibility === 'default' ? {} : { sensitivity: sensitivityOf(visibility) }),
      singleValueExtendedProperties: [noteProperty(note)],
    },
  };
}

export interface PatchedEvent {
  readonly fields: readonly DraftField[];
  /** Whether it may be a series: an occurrence has no rule of its own to write. */
  readonly mayRepeat: boolean;
  /** The event as Graph has it now. */
  readonly now: ForeignRecord;
  readonly note: EventNote;
  /** What other times or another rule would take from a series; empty where neither is written. */
  readonly owed: OwedParts;
  /** The calendar's zone. */
  readonly zone: ZoneId | null;
}

/** Body of a change of the named fields and nothing else. @throws ProviderError Rejected */
export function eventPatch(draft: MeetingDraft, patched: PatchedEvent): EventWrite {
  let note = patched.note;
  const members = patched.fields.map((field): object => {
    if (field !== 'time') return membersOf(field, draft, patched);
    const time = timeMembers(draft, patched);
    note = { ...note, ...time.note };
    return time.members;
  });
  if (patched.fields.includes('visibility')) note = { ...note, visibility: visibilityNote(draft.visibility) };
  const noted = isSame(note, patched.note) ? {} : { singleValueExtendedProperties: [noteProperty(note)] };
  return { note, body: members.reduce((body, more) => ({ ...body, ...more }), noted) };
}

function membersOf(field: Exclude<DraftField, 'time'>, draft: MeetingDraft, { now }: PatchedEvent): object {
  switch (field) {
    case 'title':
      return { subject: draft.title };
    case 'description':
      return { body: bodyOf(draft.description, now) };
    case 'location':
      return { location: { displayName: draft.location } };
    case 'visibility':
      return { sensitivity: sensitivityOf(draft.visibility) };
    case 'attendees':
      return { attendees: guestList(draft.attendees, now['attendees']) };
  }
}

interface TimeSurroundings {
  readonly zone: ZoneId | null;
  readonly now: ForeignRecord | null;
  readonly mayRepeat: boolean;
  readonly owed: OwedParts;
}

interface TimeWrite {
  readonly members: object;
  readonly note: Pick<EventNote, 'zones' | 'excluded' | 'owed'>;
}

/** Members that say from when to when. */
export function spanMembers(
  { start, end }: Pick<MeetingDraft, 'start' | 'end'>,
  around: Pick<TimeSurroundings, 'zone' | 'now'>,
): object {
  return {
    start: graphTime(start, nameFor(start, around, 'originalStartTimeZone')),
    end: graphTime(end, nameFor(end, around, 'originalEndTimeZone')),
    isAllDay: isAllDayTime(start),
  };
}

/** Start, end and rule belong together: Graph judges them as one. */
function timeMembers({ start, end, lines }: MeetingDraft, around: TimeSurroundings): TimeWrite {
  if (isAllDayTime(start) !== isAllDayTime(end))
    throw new ProviderError('Rejected', { detail: 'a date beside a time' });
  const times = spanMembers({ start, end }, around);
  const note = { zones: zonesNote(start, end), excluded: [], owed: NOTHING_OWED };
  if (!around.mayRepeat) return { members: times, note };
  if (lines.length === 0) {
    const single = around.now === null ? {} : { recurrence: null };
    return { members: { ...times, ...single }, note };
  }
  const { recurrence, excluded } = linesToRecurrence(lines, start, nameFor(start, around, 'originalStartTimeZone'));
  return { members: { ...times, recurrence }, note: { ...note, excluded, owed: withTakenOut(around.owed, excluded) } };
}

/** Graph's recurrence has no words for single dates: they are taken out after it, whatever they were before. */
function withTakenOut({ gone, changed }: OwedParts, dates: readonly string[]): OwedParts {
  const left = Object.entries(changed).filter(([date]) => !dates.includes(date));
  return { gone: [...new Set([...gone, ...dates])], changed: Object.fromEntries(left) };
}

function graphTime(time: MeetingTime, timeZone: string): object {
  return { dateTime: isAllDayTime(time) ? `${time.date}T00:00:00` : time.dateTime, timeZone };
}

/** The name Graph gave, as long as the zone has not changed; days are midnights of the calendar's zone. */
function nameFor(time: MeetingTime, { zone, now }: Pick<TimeSurroundings, 'zone' | 'now'>, member: string): string {
  if (isAllDayTime(time)) return zoneName(zone ?? 'UTC');
  const given = now === null ? '' : asText(now[member], 128);
  return given !== '' && zoneOf(given) === time.timeZone ? given : zoneName(time.timeZone);
}

/** Only where Graph's name would be read as another zone. */
function zonesNote(start: MeetingTime, end: MeetingTime): EventNote['zones'] {
  if (isAllDayTime(start) || isAllDayTime(end)) return null;
  const told = [start.timeZone, end.timeZone].every((zone) => zoneOf(zoneName(zone)) === zone);
  return told ? null : { start: start.timeZone, end: end.timeZone };
}

const visibilityNote = (visibility: Visibility): EventNote['visibility'] => (visibility === 'public' ? 'public' : null);

function sensitivityOf(visibility: Visibility): string {
  return visibility === 'private' || visibility === 'confidential' ? visibility : 'normal';
}

function isSame(one: EventNote, other: EventNote): boolean {
  return JSON.stringify({ ...NO_NOTE, ...one }) === JSON.stringify({ ...NO_NOTE, ...other });
}

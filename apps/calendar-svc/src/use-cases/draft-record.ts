import {
  instantOf,
  lastEnd,
  readSeries,
  type Attendee,
  type JoinFinding,
  type JoinInput,
  type Visibility,
} from '@daybook/domain';
import type { MeetingContent } from '@daybook/provider-port';
import type { CalendarRecord, HostedMeeting, MeetingRecord, PendingWrite, WritingPart } from '../ports/records';
import { placeAttendees } from './kept-attendees';
import type { MeetingTimes } from './meeting-times';

/** Everything a person says of a meeting. */
export interface MeetingWish extends MeetingTimes {
  readonly title: string;
  readonly description: string;
  readonly lines: readonly string[];
  readonly attendees: readonly Attendee[];
  readonly visibility: Visibility;
}

export interface NewRecord {
  readonly _id: string;
  readonly calendar: CalendarRecord;
  readonly wish: MeetingWish;
  /** Null of a separate event of something that has no link of ours. */
  readonly hosted: HostedMeeting | null;
  /** Where there is no link to meet at. */
  readonly location?: string;
  readonly organizer: { readonly name: string; readonly email: string } | null;
  readonly detectJoin: (input: JoinInput) => JoinFinding;
  /** Null where no provider has to be asked. */
  readonly pending: PendingWrite | null;
  /** Whether its provider mails attendees whatever it is told. */
  readonly mails: boolean;
}

/** A meeting scheduled here, as it is stored before any provider knows it. */
export function newMeetingRecord(given: NewRecord): MeetingRecord {
  const { _id, calendar, wish, hosted, organizer, detectJoin, pending, mails } = given;
  const { attendees, kept } = placeAttendees(wish.attendees, { mails, notify: pending?.notify ?? false });
  const content = contentOf({ ...wish, attendees }, hosted?.url ?? given.location ?? '', organizer);
  const writing: WritingPart = {
    ...{ hosted, kept, creations: 1, edits: 1, steps: 0, pending, left: [], refused: null, overridden: [] },
  };
  return {
    _id,
    calendarId: calendar._id,
    connectionId: calendar.connectionId,
    accountId: calendar.accountId,
    userId: calendar.userId,
    remoteId: '',
    remoteVersion: '',
    iCalUid: null,
    seriesId: null,
    originalStart: null,
    ...timing(wish, calendar.timeZone ?? 'UTC'),
    content,
    join: detectJoin(content),
    origin: 'client',
    writing,
    sequence: 0,
    rev: 0,
  };
}

function contentOf(
  { title, description, start, end, attendees, visibility }: MeetingWish,
  location: string,
  organizer: NewRecord['organizer'],
): MeetingContent {
  return {
    ...{ title, description, location, start, end, organizer, attendees, attendeesComplete: true, visibility },
    ...{ busy: true, conferenceUris: [], conferencePasscodes: [], urlFields: [], webLink: null },
  };
}

type Timing = Pick<MeetingRecord, 'kind' | 'lines' | 'startsAt' | 'endsAt' | 'lastEndsAt'>;

/** What of a record follows from when it happens. The lines have been read before. */
export function timing({ start, end, lines }: Pick<MeetingWish, 'start' | 'end' | 'lines'>, zone: string): Timing {
  const startsAt = new Date(instantOf(start, zone));
  const endsAt = new Date(instantOf(end, zone));
  if (lines.length === 0) return { kind: 'single', lines: [], startsAt, endsAt, lastEndsAt: null };
  const reading = readSeries({ start, end, lines, exceptions: [], floatingZone: zone });
  const last = reading.ok ? lastEnd(reading.series) : null;
  return { kind: 'series', lines: [...lines], startsAt, endsAt, lastEndsAt: last === null ? null : new Date(last) };
}

export function newPending(operation: PendingWrite['operation'], at: Date, notify: boolean): PendingWrite {
  return { operation, since: at, agreed: null, sent: null, notify, attempts: 0, notBefore: at };
}

/** What lies in no calendar is in effect at once; what goes to one is told of when it is there. */
export function intentionFor(record: MeetingRecord, calendar: CalendarRecord) {
  const effective = calendar.service === null;
  return {
    calendarId: calendar._id,
    unitId: record._id,
    stored: { items: new Map<string, MeetingRecord>(), rows: [] },
    items: [
      {
        type: effective ? ('created' as const) : ('intended' as const),
        before: null,
        after: record,
        event: effective ? ('created' as const) : null,
        by: 'client' as const,
      },
    ],
  };
}

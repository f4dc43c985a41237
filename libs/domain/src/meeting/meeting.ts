/** The neutral nouns of a meeting, shared by providers, engine and services. */
import type { CivilDate, CivilDateTime } from '../time/civil';
import type { Instant, ZoneId } from '../time/zone-offsets';
import { startOfDay, toInstant } from '../time/zoned-time';

export interface TimedMeetingTime {
  readonly dateTime: CivilDateTime;
  readonly timeZone: ZoneId;
}

export interface AllDayMeetingTime {
  readonly date: CivilDate;
}

/** When a meeting starts or ends: a wall time in a zone, or a date (all day; an end date is exclusive). */
export type MeetingTime = TimedMeetingTime | AllDayMeetingTime;

/** `event`: there is no link of ours. */
export type MeetingKind = 'meeting' | 'webinar' | 'event';
export type Visibility = 'default' | 'public' | 'private' | 'confidential';
export type Response = 'needsAction' | 'accepted' | 'tentative' | 'declined' | 'organizer';
export type AttendeeRole = 'required' | 'optional' | 'resource';

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface Attendee extends Person {
  readonly response: Response;
  readonly role: AttendeeRole;
  /** The attendee is the owner of the calendar this copy lies in. */
  readonly self?: boolean;
}

export function isAllDayTime(time: MeetingTime): time is AllDayMeetingTime {
  return 'date' in time;
}

/**
 * The instant of a meeting time. `floatingZone` says where a date's midnight lies.
 * @throws RangeError for an invalid date, time or zone
 */
export function instantOf(time: MeetingTime, floatingZone: ZoneId = 'UTC'): Instant {
  return isAllDayTime(time) ? startOfDay(time.date, floatingZone) : toInstant(time.dateTime, time.timeZone);
}

import type { Attendee, MeetingTime, Person, Visibility } from '../meeting/meeting';
import type { Instant } from '../time/zone-offsets';

/** One VEVENT in neutral words. Overrides of single occurrences are events of their own, with `recurrenceId`. */
export interface IcsEvent {
  /** Line of its BEGIN:VEVENT. */
  readonly line: number;
  readonly uid: string;
  /** Original start of the occurrence this overrides; null for a single event or a series. */
  readonly recurrenceId: MeetingTime | null;
  readonly start: MeetingTime;
  /** Exclusive for all-day events. */
  readonly end: MeetingTime;
  /** RRULE, RDATE and EXDATE lines without TZID: their times are UTC, or dates in an all-day series. */
  readonly recurrence: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly location: string;
  readonly url: string;
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  /** False when the event leaves its time free. */
  readonly busy: boolean;
  readonly visibility: Visibility;
  readonly organizer: Person | null;
  readonly attendees: readonly Attendee[];
  readonly sequence: number;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  /** Join addresses of CONFERENCE and of vendors' own properties. */
  readonly conferenceUris: readonly string[];
}

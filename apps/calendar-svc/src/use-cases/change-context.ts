import type { ChangeMeetingBody, Scope } from '@daybook/contracts';
import type { Intention } from '../ports/meeting-writer';
import type { CalendarRecord } from '../ports/records';
import type { MeetingWish } from './draft-record';
import type { EditTarget } from './edit-target';
import type { Found } from './get-meeting';
import type { Viewer } from './viewer';

/** What a change comes to. */
export interface PlannedChange {
  readonly intentions: readonly Intention[];
  /** What the answer is about. */
  readonly meetingId: string;
  /** Whose write is waited for. */
  readonly waitsFor: string;
  readonly separateId?: string;
  readonly wake: readonly string[];
  readonly alsoIn?: readonly string[];
}

/** A change that has passed the doors, with all it rests on. */
export interface ChangeContext {
  readonly found: Found;
  readonly target: EditTarget;
  readonly scope: Scope;
  readonly lies: CalendarRecord;
  /** As the meeting is to be. */
  readonly wish: MeetingWish;
  /** As the one that was named is now. */
  readonly base: EditTarget['present'];
  readonly body: ChangeMeetingBody;
  /** Whether the provider of a calendar mails attendees whatever it is told. */
  readonly mails: (calendar: CalendarRecord) => boolean;
  readonly viewer: Viewer;
}

import { element } from '../../wire/element';
import { withResponse, type Person } from '../item/attendees';
import { booleanField, textField, withFields, type Fields } from '../item/fields';
import { accepted, refused, type CalendarRefusalCode, type Outcome } from '../refusal';
import { dateTimeText, readDateTime } from '../zones/date-texts';
import { UTC_ZONE } from '../zones/calendar-zone';
import { meetingResponse, type MailIntent } from './meeting-mail';

export type Answer = 'Accept' | 'Tentative' | 'Decline';

export interface GivenAnswer {
  readonly answer: Answer;
  readonly attendee: Person;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of AcceptItem, TentativelyAcceptItem or DeclineItem: Body, ProposedStart, ProposedEnd. */
  readonly extra: Fields;
}

export interface AnsweredMeeting {
  readonly copy: Fields;
  /** A declined meeting moves to the deleted items. */
  readonly leavesCalendar: boolean;
  /** For the organizer, if the message disposition has it sent. */
  readonly mail: MailIntent;
}

const CODES: Readonly<Record<Answer, { organizer: CalendarRefusalCode; cancelled: CalendarRefusalCode }>> = {
  Accept: { organizer: 'ErrorCalendarIsOrganizerForAccept', cancelled: 'ErrorCalendarIsCancelledForAccept' },
  Tentative: { organizer: 'ErrorCalendarIsOrganizerForTentative', cancelled: 'ErrorCalendarIsCancelledForTentative' },
  Decline: { organizer: 'ErrorCalendarIsOrganizerForDecline', cancelled: 'ErrorCalendarIsCancelledForDecline' },
};

/**
 * AcceptItem, TentativelyAcceptItem and DeclineItem on an attendee's copy.
 * Refused with ErrorCalendarIsOrganizerFor… and ErrorCalendarIsCancelledFor….
 */
export function respond(copy: Fields, { answer, attendee, now, extra }: GivenAnswer): Outcome<AnsweredMeeting> {
  const codes = CODES[answer];
  if (booleanField(copy, 'IsOrganizer')) return refused(codes.organizer, 'The organizer cannot answer the meeting.');
  if (booleanField(copy, 'IsCancelled')) return refused(codes.cancelled, 'The meeting was cancelled.');
  const next = withFields(copy, [
    element('MyResponseType', answer),
    element('AppointmentReplyTime', dateTimeText(now)),
    element('LegacyFreeBusyStatus', statusAfter(copy, answer)),
  ]);
  const mail = meetingResponse(copy, { from: attendee, type: answer, now, extra });
  return accepted({ copy: next, leavesCalendar: answer === 'Decline', mail });
}

function statusAfter(copy: Fields, answer: Answer): string {
  if (answer === 'Decline') return 'Free';
  const intended = textField(copy, 'IntendedFreeBusyStatus') ?? 'Busy';
  return answer === 'Tentative' && intended !== 'Free' ? 'Tentative' : intended;
}

/** An answer as the organizer's item tracks it. */
export function trackResponse(meeting: Fields, { answer, attendee, now, extra }: GivenAnswer): Fields {
  const proposed = ['ProposedStart', 'ProposedEnd'].flatMap((name) => {
    const instant = readDateTime(textField(extra, name) ?? '', UTC_ZONE);
    return instant === null ? [] : [element(name, dateTimeText(instant))];
  });
  const children = [element('LastResponseTime', dateTimeText(now)), ...(proposed.length === 2 ? proposed : [])];
  return withResponse(meeting, attendee.address, { type: answer, children });
}

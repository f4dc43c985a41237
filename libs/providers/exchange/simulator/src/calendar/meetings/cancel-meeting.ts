import { element, type XmlElement } from '../../wire/element';
import { subjectOf } from '../item/attendees';
import { booleanField, numberField, withFields, type Fields } from '../item/fields';
import { accepted, refused, type Outcome } from '../refusal';
import { CANCELED, type MailIntent } from './meeting-mail';
import { planCancellations } from './plan-invitations';

const CANCELLED_STATE = 4;

export interface CancelledMeeting {
  /** The item as it then lies among the deleted ones. */
  readonly item: Fields;
  readonly mails: readonly MailIntent[];
}

/**
 * CancelCalendarItem: everybody gets a cancellation with the organizer's words, and the item leaves the calendar.
 * Refused with ErrorCalendarIsNotOrganizer or, for an item without attendees, ErrorInvalidItemForOperationCancelItem.
 */
export function cancelMeeting(item: Fields, body: XmlElement | null, now: number): Outcome<CancelledMeeting> {
  if (!booleanField(item, 'IsOrganizer', true)) {
    return refused('ErrorCalendarIsNotOrganizer', 'Only the organizer can cancel a meeting.');
  }
  if (!booleanField(item, 'IsMeeting')) {
    return refused('ErrorInvalidItemForOperationCancelItem', 'The item is no meeting.');
  }
  const told = body === null ? item : withFields(item, [element('Body', body.text, body.attributes)]);
  const sequence = numberField(item, 'AppointmentSequenceNumber') + 1;
  const next = withFields(withdrawn(told), [element('AppointmentSequenceNumber', sequence)]);
  return accepted({ item: next, mails: planCancellations(next, 'SendToAllAndSaveCopy', now).mails });
}

/** A meeting as it shows once it is called off. Doing it twice changes nothing. */
export function withdrawn(item: Fields): Fields {
  const subject = subjectOf(item);
  const state = numberField(item, 'AppointmentState');
  return withFields(item, [
    element('Subject', subject.startsWith(CANCELED) ? subject : `${CANCELED}${subject}`),
    element('IsCancelled', true),
    element('LegacyFreeBusyStatus', 'Free'),
    element('AppointmentState', state | CANCELLED_STATE),
  ]);
}

import { element } from '../../wire/element';
import { mailboxElement, organizerOf, subjectOf, type Person, type ResponseType } from '../item/attendees';
import { booleanField, fieldOf, textField, withFields, type Fields } from '../item/fields';
import { dateTimeText } from '../zones/date-texts';

export type MailKind = 'MeetingRequest' | 'MeetingCancellation' | 'MeetingResponse';

/** A mail that Exchange would send. */
export interface MailIntent {
  readonly kind: MailKind;
  readonly from: Person;
  readonly to: Person;
  readonly subject: string;
  /** Fields of the message, as the receiver finds it: Subject, Body, recipients, and what its kind tells of the meeting. */
  readonly fields: Fields;
}

const OF_MESSAGE = ['Body', 'Sensitivity', 'Importance', 'UID', 'RecurrenceId'];
const OF_MEETING = ['Start', 'End', 'Location', 'Recurrence', 'CalendarItemType'];
const OF_REQUEST = [
  ...OF_MEETING,
  'OriginalStart',
  'IsAllDayEvent',
  'When',
  'IsMeeting',
  'IsCancelled',
  'IsRecurring',
  'IsResponseRequested',
  'Organizer',
  'RequiredAttendees',
  'OptionalAttendees',
  'Resources',
  'Duration',
  'TimeZone',
  'AppointmentSequenceNumber',
  'StartTimeZone',
  'EndTimeZone',
  'StartWallClock',
  'EndWallClock',
  'StartTimeZoneId',
  'EndTimeZoneId',
  'ConferenceType',
  'AllowNewTimeProposal',
  'MeetingWorkspaceUrl',
  'NetShowUrl',
];

const chosen = (fields: Fields, names: readonly string[]): Fields => fields.filter(({ name }) => names.includes(name));

interface Addressing {
  readonly from: Person;
  readonly to: Person;
  readonly prefix: string;
  readonly now: number;
}

function mail(kind: MailKind, item: Fields, { from, to, prefix, now }: Addressing, own: Fields): MailIntent {
  const subject = `${prefix}${subjectOf(item)}`;
  const fields = withFields(chosen(item, OF_MESSAGE), [
    element('Subject', subject),
    element('Sender', [mailboxElement(from)]),
    element('From', [mailboxElement(from)]),
    element('ToRecipients', [mailboxElement(to)]),
    element('DateTimeStamp', dateTimeText(now)),
    element('IsDelegated', false),
    element('IsOutOfDate', false),
    element('HasBeenProcessed', false),
    ...own,
  ]);
  return { kind, from, to, subject, fields };
}

export type RequestType = 'NewMeetingRequest' | 'FullUpdate' | 'InformationalUpdate';

/** What an attendee gets when invited, or when the meeting has changed. */
export function meetingRequest(
  item: Fields,
  to: Person,
  { type, now }: { type: RequestType; now: number },
): MailIntent {
  const prefix = type === 'NewMeetingRequest' ? '' : 'Updated: ';
  const intended = textField(item, 'LegacyFreeBusyStatus') ?? 'Busy';
  return mail('MeetingRequest', item, { from: organizerOf(item), to, prefix, now }, [
    ...chosen(item, OF_REQUEST),
    element('MeetingRequestType', type),
    element('IntendedFreeBusyStatus', intended),
    element('LegacyFreeBusyStatus', intended === 'Free' ? 'Free' : 'Tentative'),
    element('MeetingRequestWasSent', true),
    element('MyResponseType', 'NoResponseReceived'),
    element('ResponseType', 'NoResponseReceived'),
    element('AppointmentState', 3),
    element('IsOrganizer', false),
  ]);
}

/** What an attendee gets when the meeting is called off, or goes on without that attendee. */
export function meetingCancellation(item: Fields, to: Person, now: number): MailIntent {
  const prefix = booleanField(item, 'IsCancelled') && subjectOf(item).startsWith(CANCELED) ? '' : CANCELED;
  return mail('MeetingCancellation', item, { from: organizerOf(item), to, prefix, now }, [
    ...chosen(item, OF_MEETING),
    element('ResponseType', 'NoResponseReceived'),
    element('IsOrganizer', false),
  ]);
}

export const CANCELED = 'Canceled: ';

export interface ResponseMail {
  readonly from: Person;
  readonly type: Extract<ResponseType, 'Accept' | 'Tentative' | 'Decline'>;
  readonly now: number;
  /** Own words and a proposed time, as the client sent them: Body, ProposedStart, ProposedEnd. */
  readonly extra: Fields;
}

const PREFIXES = { Accept: 'Accepted: ', Tentative: 'Tentative: ', Decline: 'Declined: ' } as const;

/** What the organizer gets when an attendee answers. */
export function meetingResponse(item: Fields, { from, type, now, extra }: ResponseMail): MailIntent {
  const to = organizerOf(item);
  const proposed = chosen(extra, ['ProposedStart', 'ProposedEnd']);
  const body = fieldOf(extra, 'Body') ?? element('Body', '', { BodyType: 'Text' });
  return mail('MeetingResponse', item, { from, to, prefix: PREFIXES[type], now }, [
    ...chosen(item, OF_MEETING),
    body,
    ...proposed,
    element('ResponseType', type),
    element('IsOrganizer', true),
  ]);
}

import { element } from '../../wire/element';
import { mapAttendees } from '../item/attendees';
import { fieldOf, isSameElement, textField, withFields, withoutFields, type Fields } from '../item/fields';

/** What is the attendee's own and survives an update of the organizer's. */
const OWN = ['Categories', 'ReminderIsSet', 'ReminderMinutesBeforeStart', 'Importance'];
/** What only the organizer knows, or what belongs to the stored item itself. */
const NOT_SHARED = [
  'Categories',
  'ItemId',
  'ParentFolderId',
  'ChangeKey',
  'DateTimeCreated',
  'DateTimeReceived',
  'LastModifiedTime',
  'LastModifiedName',
  'Size',
  'ConversationId',
  'ExtendedProperty',
  'IsOrganizer',
  'AppointmentReplyTime',
];

/**
 * A meeting as Exchange puts it into an attendee's calendar: tentative until answered, without the answers of others. Its
 * role (`IsOrganizer`, `AppointmentState` …) follows when it is normalised for the attendee.
 */
export function attendeeCopy(meeting: Fields, before: Fields | null): Fields {
  const intended = textField(meeting, 'LegacyFreeBusyStatus') ?? 'Busy';
  const shared = mapAttendees(withoutFields(meeting, NOT_SHARED), ({ field }) => ({
    ...field,
    children: [...field.children.filter(({ name }) => name === 'Mailbox'), element('ResponseType', 'Unknown')],
  }));
  const kept = before !== null && isSameTime(before, meeting);
  const own = (before ?? []).filter(({ name }) => OWN.includes(name) || name === 'ExtendedProperty');
  const extended = own.filter(({ name }) => name === 'ExtendedProperty');
  const others = own.filter(({ name }) => name !== 'ExtendedProperty');
  return [
    ...withFields(shared, [
      ...others,
      element('IntendedFreeBusyStatus', intended),
      element('MeetingRequestWasSent', true),
      ...(kept ? answerFields(before) : openAnswer(intended)),
    ]),
    ...extended,
  ];
}

/** Another time needs another answer. */
const isSameTime = (one: Fields, other: Fields): boolean =>
  ['Start', 'End', 'Recurrence'].every((name) => isSameElement(fieldOf(one, name), fieldOf(other, name)));

const answerFields = (before: Fields): Fields =>
  ['MyResponseType', 'AppointmentReplyTime', 'LegacyFreeBusyStatus']
    .map((name) => fieldOf(before, name))
    .filter((field) => field !== null);

const openAnswer = (intended: string): Fields => [
  element('MyResponseType', 'NoResponseReceived'),
  element('LegacyFreeBusyStatus', intended === 'Free' ? 'Free' : 'Tentative'),
];

import { isAllDayTime, toInstant, windowsIdOf, type IcsEvent, type MeetingTime } from '@daybook/domain';
import { element } from '../../wire/element';
import { isSamePerson, mailboxElement, type Person, type ResponseType } from '../item/attendees';
import type { Fields } from '../item/fields';
import { zoneField } from '../item/item-zones';
import { dayOfText, DAY_MS } from '../recurrence/civil-days';
import { instantOfWall, UTC_ZONE, zoneOfId, type CalendarZone } from '../zones/calendar-zone';
import { dateTimeText } from '../zones/date-texts';

export interface ImportContext {
  readonly owner: Person;
  /** Of the mailbox: where dates and floating times lie. */
  readonly zone: CalendarZone;
  /** Epoch milliseconds. */
  readonly now: number;
}

const SENSITIVITIES: Readonly<Record<IcsEvent['visibility'], string>> = {
  default: 'Normal',
  public: 'Normal',
  private: 'Private',
  confidential: 'Confidential',
};

const RESPONSES: Readonly<Record<IcsEvent['attendees'][number]['response'], ResponseType>> = {
  needsAction: 'Unknown',
  accepted: 'Accept',
  tentative: 'Tentative',
  declined: 'Decline',
  organizer: 'Organizer',
};

const LISTS = { required: 'RequiredAttendees', optional: 'OptionalAttendees', resource: 'Resources' } as const;

/** One entry of a calendar file as fields of an item, not normalised yet and without its rule. */
export function fieldsOfEntry(entry: IcsEvent, context: ImportContext): Fields {
  const cancelled = entry.status === 'cancelled';
  return [
    element('UID', entry.uid),
    element('Subject', entry.title),
    element('Body', bodyOf(entry), { BodyType: 'Text' }),
    element('Sensitivity', SENSITIVITIES[entry.visibility]),
    element('Location', entry.location),
    ...timesOfEntry(entry, context),
    element('IsAllDayEvent', isAllDayTime(entry.start)),
    element(
      'LegacyFreeBusyStatus',
      cancelled || !entry.busy ? 'Free' : entry.status === 'tentative' ? 'Tentative' : 'Busy',
    ),
    element('IsCancelled', cancelled),
    element('AppointmentSequenceNumber', Math.max(0, Math.min(entry.sequence, 1_000_000))),
    element('MeetingRequestWasSent', entry.attendees.length > 0),
    element('ReminderIsSet', false),
    ...peopleOf(entry, context.owner),
  ];
}

/** The zone that an entry is written in; that of the mailbox for dates and for zones that Windows lacks. */
export function zoneOfTime(time: MeetingTime, { zone }: ImportContext): CalendarZone {
  if (isAllDayTime(time)) return zone;
  if (time.timeZone === 'UTC') return UTC_ZONE;
  return zoneOfId(windowsIdOf(time.timeZone) ?? '') ?? zone;
}

/** The instant of a time; that of a date is the midnight of the mailbox's zone. */
export function instantOfTime(time: MeetingTime, { zone }: ImportContext): number {
  if (!isAllDayTime(time)) return toInstant(time.dateTime, time.timeZone);
  return instantOfWall((dayOfText(time.date) ?? 0) * DAY_MS, zone);
}

function timesOfEntry({ start, end }: IcsEvent, context: ImportContext): Fields {
  return [
    element('Start', dateTimeText(instantOfTime(start, context))),
    element('End', dateTimeText(instantOfTime(end, context))),
    zoneField('StartTimeZone', zoneOfTime(start, context)),
    zoneField('EndTimeZone', zoneOfTime(end, context)),
  ];
}

/** EWS has no place for a conference address of its own, so it stands in the text. */
function bodyOf({ description, conferenceUris }: IcsEvent): string {
  const [link] = conferenceUris.filter((uri) => /^https:\/\//i.test(uri));
  return (link === undefined || description.includes(link) ? description : `${description}\n${link}`).trim();
}

function peopleOf({ organizer, attendees }: IcsEvent, owner: Person): Fields {
  const own = organizer === null || isSamePerson(organizer.email, owner.address);
  const person = own
    ? owner
    : { name: organizer.name === '' ? organizer.email : organizer.name, address: organizer.email };
  const answer = attendees.find(({ email }) => isSamePerson(email, owner.address))?.response;
  const lists = (['required', 'optional', 'resource'] as const).map((role) =>
    element(
      LISTS[role],
      attendees
        .filter((one) => one.role === role)
        .map(({ email, name, response }) =>
          element('Attendee', [
            mailboxElement({ name: name === '' ? email : name, address: email }),
            element('ResponseType', RESPONSES[response]),
          ]),
        ),
    ),
  );
  return [
    element('Organizer', [mailboxElement(person)]),
    ...(own ? [] : [element('MyResponseType', myResponse(answer))]),
    ...lists.filter(({ children }) => children.length > 0),
  ];
}

const myResponse = (answer: keyof typeof RESPONSES | undefined): ResponseType =>
  answer === undefined || answer === 'needsAction' ? 'NoResponseReceived' : RESPONSES[answer];

import { childOf, element, textOf, type XmlElement } from '../../wire/element';
import { fieldOf, textField, type Fields } from './fields';

export const ATTENDEE_LISTS = ['RequiredAttendees', 'OptionalAttendees', 'Resources'] as const;
export type AttendeeList = (typeof ATTENDEE_LISTS)[number];
export type ResponseType = 'Unknown' | 'Organizer' | 'Tentative' | 'Accept' | 'Decline' | 'NoResponseReceived';

export interface Person {
  readonly name: string;
  /** As written; compared without regard to case. */
  readonly address: string;
}

export interface InvitedPerson extends Person {
  readonly list: AttendeeList;
  readonly field: XmlElement;
}

/** Everybody invited to an item, in the order of the lists. */
export function attendeesOf(fields: Fields): readonly InvitedPerson[] {
  return ATTENDEE_LISTS.flatMap((list) =>
    (fieldOf(fields, list)?.children ?? []).map((field) => ({ ...personOf(field), list, field })),
  );
}

/** The person in an element that holds a Mailbox: an Attendee, Organizer. */
export function personOf(holder: XmlElement | null): Person {
  const mailbox = childOf(holder, 'Mailbox');
  const address = (textOf(mailbox, 'EmailAddress') ?? '').trim();
  const name = (textOf(mailbox, 'Name') ?? '').trim();
  return { name: name === '' ? address : name, address };
}

/** Whether a client sets a list with somebody in it who is named by no address, nor by the id of a group. */
export function namesNobody(fields: Fields, sent: readonly string[]): boolean {
  return attendeesOf(fields).some(
    ({ address, list, field }) =>
      address === '' && sent.includes(list) && childOf(childOf(field, 'Mailbox'), 'ItemId') === null,
  );
}

export const isSamePerson = (one: string, other: string): boolean =>
  one !== '' && one.trim().toLowerCase() === other.trim().toLowerCase();

export function mailboxElement({ name, address }: Person): XmlElement {
  return element('Mailbox', [
    element('Name', name),
    element('EmailAddress', address),
    element('RoutingType', 'SMTP'),
    element('MailboxType', 'Mailbox'),
  ]);
}

export const organizerOf = (fields: Fields): Person => personOf(fieldOf(fields, 'Organizer'));

/** The attendee lists with each attendee as `change` gives it back; null leaves one out. */
export function mapAttendees(fields: Fields, change: (person: InvitedPerson) => XmlElement | null): Fields {
  const people = attendeesOf(fields);
  const lists = ATTENDEE_LISTS.map((list) => {
    const kept = people.filter((person) => person.list === list).map((person) => change(person));
    return element(list, kept);
  });
  const others = fields.filter(({ name }) => !ATTENDEE_LISTS.some((list) => list === name));
  return [...others, ...lists.filter(({ children }) => children.length > 0)];
}

/** Every attendee has a response: the sent one, else the one known before, else none. */
export function trackedAttendees(fields: Fields, before: Fields | null): Fields {
  const known = new Map((before === null ? [] : attendeesOf(before)).map((one) => [one.address.toLowerCase(), one]));
  return mapAttendees(fields, ({ address, field }) => {
    if (childOf(field, 'ResponseType') !== null) return field;
    const tracked = known.get(address.toLowerCase())?.field.children ?? [element('ResponseType', 'Unknown')];
    const kept = tracked.filter(({ name }) => name !== 'Mailbox');
    return { ...field, children: [...field.children.filter(({ name }) => name === 'Mailbox'), ...kept] };
  });
}

/** The attendee lists of `fields` with what somebody answered (MS-OXOCAL 3.1.4.8.5). */
export function withResponse(
  fields: Fields,
  address: string,
  response: { readonly type: ResponseType; readonly children: readonly XmlElement[] },
): Fields {
  return mapAttendees(fields, (person) =>
    isSamePerson(person.address, address)
      ? {
          ...person.field,
          children: [
            ...person.field.children.filter(({ name }) => name === 'Mailbox'),
            element('ResponseType', response.type),
            ...response.children,
          ],
        }
      : person.field,
  );
}

/** `DisplayTo` and `DisplayCc` as meetings have them. */
export function displayFields(fields: Fields): Fields {
  const names = (list: AttendeeList): string =>
    attendeesOf(fields)
      .filter((person) => person.list === list)
      .map(({ name }) => name)
      .join('; ');
  return [element('DisplayTo', names('RequiredAttendees')), element('DisplayCc', names('OptionalAttendees'))];
}

export const subjectOf = (fields: Fields): string => textField(fields, 'Subject') ?? '';

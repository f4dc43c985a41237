import type { Attendee, AttendeeRole, Person, Response } from '@daybook/domain';
import { asText, type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';

const LONGEST_NAME = 320;
const LONGEST_ADDRESS = 2048;
const SMTP = 'SMTP';
/** Beyond this many the list counts as cut. */
export const MOST_ATTENDEES = 1000;
const NOBODY: readonly Attendee[] = Object.freeze([]);

/** Exchange keeps guests in a list for each role; a letter for each tells in which order they were named. */
export const LISTS = [
  { member: 'RequiredAttendees', role: 'required', letter: 'r' },
  { member: 'OptionalAttendees', role: 'optional', letter: 'o' },
  { member: 'Resources', role: 'resource', letter: 'e' },
] as const satisfies readonly { member: string; role: AttendeeRole; letter: string }[];

/** Who called the meeting: everything has an organizer in Exchange, also what somebody only noted for themselves. */
export function readOrganizer({ Organizer: organizer }: ForeignRecord): Person | null {
  return isRecord(organizer) ? personIn(organizer) : null;
}

/** @param order letters of the lists, as our note keeps them; followed as long as they fit what is there */
export function readAttendees(item: ForeignRecord, order: string | null): readonly Attendee[] {
  const lists = LISTS.map(({ member, role, letter }) => ({ letter, guests: guestsIn(item[member], role) }));
  const all = lists.flatMap(({ guests }) => guests);
  if (all.length === 0) return NOBODY;
  const fits = lists.every(({ letter, guests }) => count(order ?? '', letter) === guests.length);
  return (order !== null && fits ? inOrder(lists, order) : all).slice(0, MOST_ATTENDEES);
}

function inOrder(
  lists: readonly { readonly letter: string; readonly guests: readonly Attendee[] }[],
  order: string,
): readonly Attendee[] {
  const taken = new Map<string, number>();
  return [...order].flatMap((letter) => {
    const at = taken.get(letter) ?? 0;
    taken.set(letter, at + 1);
    return lists.find((one) => one.letter === letter)?.guests[at] ?? [];
  });
}

/** The letters of a guest list; null where Exchange's own order is the same. */
export function orderOf(attendees: readonly Attendee[]): string | null {
  const letters = attendees.map(({ role }) => LISTS.find((one) => one.role === role)?.letter ?? 'r').join('');
  return /^r*o*e*$/.test(letters) ? null : letters;
}

/** The person's own answer. An organizer has none, and what nobody was invited to has none. */
export function ownResponse(item: ForeignRecord): { readonly response?: Response } {
  const given = asText(item['MyResponseType'], 40);
  if (item['IsMeeting'] !== 'true' || ['', 'Unknown', 'Organizer'].includes(given)) return {};
  return { response: responseOf(given) };
}

/** Whether a change of it is the person's to tell others. */
export function isOrganizer(item: ForeignRecord): boolean {
  return item['MyResponseType'] === 'Organizer' || item['IsMeeting'] !== 'true';
}

function guestsIn(value: unknown, role: AttendeeRole): readonly Attendee[] {
  return listOf(value)
    .slice(0, MOST_ATTENDEES)
    .filter(isRecord)
    .map((entry) => ({
      ...(personIn(entry) ?? { name: '', email: '' }),
      response: responseOf(entry['ResponseType']),
      role,
    }));
}

/** Only an SMTP address is one: that of others is a path of Exchange's own directory. */
export function personIn(entry: ForeignRecord): Person | null {
  const mailbox = mailboxIn(entry);
  const email = isMailed(mailbox) ? asText(mailbox.address, LONGEST_NAME) : '';
  const { name } = mailbox;
  return email === '' && name === '' ? null : { name, email };
}

/** Somebody as Exchange has them. */
export interface NamedMailbox {
  readonly name: string;
  /** Of any kind; empty where there is none. */
  readonly address: string;
  /** Of which kind, in Exchange's words: `SMTP`, `EX`. */
  readonly routing: string;
}

export function mailboxIn({ Mailbox: mailbox }: ForeignRecord): NamedMailbox {
  const told = isRecord(mailbox) ? mailbox : {};
  return {
    name: asText(told['Name'], LONGEST_NAME),
    address: asText(told['EmailAddress'], LONGEST_ADDRESS),
    routing: asText(told['RoutingType'], 40) || SMTP,
  };
}

/** Whether mail reaches them wherever it comes from. */
export const isMailed = ({ address, routing }: NamedMailbox): boolean =>
  address !== '' && routing.toUpperCase() === SMTP;

function responseOf(value: unknown): Response {
  switch (value) {
    case 'Accept':
      return 'accepted';
    case 'Decline':
      return 'declined';
    case 'Tentative':
      return 'tentative';
    case 'Organizer':
      return 'organizer';
    default:
      return 'needsAction';
  }
}

const count = (order: string, letter: string): number => [...order].filter((one) => one === letter).length;

/** Whose meeting it is. */
import type { Person } from './meeting';

const normal = (address: string): string =>
  address
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase();

/** Whether two e-mail addresses are the same mailbox: case and a `mailto:` do not count. */
export function sameAddress(one: string, other: string): boolean {
  return normal(one) !== '' && normal(one) === normal(other);
}

/** Whether an address is one of a person's own: sign-in, account of a connection, alias. */
export function isOwnAddress(email: string, own: readonly string[]): boolean {
  return own.some((address) => sameAddress(address, email));
}

/** Whether the viewer hosts the meeting: by the organiser's address; without an organiser the calendar's owner hosts. */
export function hostIsMe(organizer: Person | null, own: readonly string[], ownsCalendar: boolean): boolean {
  if (organizer === null || organizer.email.trim() === '') return ownsCalendar;
  return isOwnAddress(organizer.email, own);
}

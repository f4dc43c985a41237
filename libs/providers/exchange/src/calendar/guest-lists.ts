import { type Attendee, sameAddress } from '@daybook/domain';
import { type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import { fieldPath } from './item-fields';
import type { FieldWrite } from './field-write';
import { LISTS, personIn } from './item-people';

/**
 * The lists of guests: ours, whole, each for its role. Exchange replaces its lists by these; what a guest answered is Exchange's
 * own and not written. Somebody without an address cannot be named to Exchange: those it has stay, new ones are left out.
 * @param now the item as Exchange has it; null of a new one
 */
export function guestLists(attendees: readonly Attendee[], now: ForeignRecord | null): readonly FieldWrite[] {
  const there = LISTS.flatMap(({ member }) => listOf(now?.[member]).filter(isRecord));
  return LISTS.flatMap(({ member, role }): readonly FieldWrite[] => {
    const named = attendees.filter((attendee) => attendee.role === role && attendee.email !== '');
    const before = listOf(now?.[member]).filter(isRecord);
    const nameless = before.map(personIn).filter((person) => person?.email === '' && person.name !== '');
    const guests = [
      ...named.map(({ email, name }) => guest(name || nameAmong(there, email), email)),
      ...nameless.map((person) => guest(person?.name ?? '', '')),
    ];
    const path = fieldPath(`calendar:${member}`);
    if (guests.length > 0) return [{ name: member, path, value: markup(`t:${member}`, {}, guests) }];
    return before.length === 0 ? [] : [{ name: member, path, value: null }];
  });
}

function guest(name: string, email: string): Markup {
  return markup('t:Attendee', {}, [
    markup('t:Mailbox', {}, [
      ...(name === '' ? [] : [markup('t:Name', {}, name)]),
      ...(email === '' ? [] : [markup('t:EmailAddress', {}, email), markup('t:RoutingType', {}, 'SMTP')]),
    ]),
  ]);
}

function nameAmong(entries: readonly ForeignRecord[], email: string): string {
  const known = entries.map(personIn).find((person) => person !== null && sameAddress(person.email, email));
  return known?.name ?? '';
}

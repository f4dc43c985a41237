import { type Attendee, sameAddress } from '@daybook/domain';
import { type ForeignRecord, isRecord, listOf, ProviderError } from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import { fieldPath } from './item-fields';
import type { FieldWrite } from './field-write';
import { isMailed, LISTS, mailboxIn, type NamedMailbox } from './item-people';

/**
 * The lists of guests: ours, whole, each for its role. Exchange replaces its lists by these; what a guest answered is Exchange's
 * own and not written. Somebody without an SMTP address cannot be named by us: those it has stay as it has them, new ones are
 * left out. One without any address it does not take back, so that a list with such a one stays as it is, or is refused.
 * @param now the item as Exchange has it; null of a new one
 * @throws ProviderError Rejected
 */
export function guestLists(attendees: readonly Attendee[], now: ForeignRecord | null): readonly FieldWrite[] {
  const there = LISTS.flatMap(({ member }) => mailboxesIn(now, member));
  return LISTS.flatMap(({ member, role }): readonly FieldWrite[] => {
    const named = attendees.filter((attendee) => attendee.role === role && attendee.email !== '');
    const before = mailboxesIn(now, member);
    if (before.some(({ address }) => address === '')) {
      if (isSame(named, before)) return [];
      throw withoutAddress();
    }
    const guests = [
      ...named.map(({ email, name }) => ({ name: name || nameAmong(there, email), address: email, routing: 'SMTP' })),
      ...before.filter((mailbox) => !isMailed(mailbox)),
    ];
    const path = fieldPath(`calendar:${member}`);
    if (guests.length > 0) return [{ name: member, path, value: markup(`t:${member}`, {}, guests.map(guest)) }];
    return before.length === 0 ? [] : [{ name: member, path, value: null }];
  });
}

/**
 * Guests of an occurrence that Exchange is about to forget, if they can be written on it again.
 * @param item the occurrence
 * @param master its series, whose guests it has then
 * @throws ProviderError Rejected
 */
export function guestsAgain(
  attendees: readonly Attendee[],
  item: ForeignRecord,
  master: ForeignRecord,
): readonly Attendee[] {
  if (JSON.stringify(unnamed(item)) !== JSON.stringify(unnamed(master))) throw withoutAddress();
  guestLists(attendees, master);
  return attendees;
}

const unnamed = (item: ForeignRecord): readonly (readonly NamedMailbox[])[] =>
  LISTS.map(({ member }) => mailboxesIn(item, member).filter((mailbox) => !isMailed(mailbox)));

function mailboxesIn(item: ForeignRecord | null, member: string): readonly NamedMailbox[] {
  return listOf(item?.[member]).filter(isRecord).map(mailboxIn);
}

/** Whether a list names those with an address as Exchange does already. */
function isSame(named: readonly Attendee[], before: readonly NamedMailbox[]): boolean {
  const mailed = before.filter(isMailed);
  return (
    mailed.length === named.length &&
    mailed.every(({ address, name }, index) => {
      const other = named[index];
      return other !== undefined && sameAddress(other.email, address) && (other.name === '' || other.name === name);
    })
  );
}

function guest({ name, address, routing }: NamedMailbox): Markup {
  return markup('t:Attendee', {}, [
    markup('t:Mailbox', {}, [
      ...(name === '' ? [] : [markup('t:Name', {}, name)]),
      markup('t:EmailAddress', {}, address),
      markup('t:RoutingType', {}, routing),
    ]),
  ]);
}

function nameAmong(mailboxes: readonly NamedMailbox[], email: string): string {
  return mailboxes.find(({ address }) => sameAddress(address, email))?.name ?? '';
}

const withoutAddress = (): ProviderError =>
  new ProviderError('Rejected', { detail: 'a guest without an address', because: 'guest_without_address' });

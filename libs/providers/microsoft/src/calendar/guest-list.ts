import { type Attendee, sameAddress } from '@daybook/domain';
import { asText, type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';

/**
 * `attendees` of an event: ours, whole. Graph replaces its list by this one; what a guest answered is Graph's own and not
 * written. Somebody without an address cannot be named to Graph: those it has stay, new ones are left out.
 */
export function guestList(attendees: readonly Attendee[], now: unknown): object[] {
  const there = listOf(now).filter(isRecord);
  const named = attendees.filter(({ email }) => email !== '');
  const nameless = there.filter((entry) => addressOf(entry) === '');
  return [...named.map((attendee) => guest(attendee, there)), ...nameless];
}

function guest({ email, name, role }: Attendee, there: readonly ForeignRecord[]): object {
  const known = there.find((entry) => sameAddress(addressOf(entry), email));
  const called = name || nameOf(known);
  return { type: role, emailAddress: { address: email, ...(called === '' ? {} : { name: called }) } };
}

function addressOf(entry: ForeignRecord): string {
  const { emailAddress } = entry;
  return isRecord(emailAddress) ? asText(emailAddress['address'], 320) : '';
}

function nameOf(entry: ForeignRecord | undefined): string {
  const emailAddress = entry?.['emailAddress'];
  return isRecord(emailAddress) ? asText(emailAddress['name'], 320) : '';
}

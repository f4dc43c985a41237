/**
 * People as the server's directory knows them.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/resolvenames-operation.
 */
import { asText, type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';
import { markup } from '../transport/markup';
import type { OneOperation } from '../transport/one-call';
import { list, record, text, textWith } from '../transport/record-shape';

const MOST_PEOPLE = 3;
const MOST_ALIASES = 50;
const LONGEST_ADDRESS = 254;

export interface KnownPerson {
  readonly address: string;
  readonly aliases: readonly string[];
  readonly name: string;
}

const PERSON = record({
  Mailbox: record({ Name: text(256), EmailAddress: text(), RoutingType: text(20) }),
  Contact: record({ DisplayName: text(256), EmailAddresses: list({ Entry: textWith('Key') }) }),
});

export function resolveNames(name: string): OneOperation {
  return {
    name: 'ResolveNames',
    content: { ResolutionSet: list({ Resolution: PERSON }) },
    request: () =>
      markup('m:ResolveNames', { ReturnFullContactData: true, SearchScope: 'ActiveDirectory' }, [
        markup('m:UnresolvedEntry', {}, name),
      ]),
  };
}

/** Who is meant, the likeliest first; those without an address are left out. */
export function peopleIn(content: ForeignRecord): readonly KnownPerson[] {
  return listOf(content['ResolutionSet']).filter(isRecord).flatMap(personIn).slice(0, MOST_PEOPLE);
}

function personIn(resolution: ForeignRecord): readonly KnownPerson[] {
  const mailbox = memberOf(resolution, 'Mailbox');
  const contact = memberOf(resolution, 'Contact');
  const entries = listOf(contact['EmailAddresses'])
    .filter(isRecord)
    .map((entry) => asText(entry['text'], LONGEST_ADDRESS + 5).trim());
  // The primary one is written large: learn.microsoft.com/exchange/recipients/user-mailboxes/email-addresses.
  const primary = entries.find((entry) => entry.startsWith('SMTP:'));
  const told = asText(mailbox['EmailAddress'], LONGEST_ADDRESS);
  const address = addressIn(told) ?? addressIn(primary ?? '');
  if (address === null) return [];
  const aliases = entries.flatMap((entry) => addressIn(entry) ?? []).filter((entry) => !isSame(entry, address));
  const name = asText(contact['DisplayName'], 256) || asText(mailbox['Name'], 256);
  return [{ address, aliases: [...new Set(aliases)].slice(0, MOST_ALIASES), name }];
}

/** Of `smtp:ada@example.com` or the bare address; null for names of other directories. */
function addressIn(entry: string): string | null {
  const bare = entry.replace(/^smtp:/i, '');
  return /^[^\s@:/]+@[^\s@:/]+$/.test(bare) ? bare : null;
}

export const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const memberOf = (parent: ForeignRecord, name: string): ForeignRecord => {
  const member = parent[name];
  return isRecord(member) ? member : {};
};

import { createHash } from 'node:crypto';
import type { MailboxRecord } from '../../mailbox/records';
import { element, type XmlElement } from '../../wire/element';
import type { DirectorySurroundings } from '../directory-around';
import type { NameTest } from './name-match';
import type { Resolving } from './resolve-names';

/** People of the organisation that a name fits, as `Resolution`s. */
export function directoryPeople(around: DirectorySurroundings, test: NameTest, { isFull }: Resolving): XmlElement[] {
  return around.store.mailboxes
    .values()
    .filter(({ displayName, email }) => test({ displayName, addresses: [email] }))
    .map((mailbox) =>
      element('Resolution', [mailboxOf(mailbox, 'Mailbox'), isFull ? directoryContact(mailbox) : null]),
    );
}

/** A mailbox as answers name it: name and address. */
export const mailboxOf = ({ displayName, email }: MailboxRecord, name: string): XmlElement =>
  element(name, [
    element('Name', displayName),
    element('EmailAddress', email),
    element('RoutingType', 'SMTP'),
    element('MailboxType', 'Mailbox'),
  ]);

/** Addresses of the directory have their kind before them, as real servers write them. */
function directoryContact({ displayName, email }: MailboxRecord): XmlElement {
  const words = displayName.split(' ');
  const surname = words.length > 1 ? (words.at(-1) ?? '') : '';
  const entry = element('Entry', `SMTP:${email}`, { Key: 'EmailAddress1' });
  return element('Contact', [
    element('DisplayName', displayName),
    element('GivenName', words.slice(0, Math.max(1, words.length - 1)).join(' ')),
    surname === '' ? null : element('Surname', surname),
    element('EmailAddresses', [entry]),
    element('ContactSource', 'ActiveDirectory'),
    element('Alias', email.split('@')[0] ?? email),
    element('DirectoryId', `<GUID=${guidOf(email)}>`),
  ]);
}

/** The same address has the same id in the directory. */
function guidOf(email: string): string {
  const hex = createHash('sha256').update(email).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

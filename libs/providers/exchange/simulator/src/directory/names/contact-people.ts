import { readItemShape, shapedItem } from '../../items/item-shape';
import { wholeItem } from '../../items/item-view';
import { itemId } from '../../items/named-items';
import type { FolderRecord, ItemRecord } from '../../mailbox/records';
import { childOf, element, textOf, type XmlElement } from '../../wire/element';
import type { DirectorySurroundings } from '../directory-around';
import type { NameTest } from './name-match';
import type { Resolving } from './resolve-names';

/** Contacts and lists of a folder that a name fits, as `Resolution`s: one for each address of a contact. */
export function contactPeople(
  around: DirectorySurroundings,
  folder: FolderRecord,
  { test, resolving }: { readonly test: NameTest; readonly resolving: Resolving },
): XmlElement[] {
  return around.store
    .itemsIn(folder.key)
    .filter(({ kind, associated }) => !associated && (kind === 'Contact' || kind === 'DistributionList'))
    .flatMap((item) => resolutionsOf(around, item, { test, resolving }));
}

function resolutionsOf(
  around: DirectorySurroundings,
  item: ItemRecord,
  { test, resolving }: { readonly test: NameTest; readonly resolving: Resolving },
): XmlElement[] {
  const own = element(item.kind, item.fields);
  const displayName = nameOf(own);
  const addresses = addressesOf(own);
  if (!test({ displayName, addresses })) return [];
  const id = itemId(around, { item, day: null });
  if (item.kind === 'DistributionList') return [element('Resolution', [listMailbox(displayName, id)])];
  const contact = resolving.isFull ? contactOf(around, item, resolving) : null;
  return addresses.map((address) => element('Resolution', [contactMailbox({ displayName, address, id }), contact]));
}

const nameOf = (contact: XmlElement): string => {
  const names = ['GivenName', 'Surname'].map((name) => textOf(contact, name) ?? '').filter((name) => name !== '');
  return textOf(contact, 'DisplayName') ?? (names.length > 0 ? names.join(' ') : (textOf(contact, 'FileAs') ?? ''));
};

const addressesOf = (contact: XmlElement): string[] =>
  (childOf(contact, 'EmailAddresses')?.children ?? []).map(({ text }) => text.trim()).filter((text) => text !== '');

interface ContactAddress {
  readonly displayName: string;
  readonly address: string;
  readonly id: XmlElement;
}

const contactMailbox = ({ displayName, address, id }: ContactAddress): XmlElement =>
  element('Mailbox', [
    element('Name', displayName === '' ? address : displayName),
    element('EmailAddress', address),
    element('RoutingType', 'SMTP'),
    element('MailboxType', 'Contact'),
    id,
  ]);

/** A list of somebody's own has no address: it is expanded by its id. */
const listMailbox = (displayName: string, id: XmlElement): XmlElement =>
  element('Mailbox', [
    element('Name', displayName),
    element('RoutingType', 'MAPIPDL'),
    element('MailboxType', 'PrivateDL'),
    id,
  ]);

function contactOf(around: DirectorySurroundings, item: ItemRecord, { base, call }: Resolving): XmlElement {
  const shape = readItemShape(element('ItemShape', [element('BaseShape', base)]));
  const whole = wholeItem(around, { item, day: null }, call);
  const source = element('ContactSource', 'Store');
  return shapedItem({ ...whole, children: [...whole.children, source] }, shape, false);
}

import type { UnreadablePart } from '@daybook/domain';
import { isSameElement } from '../../calendar/item/fields';
import type { ItemSurroundings } from '../../items/item-around';
import { changeItem, storeItem } from '../../items/store-item';
import { keyFor } from '../../mailbox/ids';
import { noMailbox } from '../../mailbox/refusals';
import type { Call } from '../../soap/operation';
import { element } from '../../wire/element';
import { cardToContact, type ImportedContact } from './card-to-contact';
import { CardScanner } from './vcard-cards';

export interface ContactImportPlace {
  readonly around: ItemSurroundings;
  readonly call: Call;
}

const MOST_COMPLAINTS = 1_000;

/**
 * Loads a file of cards (vCard 2.1, 3.0, 4.0) into the contacts of a mailbox. Loaded again it brings the same contacts up to date;
 * of several cards of one UID the one that was changed last counts. Never throws for what a file contains.
 */
export function importContacts(
  text: string,
  { around, call }: ContactImportPlace,
): { readonly imported: number; readonly unreadable: UnreadablePart[] } {
  const folder = around.store.distinguished(call.mailbox, 'contacts');
  if (folder === undefined) throw noMailbox();
  const { cards, unreadable } = new CardScanner().scan(text);
  const contacts = new Map<string, ImportedContact>();
  for (const card of cards) {
    const read = cardToContact(card);
    unreadable.push(...read.unreadable);
    if (read.contact === null) continue;
    const name = read.contact.uid ?? JSON.stringify(read.contact.fields);
    const before = contacts.get(name);
    if (before === undefined || !isNewer(before, read.contact)) contacts.set(name, read.contact);
  }
  if (cards.length === 0 && unreadable.length === 0) {
    unreadable.push({ line: 1, reason: 'this is not a file of cards (no BEGIN:VCARD)' });
  }
  for (const [name, { fields }] of contacts) {
    const key = keyFor(`${call.mailbox} vcf ${name}`);
    const before = around.store.items.get(key);
    if (before === undefined) storeItem(around, { folder, kind: 'Contact', key, fields }, call);
    else if (!isSameElement(element('', before.fields), element('', fields))) {
      changeItem(around, before, { change: { fields, series: null, onlyReadFlag: false }, call });
    }
  }
  const told = unreadable.sort((one, other) => one.line - other.line).slice(0, MOST_COMPLAINTS);
  return { imported: contacts.size, unreadable: told };
}

const isNewer = (one: ImportedContact, other: ImportedContact): boolean =>
  one.revision !== null && other.revision !== null && one.revision > other.revision;

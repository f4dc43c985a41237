import { seedPeople, type SeedPerson } from '@daybook/simulator-kit';
import type { ItemSurroundings } from '../items/item-around';
import { storeItem } from '../items/store-item';
import { keyFor } from '../mailbox/ids';
import { noMailbox } from '../mailbox/refusals';
import type { Call } from '../soap/operation';
import { element, type XmlElement } from '../wire/element';

/** Fills the contacts of a mailbox with generated people; the same order gives the same ids. */
export function seedContacts(
  order: { readonly contacts: number; readonly seed: number },
  { around, call }: { readonly around: ItemSurroundings; readonly call: Call },
): void {
  const folder = around.store.distinguished(call.mailbox, 'contacts');
  if (folder === undefined) throw noMailbox();
  for (const person of seedPeople(order)) {
    const key = keyFor(`${call.mailbox} seed contact ${order.seed} ${person.index}`);
    storeItem(around, { folder, kind: 'Contact', fields: fieldsOf(person), key }, call);
  }
}

function fieldsOf({ givenName, surname, company, jobTitle, emails, phones }: SeedPerson): XmlElement[] {
  const entry = (key: string, text: string): XmlElement => element('Entry', text, { Key: key });
  const numbers = [
    entry('BusinessPhone', phones.work),
    ...(phones.mobile === null ? [] : [entry('MobilePhone', phones.mobile)]),
  ];
  return [
    element('GivenName', givenName),
    element('Surname', surname),
    element('FileAs', `${surname}, ${givenName}`),
    ...(company === '' ? [] : [element('CompanyName', company)]),
    ...(jobTitle === '' ? [] : [element('JobTitle', jobTitle)]),
    element(
      'EmailAddresses',
      emails.map((email, index) => entry(`EmailAddress${index + 1}`, email)),
    ),
    element('PhoneNumbers', numbers),
  ];
}

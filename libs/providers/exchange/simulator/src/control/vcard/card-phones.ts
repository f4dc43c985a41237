import { element, type XmlElement } from '../../wire/element';
import { freeKey, type Placing } from './placing';
import type { VcardProperty } from './vcard-property';

/**
 * Which numbers of a contact a telephone may become, by the words it is described with: the first row that has one of them, all of
 * them where `and` names more. Source: the values of `PhoneNumberKeyType`; RFC 6350, 6.4.1; vCard 2.1, 2.3.1; labels of Apple and Outlook.
 */
const ROWS: readonly { readonly words: readonly string[]; readonly and?: string; readonly keys: readonly string[] }[] =
  [
    { words: ['fax', 'homefax', 'home fax'], and: 'home', keys: ['HomeFax', 'OtherFax'] },
    { words: ['homefax', 'home fax'], keys: ['HomeFax', 'OtherFax'] },
    { words: ['fax', 'workfax', 'work fax'], and: 'work', keys: ['BusinessFax', 'OtherFax'] },
    { words: ['workfax', 'work fax'], keys: ['BusinessFax', 'OtherFax'] },
    { words: ['fax', 'otherfax', 'other fax'], keys: ['OtherFax', 'BusinessFax'] },
    { words: ['pager', 'beeper'], keys: ['Pager'] },
    { words: ['car'], keys: ['CarPhone', 'OtherTelephone'] },
    { words: ['cell', 'mobile', 'iphone'], keys: ['MobilePhone', 'OtherTelephone', 'PrimaryPhone'] },
    { words: ['isdn'], keys: ['Isdn', 'OtherTelephone'] },
    { words: ['telex', 'tlx', 'x-telex'], keys: ['Telex'] },
    { words: ['radio', 'x-radio', 'x-evolution-radio'], keys: ['RadioPhone', 'OtherTelephone'] },
    { words: ['textphone', 'tty', 'ttytdd', 'tty-tdd', 'x-evolution-ttytdd'], keys: ['TtyTddPhone', 'OtherTelephone'] },
    { words: ['assistant', 'x-assistant', 'x-evolution-assistant'], keys: ['AssistantPhone', 'OtherTelephone'] },
    { words: ['callback', 'x-callback', 'x-evolution-callback'], keys: ['Callback', 'OtherTelephone'] },
    { words: ['company', 'x-company', 'x-evolution-company'], keys: ['CompanyMainPhone', 'BusinessPhone2'] },
    { words: ['home'], keys: ['HomePhone', 'HomePhone2', 'OtherTelephone'] },
    { words: ['work'], keys: ['BusinessPhone', 'BusinessPhone2', 'OtherTelephone'] },
    { words: ['pref', 'main'], keys: ['PrimaryPhone', 'OtherTelephone'] },
  ];
const UNDESCRIBED = ['OtherTelephone', 'PrimaryPhone'];

/** The telephone numbers of a card, each as it was written; null where there are none. */
export function phoneNumbers(phones: readonly VcardProperty[], placing: Placing): XmlElement | null {
  const entries: XmlElement[] = [];
  const taken = new Set<string>();
  for (const phone of phones) {
    const number = numberOf(phone);
    if (number === '') continue;
    const key = freeKey(keysOf(placing.wordsOf(phone)), taken);
    if (key === null) placing.complain(phone.line, 'the contact has no room for another telephone number of this kind');
    else entries.push(element('Entry', number, { Key: key }));
  }
  return entries.length === 0 ? null : element('PhoneNumbers', entries);
}

const keysOf = (words: ReadonlySet<string>): readonly string[] =>
  ROWS.find((row) => row.words.some((word) => words.has(word)) && (row.and === undefined || words.has(row.and)))
    ?.keys ?? UNDESCRIBED;

/** Version 4.0 writes addresses (RFC 3966): `tel:+49-30-5550100;ext=12`. */
function numberOf({ values }: VcardProperty): string {
  const text = values.join(',').trim();
  if (!/^tel:/i.test(text)) return text;
  const [number = '', ...parameters] = text.slice(4).split(';');
  const extension = parameters.find((one) => /^ext=/i.test(one))?.slice(4);
  return extension === undefined ? number : `${number} ext. ${extension}`;
}

import { element, type XmlElement } from '../../wire/element';
import { freeKey, type Placing, preferredFirst } from './placing';
import type { VcardProperty } from './vcard-property';

const IM_NAMES = [
  'impp',
  'x-aim',
  'x-icq',
  'x-jabber',
  'x-msn',
  'x-yahoo',
  'x-skype',
  'x-skype-username',
  'x-ms-imaddress',
];

export const isImAddress = ({ name }: VcardProperty): boolean => IM_NAMES.includes(name);

/** Mail addresses of a card, the preferred one first; null where there are none. */
export const emailAddresses = (emails: readonly VcardProperty[], placing: Placing): XmlElement | null =>
  threeOf(emails, { list: 'EmailAddresses', key: 'EmailAddress', what: 'mail address' }, placing);

/** Addresses for messages, with the scheme that says of which service: `xmpp:ada@example.com`. */
export const imAddresses = (addresses: readonly VcardProperty[], placing: Placing): XmlElement | null =>
  threeOf(addresses, { list: 'ImAddresses', key: 'ImAddress', what: 'address for messages' }, placing);

interface Kind {
  readonly list: string;
  readonly key: string;
  readonly what: string;
}

/** A contact has three of each (`EmailAddressKeyType`, `ImAddressKeyType`). */
function threeOf(given: readonly VcardProperty[], { list, key, what }: Kind, placing: Placing): XmlElement | null {
  const texts = new Map<string, number>();
  for (const { line, values } of preferredFirst(given)) {
    const text = values
      .join(',')
      .trim()
      .replace(/^mailto:/i, '');
    if (text !== '' && !texts.has(text)) texts.set(text, line);
  }
  const all = [...texts];
  for (const [, line] of all.slice(3)) placing.complain(line, `the contact has no room for a fourth ${what}`);
  if (all.length === 0) return null;
  return element(
    list,
    all.slice(0, 3).map(([text], index) => element('Entry', text, { Key: `${key}${index + 1}` })),
  );
}

/** Postal addresses of a card, one of each kind (`PhysicalAddressKeyType`); null where there are none. */
export function postalAddresses(addresses: readonly VcardProperty[], placing: Placing): XmlElement | null {
  const entries: XmlElement[] = [];
  const taken = new Set<string>();
  for (const address of preferredFirst(addresses)) {
    const parts = partsOf(address);
    if (parts.length === 0) continue;
    const words = placing.wordsOf(address);
    const key = freeKey([...(words.has('home') ? ['Home'] : words.has('work') ? ['Business'] : []), 'Other'], taken);
    if (key === null) placing.complain(address.line, 'the contact has no room for another address of this kind');
    else entries.push(element('Entry', parts, { Key: key }));
  }
  return entries.length === 0 ? null : element('PhysicalAddresses', entries);
}

function partsOf({ components }: VcardProperty): XmlElement[] {
  const [box, extended, street, city, state, postalCode, country] = components.map((texts) => texts.join(', ').trim());
  const lines = [box, extended, street].filter((text) => text !== undefined && text !== '').join('\n');
  const parts = [
    ['Street', lines],
    ['City', city],
    ['State', state],
    ['CountryOrRegion', country],
    ['PostalCode', postalCode],
  ] as const;
  return parts.flatMap(([name, text]) => (text === undefined || text === '' ? [] : [element(name, text)]));
}

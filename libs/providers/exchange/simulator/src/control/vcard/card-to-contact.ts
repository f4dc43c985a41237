import { isCivilDate, type UnreadablePart } from '@daybook/domain';
import type { Fields } from '../../items/places';
import { element, type XmlElement } from '../../wire/element';
import { emailAddresses, imAddresses, isImAddress, postalAddresses } from './card-addresses';
import { phoneNumbers } from './card-phones';
import type { Placing } from './placing';
import type { Vcard } from './vcard-cards';
import { readVcardProperty, VcardFault, type VcardProperty } from './vcard-property';

export interface ImportedContact {
  /** As the card names itself; null where it does not. */
  readonly uid: string | null;
  /** When it was changed (REV), epoch milliseconds; null where it does not say. */
  readonly revision: number | null;
  readonly fields: Fields;
}

export interface ReadCard {
  /** Null where the card is none that could be a contact. */
  readonly contact: ImportedContact | null;
  readonly unreadable: readonly UnreadablePart[];
}

const LONGEST_TEXT = 1_000;
const LONGEST_NOTE = 64_000;
const NAME_OF_GROUP = /^_\$!<(.*)>!\$_$/;

/** A card as the fields of a contact, with what had no place in one. Never throws for what a card contains. */
export function cardToContact(card: Vcard): ReadCard {
  const unreadable: UnreadablePart[] = [];
  const complain = (line: number, reason: string): void => void unreadable.push({ line, reason });
  const properties = propertiesOf(card, complain);
  const find = (...names: readonly string[]): VcardProperty | undefined =>
    properties.find(({ name }) => names.includes(name));
  if (isGroup(find('kind', 'x-addressbookserver-kind'))) {
    complain(card.line, 'a group of contacts is no contact');
    return { contact: null, unreadable };
  }
  const reading: Reading = { properties, find, placing: { wordsOf: wordsIn(properties), complain } };
  const fields = [...nameFields(reading), ...reachFields(reading), ...otherFields(reading)];
  if (!fields.some(({ name }) => NAMING.has(name))) {
    complain(card.line, 'the card names nobody');
    return { contact: null, unreadable };
  }
  return { contact: { uid: textOf(find('uid')) || null, revision: revisionOf(find('rev')), fields }, unreadable };
}

interface Reading {
  readonly properties: readonly VcardProperty[];
  find(...names: readonly string[]): VcardProperty | undefined;
  readonly placing: Placing;
}

const NAMING = new Set(['DisplayName', 'CompanyName', 'EmailAddresses', 'PhoneNumbers', 'Nickname']);

function propertiesOf({ lines, version }: Vcard, complain: Placing['complain']): readonly VcardProperty[] {
  return lines.flatMap((line) => {
    try {
      return [readVcardProperty(line, version)];
    } catch (error) {
      complain(line.number, error instanceof VcardFault ? error.message : 'the line cannot be read');
      return [];
    }
  });
}

const isGroup = (kind: VcardProperty | undefined): boolean => textOf(kind).toLowerCase() === 'group';

/** Address books name the kind of what is in a group by a label beside it (`item1.X-ABLabel`). */
function wordsIn(properties: readonly VcardProperty[]): Placing['wordsOf'] {
  const labels = new Map(
    properties.flatMap((one) =>
      one.name === 'x-ablabel' && one.group !== ''
        ? [[one.group, textOf(one).replace(NAME_OF_GROUP, '$1').toLowerCase()] as const]
        : [],
    ),
  );
  return ({ types, group }) => new Set([...types, ...(labels.has(group) ? [labels.get(group) ?? ''] : [])]);
}

function nameFields({ find }: Reading): Fields {
  const [family, given, middle, , suffix] = (find('n')?.components ?? []).map((texts) => bounded(texts.join(' ')));
  const [company, ...departments] = (find('org')?.components ?? []).map((texts) => bounded(texts.join(', ')));
  const full = textOf(find('fn')) || [given, middle, family, suffix].filter(Boolean).join(' ') || (company ?? '');
  const isFiledByParts = Boolean(family) || Boolean(given);
  return filled([
    ['Subject', full],
    ['FileAs', isFiledByParts ? '' : full],
    ['DisplayName', full],
    ['GivenName', given],
    ['MiddleName', middle],
    ['Surname', family],
    ['Generation', suffix],
    ['Nickname', textOf(find('nickname'))],
    ['CompanyName', company],
    ['Department', departments.filter((text) => text !== '').join(', ')],
    ['JobTitle', textOf(find('title'))],
    ['Profession', textOf(find('role'))],
    ['Manager', textOf(find('x-manager', 'x-ms-manager', 'x-evolution-manager'))],
    ['AssistantName', textOf(find('x-assistant', 'x-ms-assistant', 'x-evolution-assistant'))],
    ['SpouseName', textOf(find('x-spouse', 'x-ms-spouse', 'x-evolution-spouse'))],
  ]);
}

function reachFields({ properties, placing }: Reading): Fields {
  const named = (name: string): readonly VcardProperty[] => properties.filter((one) => one.name === name);
  const [page, ...pages] = named('url');
  for (const { line } of pages) placing.complain(line, 'the contact has no room for another web page');
  const lists = [
    emailAddresses(named('email'), placing),
    phoneNumbers(named('tel'), placing),
    postalAddresses(named('adr'), placing),
    imAddresses(properties.filter(isImAddress), placing),
  ];
  const address = textOf(page).replace(/\s+/g, '%20');
  return [...filled([['BusinessHomePage', address]]), ...lists.filter((list) => list !== null)];
}

const SENSITIVITY: Readonly<Record<string, string>> = { private: 'Private', confidential: 'Confidential' };

function otherFields({ properties, find, placing }: Reading): Fields {
  const notes = properties.filter(({ name }) => name === 'note').map(({ values }) => values.join(','));
  const note = notes
    .filter((text) => text.trim() !== '')
    .join('\n\n')
    .slice(0, LONGEST_NOTE);
  const categories = properties.filter(({ name }) => name === 'categories').flatMap(({ values }) => values);
  const named = [...new Set(categories.map((text) => bounded(text.trim())).filter((text) => text !== ''))];
  return [
    ...filled([
      ['Birthday', dayOf(find('bday'), placing)],
      [
        'WeddingAnniversary',
        dayOf(find('anniversary', 'x-anniversary', 'x-ms-anniversary', 'x-evolution-anniversary'), placing),
      ],
      ['Sensitivity', SENSITIVITY[textOf(find('class')).toLowerCase()]],
    ]),
    ...(note === '' ? [] : [element('Body', note, { BodyType: 'Text' })]),
    ...(named.length === 0
      ? []
      : [
          element(
            'Categories',
            named.map((text) => element('String', text)),
          ),
        ]),
  ];
}

/** Exchange knows whole dates alone, as midnight UTC. */
function dayOf(property: VcardProperty | undefined, { complain }: Placing): string {
  const text = textOf(property);
  if (property === undefined || text === '') return '';
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?:T|$)/.exec(text) ?? [];
  const date = `${year ?? ''}-${month ?? ''}-${day ?? ''}`;
  if (isCivilDate(date)) return `${date}T00:00:00Z`;
  complain(property.line, `"${text.slice(0, 40)}" is no whole date`);
  return '';
}

function revisionOf(property: VcardProperty | undefined): number | null {
  const text = textOf(property).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6');
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}

const bounded = (text: string): string => text.trim().slice(0, LONGEST_TEXT);

const textOf = (property: VcardProperty | undefined): string => bounded(property?.values.join(',') ?? '');

const filled = (given: readonly (readonly [name: string, text: string | undefined])[]): XmlElement[] =>
  given.flatMap(([name, text]) => (text ? [element(name, text)] : []));

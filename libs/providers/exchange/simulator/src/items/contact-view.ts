import { element, textOf, type XmlElement } from '../wire/element';
import type { Fields } from './places';

/** What the server adds to a contact that does not say it itself: names, and what a list entry is an address of. */
export function wholeContact(fields: Fields): Fields {
  const contact = element('Contact', fields);
  const names = namesOf(contact);
  const fileAs = textOf(contact, 'FileAs') ?? filedAs(names, textOf(contact, 'FileAsMapping') ?? 'LastCommaFirst');
  const displayName = textOf(contact, 'DisplayName') ?? joined(names.first, names.middle, names.last, names.suffix);
  const computed = [
    fileAs === '' ? null : element('FileAs', fileAs),
    displayName === '' ? null : element('DisplayName', displayName),
    completeName(contact, displayName),
    element('HasPicture', false),
  ];
  const added = computed.flatMap((one) => (one === null ? [] : [one]));
  const replaced = new Set(added.map(({ name }) => name));
  const own = fields.filter(({ name }) => !replaced.has(name));
  return [...own.map((field) => (field.name === 'EmailAddresses' ? addressed(field) : field)), ...added];
}

interface Names {
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  readonly suffix: string;
  readonly company: string;
  readonly display: string;
}

const namesOf = (contact: XmlElement): Names => ({
  first: textOf(contact, 'GivenName') ?? '',
  middle: textOf(contact, 'MiddleName') ?? '',
  last: textOf(contact, 'Surname') ?? '',
  suffix: textOf(contact, 'Generation') ?? '',
  company: textOf(contact, 'CompanyName') ?? '',
  display: textOf(contact, 'DisplayName') ?? '',
});

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
const withComma = (one: string, other: string): string => [one, other].filter((part) => part !== '').join(', ');
const inLines = (one: string, other: string): string => [one, other].filter((part) => part !== '').join('\r\n');

/** The name to file a contact under. Source: the values of `FileAsMappingType`. */
function filedAs(names: Names, mapping: string): string {
  const { first, middle, last, suffix, company, display } = names;
  const lastCommaFirst = withComma(last, joined(first, middle));
  const forms: Readonly<Record<string, string>> = {
    LastCommaFirst: lastCommaFirst === '' ? company : lastCommaFirst,
    FirstSpaceLast: joined(first, middle, last, suffix),
    Company: company,
    LastCommaFirstCompany: inLines(lastCommaFirst, company),
    CompanyLastCommaFirst: inLines(company, lastCommaFirst),
    LastFirst: joined(last, first, middle).replaceAll(' ', ''),
    LastFirstCompany: inLines(`${last}${first}`, company),
    CompanyLastFirst: inLines(company, `${last}${first}`),
    LastFirstSuffix: `${last}${first}${suffix}`,
    LastSpaceFirst: joined(last, first, middle),
    LastSpaceFirstCompany: inLines(joined(last, first), company),
    CompanyLastSpaceFirst: inLines(company, joined(last, first)),
    LastFirstMiddleSuffix: joined(last, first, middle, suffix),
    DisplayName: display,
    FirstName: first,
    LastName: last,
  };
  return forms[mapping] ?? '';
}

function completeName(contact: XmlElement, fullName: string): XmlElement | null {
  const parts = [
    ['FirstName', textOf(contact, 'GivenName')],
    ['MiddleName', textOf(contact, 'MiddleName')],
    ['LastName', textOf(contact, 'Surname')],
    ['Suffix', textOf(contact, 'Generation')],
    ['Initials', textOf(contact, 'Initials')],
    ['FullName', fullName],
    ['Nickname', textOf(contact, 'Nickname')],
    ['YomiFirstName', textOf(contact, 'PhoneticFirstName')],
    ['YomiLastName', textOf(contact, 'PhoneticLastName')],
  ] as const;
  const given = parts.flatMap(([name, text]) => (text === null || text === '' ? [] : [element(name, text)]));
  return given.length === 0 ? null : element('CompleteName', given);
}

const addressed = (addresses: XmlElement): XmlElement => ({
  ...addresses,
  children: addresses.children.map((entry) => ({
    ...entry,
    attributes: { Name: entry.text, RoutingType: 'SMTP', MailboxType: 'Contact', ...entry.attributes },
  })),
});

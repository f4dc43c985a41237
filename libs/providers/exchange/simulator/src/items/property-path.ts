import { EwsRefusal } from '../soap/refusal';
import type { XmlElement } from '../wire/element';

/** Where one property of an item or folder stands in its tree. */
export type PropertyPath = FieldPath | IndexedPath | ExtendedPath;

export interface FieldPath {
  readonly kind: 'field';
  readonly uri: string;
  /** The child element that holds it: `item:Subject` → `Subject`. */
  readonly name: string;
}

/** An entry of a list by its key: `contacts:PhoneNumber` with `MobilePhone`. */
export interface IndexedPath {
  readonly kind: 'indexed';
  readonly uri: string;
  /** The child element that holds the list, and the attribute by which its entries are told apart. */
  readonly name: string;
  readonly entry: string;
  readonly keyedBy: string;
  readonly index: string;
  /** The part of a postal address; null for a whole entry. */
  readonly part: string | null;
}

export interface ExtendedPath {
  readonly kind: 'extended';
  /** The same for all ways to name one property. */
  readonly key: string;
  readonly type: string;
  readonly element: XmlElement;
}

const LISTS: Readonly<Record<string, Pick<IndexedPath, 'name' | 'entry' | 'keyedBy'>>> = {
  'item:InternetMessageHeader': {
    name: 'InternetMessageHeaders',
    entry: 'InternetMessageHeader',
    keyedBy: 'HeaderName',
  },
  'contacts:ImAddress': { name: 'ImAddresses', entry: 'Entry', keyedBy: 'Key' },
  'contacts:PhysicalAddress': { name: 'PhysicalAddresses', entry: 'Entry', keyedBy: 'Key' },
  'contacts:PhoneNumber': { name: 'PhoneNumbers', entry: 'Entry', keyedBy: 'Key' },
  'contacts:EmailAddress': { name: 'EmailAddresses', entry: 'Entry', keyedBy: 'Key' },
  'distributionlist:Members': { name: 'Members', entry: 'Member', keyedBy: 'Key' },
};

/** Property sets by the names they have in `DistinguishedPropertySetType` ([MS-OXPROPS] 1.3.2). */
const SETS: Readonly<Record<string, string>> = {
  MEETING: '6ed8da90-450b-101b-98da-00aa003f1305',
  APPOINTMENT: '00062002-0000-0000-c000-000000000046',
  COMMON: '00062008-0000-0000-c000-000000000046',
  PUBLICSTRINGS: '00020329-0000-0000-c000-000000000046',
  ADDRESS: '00062004-0000-0000-c000-000000000046',
  INTERNETHEADERS: '00020386-0000-0000-c000-000000000046',
  CALENDARASSISTANT: '11000e07-b51b-40d6-af21-caa85edab1d0',
  UNIFIEDMESSAGING: '4442858e-a9e3-4e80-b900-317a210cc15b',
  TASK: '00062003-0000-0000-c000-000000000046',
  SHARING: '00062040-0000-0000-c000-000000000046',
};

/** Whether an element names a property. */
export const isPath = ({ name }: XmlElement): boolean =>
  name === 'FieldURI' || name === 'IndexedFieldURI' || name === 'ExtendedFieldURI';

/**
 * Reads `FieldURI`, `IndexedFieldURI` or `ExtendedFieldURI`.
 * @throws EwsRefusal ErrorInvalidExtendedProperty for a combination of attributes that names nothing
 */
export function readPath(element: XmlElement): PropertyPath {
  if (element.name === 'ExtendedFieldURI') return extendedPath(element);
  const uri = element.attributes['FieldURI'] ?? '';
  return element.name === 'IndexedFieldURI' ? indexedPath(uri, element.attributes['FieldIndex'] ?? '') : fieldPath(uri);
}

export const fieldPath = (uri: string): FieldPath => ({
  kind: 'field',
  uri,
  name: uri.slice(uri.lastIndexOf(':') + 1),
});

/** A path of its own, whatever element it came from. */
export function pathKey(path: PropertyPath): string {
  if (path.kind === 'extended') return path.key;
  return path.kind === 'field' ? path.name : `${path.uri}/${path.index}`;
}

function indexedPath(uri: string, index: string): IndexedPath {
  const [prefix = '', list = '', part = null] = uri.split(':');
  const place = LISTS[`${prefix}:${list}`] ?? { name: list, entry: 'Entry', keyedBy: 'Key' };
  const isPart = place.name === 'PhysicalAddresses';
  return { kind: 'indexed', uri, index, ...place, part: isPart ? part : null };
}

/** @throws EwsRefusal ErrorInvalidExtendedProperty */
export function extendedPath(element: XmlElement): ExtendedPath {
  const { PropertyType: type = '', PropertyTag: tag, PropertyName: name, PropertyId: id } = element.attributes;
  const { DistinguishedPropertySetId: known, PropertySetId: guid } = element.attributes;
  const set = known === undefined ? guid?.toLowerCase() : SETS[known.toUpperCase()];
  const hasBothSets = known !== undefined && guid !== undefined;
  const isNamed = name !== undefined || id !== undefined;
  if (tag !== undefined) {
    if (hasBothSets || set !== undefined || isNamed) throw invalid();
    return { kind: 'extended', key: `tag:${Number(tag)}:${type}`, type, element };
  }
  if (set === undefined || hasBothSets || !isNamed || (name !== undefined && id !== undefined)) throw invalid();
  const property = name === undefined ? `id:${Number(id)}` : `name:${name}`;
  return { kind: 'extended', key: `${set}:${property}:${type}`, type, element };
}

const invalid = (): EwsRefusal =>
  new EwsRefusal('ErrorInvalidExtendedProperty', 'The extended property attribute combination is invalid.');

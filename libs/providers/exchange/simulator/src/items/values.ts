import { childOf, type XmlElement } from '../wire/element';
import { complexType } from '../wire/schema';
import { primitiveOf } from '../wire/text-values';
import { valueAt, type Fields } from './places';
import type { PropertyPath } from './property-path';

/** How values of a property are compared. */
export type Order = 'text' | 'number' | 'time' | 'truth';

const NUMBERS = /^xs:(?:int|long|short|double|float|integer|nonNegativeInteger|unsignedInt)$/;
const EXTENDED_ORDERS: Readonly<Record<string, Order>> = {
  Boolean: 'truth',
  SystemTime: 'time',
  Integer: 'number',
  Long: 'number',
  Short: 'number',
  Double: 'number',
  Float: 'number',
  Currency: 'number',
  ApplicationTime: 'number',
};

/** The order of a property of an element of this type (`t:CalendarItemType`). */
export function orderOf(path: PropertyPath, type: string): Order {
  if (path.kind === 'extended') return EXTENDED_ORDERS[path.type.replace(/Array$/, '')] ?? 'text';
  if (path.kind === 'indexed') return 'text';
  const primitive = primitiveOf(complexType(type)?.elements.get(path.name)?.type ?? 'xs:string');
  if (NUMBERS.test(primitive)) return 'number';
  if (primitive === 'xs:dateTime' || primitive === 'xs:date') return 'time';
  return primitive === 'xs:boolean' ? 'truth' : 'text';
}

/** The values of a property as texts; of a list all of its entries. */
export function textsAt(fields: Fields, path: PropertyPath): readonly string[] {
  const value = valueAt(fields, path);
  if (value === null) return [];
  if (path.kind !== 'extended') return textsOf(value);
  const values = childOf(value, 'Values');
  return values === null ? [childOf(value, 'Value')?.text ?? ''] : values.children.map(({ text }) => text);
}

function textsOf(value: XmlElement): readonly string[] {
  const id = value.attributes['Id'];
  if (id !== undefined) return [id];
  return value.children.length === 0 ? [value.text] : value.children.flatMap(textsOf);
}

const WITHOUT_ZONE = /T[\d:.]+$/;

/** Something that `<` and `>` order, or null when a text has no such value. */
export function comparable(text: string, order: Order): number | string | null {
  if (order === 'truth') return /^(?:true|1)$/i.test(text) ? 1 : 0;
  if (order === 'text') return text.toLowerCase();
  const number = order === 'number' ? Number(text) : Date.parse(WITHOUT_ZONE.test(text) ? `${text}Z` : text);
  return Number.isNaN(number) ? null : number;
}

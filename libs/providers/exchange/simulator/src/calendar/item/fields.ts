import type { XmlElement } from '../../wire/element';

/** What an item holds: its elements, in any order. */
export type Fields = readonly XmlElement[];

export const fieldOf = (fields: Fields, name: string): XmlElement | null =>
  fields.find((field) => field.name === name) ?? null;

export const textField = (fields: Fields, name: string): string | null => fieldOf(fields, name)?.text ?? null;

/** xs:boolean; an absent or unreadable one is `otherwise`. */
export function booleanField(fields: Fields, name: string, otherwise = false): boolean {
  const text = textField(fields, name)?.trim();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : otherwise;
}

/** An integer; 0 for an absent or unreadable one. */
export function numberField(fields: Fields, name: string): number {
  const text = textField(fields, name)?.trim() ?? '';
  return /^-?\d{1,10}$/.test(text) ? Number(text) : 0;
}

/** The fields with others in the place of those of the same name. */
export function withFields(fields: Fields, others: Fields): Fields {
  const names = new Set(others.map(({ name }) => name));
  return [...fields.filter(({ name }) => !names.has(name)), ...others];
}

export function withoutFields(fields: Fields, names: readonly string[]): Fields {
  const gone = new Set(names);
  return fields.filter(({ name }) => !gone.has(name));
}

/** Whether two elements say the same; the order of children counts, that of attributes does not. */
export function isSameElement(one: XmlElement | null, other: XmlElement | null): boolean {
  if (one === null || other === null) return one === other;
  const keys = Object.keys(one.attributes);
  return (
    one.name === other.name &&
    one.text === other.text &&
    keys.length === Object.keys(other.attributes).length &&
    keys.every((key) => one.attributes[key] === other.attributes[key]) &&
    one.children.length === other.children.length &&
    one.children.every((child, index) => isSameElement(child, other.children[index] ?? null))
  );
}

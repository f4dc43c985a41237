import { childOf, type XmlElement } from '../../wire/element';
import { isSameElement, type Fields } from '../item/fields';

/** How fields differ from others: what stands in their place and what is gone. */
export interface Overlay {
  readonly changed: Fields;
  /** Keys of fields that the occurrence has not, though its series has. */
  readonly removed: readonly string[];
}

/** The name, and for an extended property which one it is. */
function keyOf(field: XmlElement): string {
  const uri = field.name === 'ExtendedProperty' ? childOf(field, 'ExtendedFieldURI') : null;
  if (uri === null) return field.name;
  const parts = Object.entries(uri.attributes)
    .filter(([name]) => name !== 'PropertyType')
    .map(([name, value]) => `${name}=${value.toLowerCase()}`);
  return [field.name, ...parts.sort()].join(' ');
}

/** What makes `next` out of `base`. */
export function differences(base: Fields, next: Fields): Overlay {
  const before = new Map(base.map((field) => [keyOf(field), field]));
  const keys = new Set(next.map((field) => keyOf(field)));
  return {
    changed: next.filter((field) => !isSameElement(before.get(keyOf(field)) ?? null, field)),
    removed: [...before.keys()].filter((key) => !keys.has(key)),
  };
}

export function overlaid(base: Fields, { changed, removed }: Overlay): Fields {
  const gone = new Set([...removed, ...changed.map((field) => keyOf(field))]);
  return [...base.filter((field) => !gone.has(keyOf(field))), ...changed];
}

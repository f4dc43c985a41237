import { childOf, element, type XmlElement } from '../wire/element';
import { extendedPath, type IndexedPath, type PropertyPath } from './property-path';

/** Fields of an item or folder: the children of its element. */
export type Fields = readonly XmlElement[];

/** The element of a property: a child, an entry of a list, a part of an address or an `ExtendedProperty`; null without one. */
export function valueAt(fields: Fields, path: PropertyPath): XmlElement | null {
  if (path.kind === 'field') return fields.find(({ name }) => name === path.name) ?? null;
  if (path.kind === 'extended') return fields.find((field) => isExtended(field, path.key)) ?? null;
  const entry = entryAt(fields, path);
  return path.part === null ? entry : childOf(entry, path.part);
}

function entryAt(fields: Fields, path: IndexedPath): XmlElement | null {
  const list = fields.find(({ name }) => name === path.name);
  return list?.children.find((entry) => entry.attributes[path.keyedBy] === path.index) ?? null;
}

function isExtended(field: XmlElement, key: string): boolean {
  const uri = field.name === 'ExtendedProperty' ? childOf(field, 'ExtendedFieldURI') : null;
  return uri !== null && extendedPath(uri).key === key;
}

/** The fields of `source` that paths name, as they are written: entries of one list together, addresses with their asked parts. */
export function fieldsAt(source: Fields, paths: readonly PropertyPath[]): XmlElement[] {
  const whole = new Map<string, XmlElement>();
  const lists = new Map<string, IndexedPath[]>();
  for (const path of paths) {
    if (path.kind === 'indexed') lists.set(path.name, [...(lists.get(path.name) ?? []), path]);
    else {
      const value = valueAt(source, path);
      if (value !== null) whole.set(path.kind === 'field' ? path.name : path.key, value);
    }
  }
  const parts = [...lists].filter(([name]) => !whole.has(name)).flatMap(([, asked]) => listOf(source, asked));
  return [...whole.values(), ...parts];
}

function listOf(source: Fields, asked: readonly IndexedPath[]): XmlElement[] {
  const name = asked[0]?.name ?? '';
  const list = source.find((field) => field.name === name);
  const entries = list?.children.flatMap((entry) => {
    const own = asked.filter((path) => path.index === entry.attributes[path.keyedBy]);
    if (own.length === 0) return [];
    if (own.some(({ part }) => part === null)) return [entry];
    return [{ ...entry, children: entry.children.filter((child) => own.some(({ part }) => part === child.name)) }];
  });
  return entries === undefined || entries.length === 0 ? [] : [element(name, entries)];
}

/** The fields with one property set to what it is in `given`, which has it. */
export function withValue(fields: Fields, path: PropertyPath, given: Fields): Fields {
  const value = valueAt(given, path);
  if (value === null) return without(fields, path);
  if (path.kind !== 'indexed') return [...without(fields, path), value];
  const list = fields.find(({ name }) => name === path.name) ?? element(path.name);
  const others = list.children.filter((entry) => entry.attributes[path.keyedBy] !== path.index);
  const entry = path.part === null ? value : withPart(entryAt(fields, path), path, value);
  return [...fields.filter((field) => field !== list), { ...list, children: [...others, entry] }];
}

function withPart(entry: XmlElement | null, path: IndexedPath, value: XmlElement): XmlElement {
  const before = entry ?? element(path.entry, [], { [path.keyedBy]: path.index });
  return { ...before, children: [...before.children.filter(({ name }) => name !== value.name), value] };
}

/** The fields without one property; a list that is left empty goes, too. */
export function without(fields: Fields, path: PropertyPath): Fields {
  if (path.kind === 'field') return fields.filter(({ name }) => name !== path.name);
  if (path.kind === 'extended') return fields.filter((field) => !isExtended(field, path.key));
  return fields.flatMap((field) => {
    if (field.name !== path.name) return [field];
    const children = field.children.flatMap((entry) => withoutPart(entry, path));
    return children.length === 0 ? [] : [{ ...field, children }];
  });
}

function withoutPart(entry: XmlElement, path: IndexedPath): XmlElement[] {
  if (entry.attributes[path.keyedBy] !== path.index) return [entry];
  const children = path.part === null ? [] : entry.children.filter(({ name }) => name !== path.part);
  return children.length === 0 ? [] : [{ ...entry, children }];
}

/** Paths of all properties that fields hold, lists as a whole. */
export const namesIn = (fields: Fields): readonly string[] => [...new Set(fields.map(({ name }) => name))];

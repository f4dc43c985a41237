import { EwsRefusal } from '../soap/refusal';
import type { XmlElement } from '../wire/element';
import { isPath, readPath, type PropertyPath } from './property-path';
import type { Searched } from './restriction';
import { comparable, orderOf, textsAt } from './values';

export type Sorting = <T extends Searched>(rows: readonly T[]) => readonly T[];

const NOT_SORTED = /^item:(?:Body|MimeContent|Attachments|ResponseObjects|EffectiveRights)$|Attendees$|Recipients$/;

/**
 * Reads a `SortOrder`; null leaves rows as they are. What has no value comes first when ascending.
 * @throws EwsRefusal ErrorUnsupportedPathForSortGroup
 */
export function readSorting(sortOrder: XmlElement | null): Sorting {
  const orders = (sortOrder?.children ?? []).map((field) => ({
    path: sortedPath(field),
    direction: field.attributes['Order'] === 'Descending' ? -1 : 1,
  }));
  if (orders.length === 0) return (rows) => rows;
  return (rows) => {
    const keyed = rows.map((row) => ({ row, keys: orders.map(({ path }) => keyOf(row, path)) }));
    keyed.sort((one, other) =>
      orders.reduce((found, { direction }, at) => found || direction * compare(one.keys[at], other.keys[at]), 0),
    );
    return keyed.map(({ row }) => row);
  };
}

function sortedPath(field: XmlElement): PropertyPath {
  const uri = field.children.find(isPath);
  const path = uri === undefined ? null : readPath(uri);
  if (path === null || (path.kind === 'field' && NOT_SORTED.test(path.uri))) {
    const message = 'The property can not be used for sorting.';
    throw new EwsRefusal('ErrorUnsupportedPathForSortGroup', message, { messageXml: uri === undefined ? [] : [uri] });
  }
  return path;
}

type Key = number | string | null | undefined;

function keyOf({ type, fields }: Searched, path: PropertyPath): Key {
  const [text] = textsAt(fields, path);
  return text === undefined ? null : comparable(text, orderOf(path, type));
}

function compare(one: Key, other: Key): number {
  if (one === other) return 0;
  if (one === null || one === undefined) return -1;
  if (other === null || other === undefined) return 1;
  return one < other ? -1 : 1;
}

import { refusals } from '../graph/graph-error';
import type { MultiValue, SingleValue } from './event-record';

const ID =
  /^([a-z0-9]+)\s+(?:\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?\s+(Name|Id)\s+(.+)|(0x[0-9a-f]+))$/i;
const TYPES = [
  'String',
  'Integer',
  'Boolean',
  'SystemTime',
  'Double',
  'Binary',
  'CLSID',
  'Long',
  'Short',
  'Float',
  'Currency',
];

/**
 * The one spelling of an extended property's id: `String {guid} Name X` or `Integer 0x7001`. The name keeps its case.
 * @throws GraphError 400 for what is no id
 */
export function canonicalPropertyId(id: string): string {
  const match = ID.exec(id.trim());
  const [, type = '', guid, kind, name, tag] = match ?? [];
  const known = TYPES.find((one) => [one, `${one}Array`].some((form) => form.toLowerCase() === type.toLowerCase()));
  if (known === undefined) throw refusals.invalidProperty(`The property id '${id}' is invalid.`);
  const head = type.toLowerCase().endsWith('array') ? `${known}Array` : known;
  if (tag !== undefined) return `${head} ${tag.toLowerCase()}`;
  return `${head} {${(guid ?? '').toLowerCase()}} ${kind?.toLowerCase() === 'id' ? 'Id' : 'Name'} ${name ?? ''}`;
}

/** Sent values laid over those an item has: by id, a null value takes one away. */
export function mergeSingle(
  base: readonly SingleValue[],
  sent: readonly { id: string; value?: string | null | undefined }[],
): SingleValue[] {
  const merged = new Map(base.map(({ id, value }) => [id, value]));
  for (const { id, value } of sent) {
    const key = canonicalPropertyId(id);
    if (value === null || value === undefined) merged.delete(key);
    else merged.set(key, value);
  }
  return [...merged].map(([id, value]) => ({ id, value }));
}

export function mergeMulti(base: readonly MultiValue[], sent: readonly MultiValue[]): MultiValue[] {
  const merged = new Map(base.map(({ id, value }) => [id, value]));
  for (const { id, value } of sent) {
    const key = canonicalPropertyId(id);
    if (!key.split(' ')[0]?.endsWith('Array')) throw refusals.invalidProperty(`The property '${id}' has one value.`);
    merged.set(key, value);
  }
  return [...merged].map(([id, value]) => ({ id, value }));
}

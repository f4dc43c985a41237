import { openPolicy, type PolicyBody } from '@daybook/contracts';

/** One field of a policy: its path, such as `permissions.calendar.locked`, and its value as text to compare. */
type Fields = ReadonlyMap<string, string>;

/**
 * The fields that take effect in this release. The others are kept and shown, but accept only their open value: an
 * administrator must not believe that something is enforced which is not.
 */
const EFFECTIVE: ReadonlySet<string> = new Set(['enabled', 'twoWaySync', 'reschedule']);

/** Paths that are set to something without effect in this release. */
export function ineffectiveFields(body: PolicyBody): string[] {
  return differences(openPolicy(), body).filter((path) => !EFFECTIVE.has(path));
}

/** Paths in which two policies differ; the order of a list does not matter. */
export function differences(before: PolicyBody, after: PolicyBody): string[] {
  const [left, right] = [fieldsOf(before), fieldsOf(after)];
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths].filter((path) => left.get(path) !== right.get(path)).sort();
}

function fieldsOf(body: PolicyBody): Fields {
  return new Map(leaves(body, ''));
}

function leaves(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value)) return [[path, JSON.stringify([...new Set(value.map(String))].sort())]];
  if (typeof value !== 'object' || value === null) return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path}.${name}`));
}

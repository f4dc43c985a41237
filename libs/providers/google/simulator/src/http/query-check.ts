import { refusals } from './google-error';

export type ParameterType = 'text' | 'boolean' | 'positive' | 'date-time' | readonly string[];

/** A declared query parameter; `many` may be given more than once. */
export interface ParameterSpec {
  type: ParameterType;
  many?: boolean;
}

export type QuerySpec = Record<string, ParameterSpec | ParameterType>;

/** Parameters every method takes (the discovery document's own list). */
const COMMON: QuerySpec = {
  alt: ['json'],
  fields: 'text',
  key: 'text',
  oauth_token: 'text',
  prettyPrint: 'boolean',
  quotaUser: 'text',
  userIp: 'text',
};
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/**
 * Checks a query against what a method declares.
 * @throws GoogleError 400 naming the parameter: unknown, given twice, or of the wrong type.
 */
export function checkQuery(query: URLSearchParams, spec: QuerySpec): void {
  for (const name of new Set(query.keys())) {
    const declared = Object.hasOwn(spec, name) ? spec[name] : Object.hasOwn(COMMON, name) ? COMMON[name] : undefined;
    if (declared === undefined) throw refusals.unknownParameter(name);
    const { type, many }: ParameterSpec =
      typeof declared === 'object' && 'type' in declared ? declared : { type: declared };
    const values = query.getAll(name);
    if (values.length > 1 && many !== true) throw refusals.badParameter(name);
    if (!values.every((value) => fits(value, type))) throw refusals.badParameter(name);
  }
}

function fits(value: string, type: ParameterType): boolean {
  if (typeof type === 'object') return type.includes(value);
  if (type === 'boolean') return value === 'true' || value === 'false';
  if (type === 'positive') return /^\d{1,10}$/.test(value) && Number(value) >= 1 && Number(value) < 2 ** 31;
  if (type === 'date-time') return isTimestamp(value);
  return true;
}

/** RFC 3339 with an offset, of a day that exists. */
export function isTimestamp(text: string): boolean {
  if (!TIMESTAMP.test(text)) return false;
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return (
    !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
  );
}

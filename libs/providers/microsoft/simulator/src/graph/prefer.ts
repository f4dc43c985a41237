import type { IncomingHttpHeaders } from 'node:http';
import { zoneOf } from '../mailbox/zoned-times';

/** What a request prefers (`Prefer` header). */
export interface Preferences {
  /** `IdType="ImmutableId"`: ids that survive a move to another folder. */
  immutable: boolean;
  /** `outlook.timezone`, as written: times come in it instead of UTC. */
  zone: string | null;
  /** `outlook.body-content-type="text"` */
  text: boolean;
  /** `odata.maxpagesize` */
  pageSize: number | null;
  /** What `Preference-Applied` confirms. */
  applied: string;
}

const PAIR = /([A-Za-z.-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s",;]+)))?/g;
const LARGEST_PAGE = 1000;

/** @throws GraphError 400 for a zone nobody knows */
export function readPreferences(headers: IncomingHttpHeaders): Preferences {
  const given = new Map<string, string>();
  for (const [, name = '', quoted, plain] of [headers['prefer'] ?? []].flat().join(', ').matchAll(PAIR)) {
    given.set(name.toLowerCase(), quoted ?? plain ?? '');
  }
  const zone = given.get('outlook.timezone') ?? null;
  if (zone !== null) zoneOf(zone);
  const size = Number(given.get('odata.maxpagesize') ?? Number.NaN);
  const pageSize = Number.isInteger(size) && size > 0 ? Math.min(size, LARGEST_PAGE) : null;
  const body = given.get('outlook.body-content-type')?.toLowerCase();
  const immutable = given.get('idtype')?.toLowerCase() === 'immutableid';
  const applied = [
    ...(immutable ? ['IdType="ImmutableId"'] : []),
    ...(zone === null ? [] : [`outlook.timezone="${zone}"`]),
    ...(body === 'text' || body === 'html' ? [`outlook.body-content-type="${body}"`] : []),
    ...(pageSize === null ? [] : [`odata.maxpagesize=${pageSize}`]),
  ].join(', ');
  return { immutable, zone, text: body === 'text', pageSize, applied };
}

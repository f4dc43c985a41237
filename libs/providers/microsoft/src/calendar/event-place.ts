import { asText, type ForeignRecord } from '@daybook/provider-port';

/** How an event belongs to a series, or not. */
export type EventPlace = 'single' | 'master' | 'exception' | 'occurrence' | 'odd';

const PLACES: ReadonlyMap<string, EventPlace> = new Map([
  ['singleInstance', 'single'],
  ['seriesMaster', 'master'],
  ['exception', 'exception'],
  ['occurrence', 'occurrence'],
]);

export function placeOf(event: ForeignRecord): EventPlace {
  return PLACES.get(asText(event['type'], 40)) ?? 'odd';
}

import { isRecord, ProviderError } from '@daybook/provider-port';

/** A page of a list as Graph gives it. */
export interface GraphPage {
  readonly items: readonly unknown[];
  readonly nextLink: string | null;
  readonly deltaLink: string | null;
}

const LONGEST_LINK = 16_000;

/** A link that was cut would be refused later, as one that Graph has forgotten. @throws ProviderError Unknown */
function linkOf(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  if (value.length > LONGEST_LINK) throw new ProviderError('Unknown', { detail: 'a link too long to be kept' });
  return value;
}

/** @throws ProviderError Unavailable when the reply is no list: then something stands between us and Graph */
export function readPage(reply: unknown): GraphPage {
  if (!isRecord(reply) || !Array.isArray(reply['value'])) throw noList();
  return {
    items: reply['value'],
    nextLink: linkOf(reply['@odata.nextLink']),
    deltaLink: linkOf(reply['@odata.deltaLink']),
  };
}

function noList(): ProviderError {
  return new ProviderError('Unavailable', { detail: 'a reply that is no list' });
}

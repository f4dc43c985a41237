import { asText, isRecord, ProviderError } from '@daybook/provider-port';

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

/**
 * The link of the next page, null at the end. A page that names itself as its successor, or comes again under another link,
 * would be listed for ever: that is an outage, and nothing of it is lost by trying later.
 */
export function nextOf(page: GraphPage, before: GraphPage | null, current: string | null): string | null {
  const { nextLink } = page;
  const again = before !== null && page.items.length > 0 && isSame(page.items, before.items);
  if (nextLink !== null && (nextLink === current || again))
    throw new ProviderError('Unavailable', { detail: 'a page that follows itself' });
  return nextLink;
}

/** Same length, same items in the same versions at both ends. */
function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return (
    one.length === other.length &&
    markOf(one.at(0)) === markOf(other.at(0)) &&
    markOf(one.at(-1)) === markOf(other.at(-1))
  );
}

function markOf(item: unknown): string {
  return isRecord(item) ? `${asText(item['id'], 1024)} ${asText(item['@odata.etag'], 256)}` : '';
}

function noList(): ProviderError {
  return new ProviderError('Unavailable', { detail: 'a reply that is no list' });
}

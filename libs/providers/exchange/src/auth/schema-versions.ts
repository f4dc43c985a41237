/**
 * Which schema requests are written in, by the names that people know their servers by. Everything we ask for is in the one of
 * Exchange 2013 SP1, which every later server speaks as well.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/ews-schema-versions-in-exchange.
 */
const NEWEST_FIRST = ['Exchange2013_SP1', 'Exchange2013', 'Exchange2010_SP2'] as const;

const FIRST_TRIED: ReadonlyMap<string, (typeof NEWEST_FIRST)[number]> = new Map([
  ['Exchange2010_SP2', 'Exchange2010_SP2'],
  ['Exchange2010_SP3', 'Exchange2010_SP2'],
  ['Exchange2013', 'Exchange2013'],
]);

/** What is tried, in this order: what the person chose may be newer than the server. */
export function schemasFor(chosen: string | undefined): readonly string[] {
  const first = FIRST_TRIED.get(chosen ?? 'auto') ?? NEWEST_FIRST[0];
  return NEWEST_FIRST.slice(NEWEST_FIRST.indexOf(first));
}

const TOO_NEW = new Set([
  'ErrorInvalidServerVersion',
  'ErrorIncorrectSchemaVersion',
  'ErrorInvalidSchemaVersionForMailboxVersion',
]);

/** Whether a server says by this code that an older schema may do. */
export const isSchemaRefusal = (code: string): boolean => TOO_NEW.has(code);

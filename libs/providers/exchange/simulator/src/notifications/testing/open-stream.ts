import { ADA, allOf, type ExchangeBench } from '../../http/testing/exchange-bench';
import { readXml, type ReadElement } from '../../wire/read-xml';

const NAMES =
  'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"';

/** An answer that is read envelope by envelope, as it comes. */
export interface OpenStream {
  /** The next envelope; null after the last. */
  next(): Promise<ReadElement | null>;
  /** Envelopes that are left. */
  rest(): Promise<ReadElement[]>;
}

export async function openStream(
  bench: ExchangeBench,
  operation: string,
  { caller = ADA, gone }: { readonly caller?: string; readonly gone?: AbortSignal } = {},
): Promise<OpenStream> {
  const header = '<s:Header><t:RequestServerVersion Version="Exchange2013_SP1"/></s:Header>';
  const body = `<s:Envelope ${NAMES}>${header}<s:Body>${operation}</s:Body></s:Envelope>`;
  const { chunks } = await bench.http({ body, ...(gone ? { gone } : {}) }, caller);
  if (chunks === undefined) throw new Error('The answer is no stream.');
  const iterator = chunks[Symbol.asyncIterator]();
  const next = async (): Promise<ReadElement | null> => {
    const { done, value } = await iterator.next();
    return done === true ? null : readXml(value);
  };
  return {
    next,
    rest: async () => {
      const all: ReadElement[] = [];
      for (let one = await next(); one !== null; one = await next()) all.push(one);
      return all;
    },
  };
}

/** What an envelope says in short: its status, its events, or its code and the subscriptions that have failed. */
export function saidBy(envelope: ReadElement | null): string {
  if (envelope === null) return 'end';
  const texts = (name: string): string[] => allOf(envelope, name).map(({ text }) => text);
  const [code = ''] = texts('ResponseCode');
  const events = allOf(envelope, 'Notification').flatMap(({ children }) =>
    children.map(({ name }) => name).filter((name) => name.endsWith('Event')),
  );
  const failed = allOf(envelope, 'ErrorSubscriptionIds').flatMap(({ children }) => children.map(({ text }) => text));
  return [code === 'NoError' ? '' : code, ...texts('ConnectionStatus'), ...events, ...failed]
    .filter((word) => word !== '')
    .join(' ');
}

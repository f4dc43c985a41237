/** A subscription from its beginning to its end, whichever way its events come. */
import { asProviderError, asText, ProviderError, type WatchNews } from '@daybook/provider-port';
import { isOfTheMailbox } from '../exchange.errors';
import { readAccess } from '../transport/access-text';
import type { EwsOperation } from '../transport/ews-client';
import { requestTo } from '../transport/one-call';
import { LONGEST_ID, unsubscribe } from './subscription-requests';
import type { Watched } from './watched';

export interface Subscribed {
  readonly id: string;
  /** Where its events begin; empty for one that is streamed. */
  readonly watermark: string;
}

/** Whoever ends a watch, ends a process perhaps; a subscription nobody listens to is forgotten after half an hour anyway. */
const GOODBYE_MS = 2_000;

/** @throws ProviderError */
export async function subscribed({ client, access }: Watched, wish: EwsOperation): Promise<Subscribed> {
  const answer = await client.ask(access, wish);
  const [id = '', watermark = ''] = ['SubscriptionId', 'Watermark'].map((name) =>
    asText(answer[name], LONGEST_ID).trim(),
  );
  if (id === '') throw new ProviderError('Unavailable', { detail: 'a subscription without an id' });
  return { id, watermark };
}

/** What is heard of a subscription, which is given back after it. Null where it was told to end. */
export async function* heardOf<Outcome>(
  watched: Watched,
  { id }: Subscribed,
  heard: AsyncGenerator<WatchNews, Outcome, undefined>,
): AsyncGenerator<WatchNews, Outcome | null, undefined> {
  let refusal: ProviderError | null = null;
  try {
    return yield* heard;
  } catch (error) {
    if (watched.signal.aborted) return null;
    refusal = asProviderError(error);
    throw refusal;
  } finally {
    if (refusal === null || mayStillAsk(refusal)) await takeLeave(watched, id);
  }
}

/**
 * A password that was not taken is shown nowhere again, and a server that names a time is left alone until then. One that has no
 * place for another open answer counts subscriptions as well.
 */
function mayStillAsk(refusal: ProviderError): boolean {
  if (refusal.kind === 'Throttled') return refusal.retryAfterMs === null;
  return !isOfTheMailbox(refusal);
}

/** At its best: what is not ended ends by itself. */
async function takeLeave({ http, client, access, withdrawn }: Watched, subscriptionId: string): Promise<void> {
  if (withdrawn?.aborted) return;
  const request = { ...requestTo(readAccess(access), unsubscribe(subscriptionId)), deadlineMs: GOODBYE_MS };
  await client.beside(access, () => http.request(request), AbortSignal.timeout(GOODBYE_MS)).catch(() => undefined);
}

/**
 * Changes of calendars as Exchange streams them: a subscription, and an answer to it that stays open for half an hour at a time.
 * What is told is only that something changed. It neither waits nor tries again; a subscription that outlives its connection is
 * listened to over the next one, so that nothing falls between.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-stream-notifications-about-mailbox-events-by-using-ews-in-exchange.
 */
import {
  asProviderError,
  asText,
  type ChangeWatchPort,
  ProviderError,
  type WatchNews,
  type WatchOptions,
} from '@daybook/provider-port';
import { PRIMARY } from '../calendar/item-address';
import { isOfTheMailbox } from '../exchange.errors';
import { readAccess } from '../transport/access-text';
import { requestTo } from '../transport/one-call';
import { openAnswer, type OpenAnswerSurroundings } from './open-answer';
import { LONGEST_ID, subscribe, unsubscribe } from './streaming-requests';

export type WatchingSurroundings = Pick<OpenAnswerSurroundings, 'http' | 'client' | 'clock'>;

interface Watched extends OpenAnswerSurroundings, WatchOptions {
  readonly calendarRemoteIds: readonly string[];
}

/** A connection that the server ends sooner is not followed by another one by itself: that might never end. */
const SHORT_MS = 10_000;
/** Whoever ends a watch, ends a process perhaps; a subscription nobody listens to is forgotten after half an hour anyway. */
const GOODBYE_MS = 2_000;

export function createExchangeWatching(around: WatchingSurroundings): ChangeWatchPort {
  return {
    watch: (access, calendarRemoteIds, options) => watch({ ...around, ...options, access, calendarRemoteIds }),
  };
}

async function* watch(watched: Watched): AsyncGenerator<WatchNews, void, undefined> {
  const { signal } = watched;
  if (signal.aborted) return;
  const subscriptionId = await subscribed(watched);
  let refusal: ProviderError | null = null;
  try {
    yield* heard(watched, subscriptionId);
  } catch (error) {
    if (signal.aborted) return;
    refusal = asProviderError(error);
    throw refusal;
  } finally {
    if (refusal === null || mayStillAsk(refusal)) await takeLeave(watched, subscriptionId);
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

async function subscribed({ client, access, calendarRemoteIds }: Watched): Promise<string> {
  const answer = await client.ask(access, subscribe(calendarRemoteIds));
  const id = asText(answer['SubscriptionId'], LONGEST_ID).trim();
  if (id === '') throw new ProviderError('Unavailable', { detail: 'a subscription without an id' });
  return id;
}

/** What is heard of one subscription, over as many connections as it lives. */
async function* heard(watched: Watched, subscriptionId: string): AsyncGenerator<WatchNews, void, undefined> {
  let isListening = false;
  while (!watched.signal.aborted) {
    const openedAt = watched.clock.now();
    for await (const word of openAnswer(watched, subscriptionId)) {
      if (word.type === 'closed') break;
      if (word.type === 'lost') {
        yield { type: 'changed', calendarRemoteId: null };
        return;
      }
      if (!isListening) yield { type: 'listening' };
      isListening = true;
      if (word.type === 'changed') yield* changesIn(watched, word.folderIds);
    }
    if (watched.clock.now() - openedAt < SHORT_MS) return;
  }
}

function* changesIn({ calendarRemoteIds }: Watched, folderIds: readonly string[]): Iterable<WatchNews> {
  for (const id of folderIds) if (calendarRemoteIds.includes(id)) yield { type: 'changed', calendarRemoteId: id };
  // Exchange tells that folder's real id, which nobody has asked for yet.
  if (calendarRemoteIds.includes(PRIMARY)) yield { type: 'changed', calendarRemoteId: PRIMARY };
}

/** At its best: what is not ended ends by itself. */
async function takeLeave({ http, client, access, withdrawn }: Watched, subscriptionId: string): Promise<void> {
  if (withdrawn?.aborted) return;
  const request = { ...requestTo(readAccess(access), unsubscribe(subscriptionId)), deadlineMs: GOODBYE_MS };
  await client.beside(access, () => http.request(request), AbortSignal.timeout(GOODBYE_MS)).catch(() => undefined);
}

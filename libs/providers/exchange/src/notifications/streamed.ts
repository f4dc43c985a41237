import { ProviderError, type WatchNews } from '@daybook/provider-port';
import { openAnswer } from './open-answer';
import { heardOf, subscribed } from './subscription';
import { subscribeToStream } from './subscription-requests';
import { calendarsAmong, type Watched } from './watched';

/** A connection that the server ends sooner is not followed by another one by itself: that might never end. */
const SHORT_MS = 10_000;

/**
 * Changes as Exchange streams them: an answer that stays open for half an hour at a time, and then the next one.
 * Gives back why there is none to be had, before anything was heard; null where it ended in good order.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-stream-notifications-about-mailbox-events-by-using-ews-in-exchange.
 */
export async function* streamed(watched: Watched): AsyncGenerator<WatchNews, ProviderError | null, undefined> {
  const wish = subscribeToStream(watched.calendarRemoteIds);
  const given = await subscribed(watched, wish).catch(ifNotUnderstood);
  if (given instanceof ProviderError) return given;
  return yield* heardOf(watched, given, heard(watched, given.id));
}

/** What is heard of one subscription, over as many connections as it lives, so that nothing falls between. */
async function* heard(
  watched: Watched,
  subscriptionId: string,
): AsyncGenerator<WatchNews, ProviderError | null, undefined> {
  let isListening = false;
  while (!watched.signal.aborted) {
    const openedAt = watched.clock.now();
    for await (const word of openAnswer(watched, subscriptionId)) {
      if (word.type === 'closed') break;
      if (word.type === 'none') {
        if (isListening) throw word.error;
        return word.error;
      }
      if (word.type === 'lost') {
        yield { type: 'changed', calendarRemoteId: null };
        return null;
      }
      if (!isListening) {
        watched.trials.came(watched.access);
        yield { type: 'listening' };
      }
      isListening = true;
      if (word.type === 'changed')
        for (const calendarRemoteId of calendarsAmong(watched, word.folderIds))
          yield { type: 'changed', calendarRemoteId };
    }
    if (watched.clock.now() - openedAt < SHORT_MS) return null;
  }
  return null;
}

function ifNotUnderstood(error: unknown): ProviderError {
  if (error instanceof ProviderError && error.kind === 'Unknown' && error.retryAfterMs === null) return error;
  throw error;
}

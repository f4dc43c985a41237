import { once } from 'node:events';
import { errorFromFailure, ProviderError, type WatchNews } from '@daybook/provider-port';
import { errorFromStatus } from '../exchange.errors';
import { readAccess } from '../transport/access-text';
import { answerIn, requestTo } from '../transport/one-call';
import { getEvents } from './event-requests';
import { type PulledWord, readPulled } from './read-words';
import { heardOf, subscribed, type Subscribed } from './subscription';
import { subscribeToPull } from './subscription-requests';
import { calendarsAmong, type Watched } from './watched';

/**
 * One small request for all calendars of a mailbox. More often would be a burden on a server with many of them, and more seldom too
 * long for somebody who waits for a change to be there.
 */
const PULL_EVERY_MS = 20_000;
/** Servers give some fifty events at once. What is more than these waits for the next time: what has changed is known by then. */
const MOST_PAGES = 20;
const MOST_BYTES = 1024 * 1024;
const DEADLINE_MS = 30_000;

/** What one look brought. */
interface Round {
  readonly watermark: string;
  readonly calendarRemoteIds: ReadonlySet<string>;
}

/**
 * Changes that Exchange is asked for: where no answer may stay open. Ends by itself so that another way can be tried.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-pull-notifications-about-mailbox-events-by-using-ews-in-exchange.
 * @param untilWhen epoch milliseconds, asked for once there is a subscription
 */
export async function* pulled(watched: Watched, untilWhen: () => number): AsyncGenerator<WatchNews, void, undefined> {
  const given = await subscribed(watched, subscribeToPull(watched.calendarRemoteIds));
  yield* heardOf(watched, given, heard(watched, given, untilWhen()));
}

async function* heard(
  watched: Watched,
  { id, watermark }: Subscribed,
  until: number,
): AsyncGenerator<WatchNews, void, undefined> {
  const { clock, signal, pause, mayAsk } = watched;
  if (signal.aborted) return;
  yield { type: 'listening' };
  let known = watermark;
  for (;;) {
    await pause(PULL_EVERY_MS, signal);
    if (signal.aborted || clock.now() >= until) return;
    if (mayAsk !== undefined && !(await mayAsk())) continue;
    const round = await roundAfter(watched, id, known);
    if (round === null) {
      yield { type: 'changed', calendarRemoteId: null };
      return;
    }
    known = round.watermark;
    for (const calendarRemoteId of round.calendarRemoteIds) yield { type: 'changed', calendarRemoteId };
  }
}

/** Null where the subscription is lost. @throws ProviderError */
async function roundAfter(watched: Watched, id: string, watermark: string): Promise<Round | null> {
  const calendarRemoteIds = new Set<string>();
  let known = watermark;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    let isOver = true;
    for (const word of await wordsAfter(watched, id, known)) {
      if (word.type === 'lost') return null;
      if (word.type === 'none') throw word.error;
      if (word.type === 'changed') {
        for (const one of calendarsAmong(watched, word.folderIds)) calendarRemoteIds.add(one);
        continue;
      }
      isOver = !word.hasMore || word.watermark === null || word.watermark === known;
      known = word.watermark ?? known;
    }
    if (isOver) break;
  }
  return { watermark: known, calendarRemoteIds };
}

/** @throws ProviderError also where it is told to end meanwhile: what is under way then ends by itself */
async function wordsAfter(
  { http, client, clock, access, signal }: Watched,
  id: string,
  watermark: string,
): Promise<readonly PulledWord[]> {
  const operation = getEvents(id, watermark);
  const request = { ...requestTo(readAccess(access), operation), deadlineMs: DEADLINE_MS, maxBytes: MOST_BYTES };
  const asked = client.beside(access, () => http.request(request), signal);
  const response = await unlessAborted(asked, signal).catch((failure: unknown) => {
    throw errorFromFailure(failure);
  });
  const answer = await answerIn(response, operation);
  if (answer === null) throw errorFromStatus(response, clock.now());
  const words = readPulled(answer);
  if (words.length === 0) throw new ProviderError('Unavailable', { detail: 'an answer with a part missing' });
  return words;
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new AbortController();
  const ended = once(signal, 'abort', { signal: over.signal }).then(() => {
    throw new ProviderError('Unavailable', { detail: 'told to end' });
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    over.abort();
  }
}

import { asProviderError, errorFromFailure, ProviderError, type ProviderHttpStream } from '@daybook/provider-port';
import { errorFromStatus } from '../exchange.errors';
import { readAccess } from '../transport/access-text';
import { answerIn, type OneOperation, requestTo } from '../transport/one-call';
import { UnreadableAnswer } from '../transport/record-reader';
import { EnvelopeSplitter } from './envelope-splitter';
import { getStreamingEvents } from './event-requests';
import { readWords, type StreamedWord } from './read-words';
import type { Watched } from './watched';

type Around = Pick<Watched, 'http' | 'client' | 'clock' | 'access' | 'signal'>;

/**
 * Exchange says every 45 s that it is there. After a silence of two and a half times that the line is dead, which TCP would tell
 * much later or never.
 */
export const LONGEST_SILENCE_MS = 112_500;
/**
 * It says so first of all, as soon as it has signed us in. What has not come by then is held back somewhere on the way until the
 * answer is at its end, half an hour later.
 */
export const FIRST_WORD_MS = 20_000;

/**
 * One open answer to `GetStreamingEvents`: its words as they come, the only one being `none` where it does not come through. Ends
 * without an error only after the server said so.
 * @throws ProviderError `Unavailable` for a line that broke or is silent, also where bytes come and no envelope is ever whole
 */
export async function* openAnswer(
  around: Around,
  subscriptionId: string,
): AsyncGenerator<StreamedWord, void, undefined> {
  let isHeard = false;
  try {
    for await (const word of wordsOf(around, subscriptionId)) {
      isHeard = true;
      yield word;
    }
  } catch (failure) {
    const error = asProviderError(failure);
    if (isHeard || error.kind !== 'Unavailable' || error.retryAfterMs !== null) throw error;
    yield { type: 'none', error };
  }
}

async function* wordsOf(around: Around, subscriptionId: string): AsyncGenerator<StreamedWord, void, undefined> {
  const operation = getStreamingEvents(subscriptionId);
  const stream = await opened(around, operation);
  const splitter = new EnvelopeSplitter();
  let heardAt = around.clock.now();
  for await (const chunk of piecesOf(stream)) {
    for (const body of envelopesIn(splitter, chunk)) {
      heardAt = around.clock.now();
      const answer = await answerIn({ status: 200, body }, operation);
      if (answer === null) throw errorFromStatus(stream, around.clock.now());
      for (const word of readWords(answer)) {
        yield word;
        if (word.type === 'closed') return;
      }
    }
    if (around.clock.now() - heardAt > LONGEST_SILENCE_MS) throw broken('no whole envelope for long');
  }
  // A gateway in between answers in its own words; Exchange itself would have said that it closes.
  throw stream.status === 200 ? broken('an open answer that was cut off') : errorFromStatus(stream, around.clock.now());
}

async function opened({ http, client, access, signal }: Around, operation: OneOperation): Promise<ProviderHttpStream> {
  const request = { ...requestTo(readAccess(access), operation), deadlineMs: FIRST_WORD_MS };
  const ends = { signal, silenceMs: LONGEST_SILENCE_MS };
  try {
    return await client.beside(access, () => http.stream(request, ends), signal);
  } catch (failure) {
    throw errorFromFailure(failure);
  }
}

/** Only what Exchange itself answers is read; the words of a gateway are left unread, and leaving them ends the connection. */
async function* piecesOf({ status, chunks }: ProviderHttpStream): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of chunks) {
      if (status !== 200 && status !== 500) return;
      yield chunk;
    }
  } catch (failure) {
    throw errorFromFailure(failure);
  }
}

function envelopesIn(splitter: EnvelopeSplitter, chunk: Uint8Array): readonly Buffer[] {
  try {
    return splitter.push(chunk);
  } catch (error) {
    if (error instanceof UnreadableAnswer) throw broken(error.message);
    throw error;
  }
}

const broken = (detail: string): ProviderError => new ProviderError('Unavailable', { detail });

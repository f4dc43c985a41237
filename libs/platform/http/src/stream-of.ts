import type { Deadline } from './deadline';
import { flatten, withheldIn } from './exchange';
import type { OpenedAlone } from './exchanges';
import { hostOf, type HttpFailure } from './http-failure';
import type { HttpStream } from './http-types';
import { unpacked } from './read-body';

interface StreamLimits {
  readonly limit: Deadline;
  /** After the first piece; undefined: as long as that may take. */
  readonly silenceMs: number | undefined;
  readonly maxBytes: number;
  release(): void;
  failure(error: unknown): HttpFailure;
}

/** The response as a stream: its clock stands still while the reader is busy with what came. */
export function streamOf(alone: OpenedAlone, limits: StreamLimits): HttpStream {
  const { certificate, opened } = alone;
  limits.limit.restart();
  limits.limit.signal.addEventListener('abort', alone.end, { once: true });
  return {
    status: opened.status,
    headers: flatten(opened.headers),
    ...withheldIn(opened),
    ...(certificate ? { certificate } : {}),
    chunks: chunksOf(alone, limits),
  };
}

async function* chunksOf(
  { url, opened, end }: OpenedAlone,
  { limit, silenceMs, maxBytes, release, failure }: StreamLimits,
): AsyncGenerator<Uint8Array> {
  const encoding = flatten(opened.headers)['content-encoding'] ?? '';
  try {
    for await (const chunk of unpacked(opened.body, encoding, { maxBytes, host: hostOf(url) })) {
      limit.pause();
      yield chunk;
      limit.restart(silenceMs);
    }
  } catch (error) {
    throw failure(error);
  } finally {
    release();
    end();
  }
}

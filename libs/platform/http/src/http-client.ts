import { deadline, type Deadline } from './deadline';
import { Exchanges } from './exchanges';
import { hostOf, HttpFailure } from './http-failure';
import type { HttpClient, HttpClientOptions, HttpRequest } from './http-types';
import { streamOf } from './stream-of';
import { toHttpFailure } from './to-http-failure';

/** A client for servers that are not ours, with connections kept alive. One for each use, because limits belong to uses. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const exchanges = new Exchanges(options);
  const streams = new Set<Deadline>();
  let closing: Promise<void> | null = null;
  const begin = (request: HttpRequest) => beginCall(request, { ...options, isClosed: closing !== null });

  return {
    async request(request) {
      const { limit, limits, failure } = begin(request);
      try {
        return await exchanges.request(request, limits);
      } catch (error) {
        throw failure(error);
      } finally {
        limit.clear();
      }
    },
    async stream(request, { signal, silenceMs }) {
      const { limit, limits, failure } = begin({ ...request, signal });
      streams.add(limit);
      const release = () => {
        limit.clear();
        streams.delete(limit);
      };
      // Also of a stream that nobody reads.
      limit.signal.addEventListener('abort', release, { once: true });
      try {
        const opened = await exchanges.openAlone(request, limits);
        return streamOf(opened, { limit, silenceMs, maxBytes: limits.maxBytes, release, failure });
      } catch (error) {
        release();
        throw failure(error);
      }
    },
    close() {
      for (const limit of streams) limit.stop();
      closing ??= exchanges.close();
      return closing;
    },
  };
}

/** What holds for one call: its clock, its bounds, and how its errors are told. */
function beginCall(
  request: HttpRequest,
  { deadlineMs = 10_000, maxBytes = 10 * 1024 * 1024, isClosed }: HttpClientOptions & { readonly isClosed: boolean },
) {
  const host = URL.canParse(String(request.url)) ? hostOf(new URL(request.url)) : 'unknown';
  if (isClosed) throw new HttpFailure('network', host, 'closed');
  const limit = deadline(request.deadlineMs ?? deadlineMs, request.signal);
  return {
    limit,
    limits: { maxBytes: request.maxBytes ?? maxBytes, signal: limit.signal },
    failure: (error: unknown) =>
      toHttpFailure(error, host, { timedOut: limit.timedOut(), aborted: limit.signal.aborted }),
  };
}

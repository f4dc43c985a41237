import { Agent, request as undiciRequest } from 'undici';
import type { AddressGuard } from './address-guard';
import { guardedConnect, type ResolveName } from './guarded-connect';
import { hostOf, HttpFailure } from './http-failure';
import { acceptedEncodings, readBody } from './read-body';
import { nextRequest, type Outgoing } from './redirect';
import { toHttpFailure } from './to-http-failure';

export interface HttpClientOptions {
  readonly userAgent: string;
  readonly guard: AddressGuard;
  /** For the whole exchange: connecting, redirects and body together. */
  readonly deadlineMs?: number;
  /** Of one response's body after unpacking. */
  readonly maxBytes?: number;
  readonly maxRedirects?: number;
  /** Connections to one origin. */
  readonly maxConnections?: number;
  readonly resolveName?: ResolveName;
}

export interface HttpRequest {
  readonly method?: string;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly deadlineMs?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** What a redirect is: an HttpFailure (the default), a response, or followed within `maxRedirects`. */
  readonly redirect?: 'error' | 'manual' | 'follow';
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; several values joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  readonly body: Buffer;
  /** The address that answered, after redirects. */
  readonly url: string;
  text(): string;
  /** Throws HttpFailure `malformed` when the body is not JSON. */
  json(): unknown;
}

export interface HttpClient {
  /** An error status is a response; no response is an HttpFailure. Never retries. */
  request(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** A client for servers that are not ours, with connections kept alive. One for each use, because limits belong to uses. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { guard, userAgent, deadlineMs = 10_000, maxBytes = 10 * 1024 * 1024, maxRedirects = 3 } = options;
  const agent = new Agent({
    connect: guardedConnect(guard, options.resolveName),
    connections: options.maxConnections ?? 16,
    keepAliveTimeout: 20_000,
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  async function exchange(
    outgoing: Outgoing,
    limits: { maxBytes: number; signal: AbortSignal },
  ): Promise<HttpResponse> {
    const { url, method, headers, body } = outgoing;
    const response = await undiciRequest(url, {
      dispatcher: agent,
      method,
      headers: { 'user-agent': userAgent, 'accept-encoding': acceptedEncodings, ...headers },
      body: body ?? null,
      signal: limits.signal,
    });
    const host = hostOf(url);
    const received = flatten(response.headers);
    const bodyLimit = { maxBytes: limits.maxBytes, host };
    const content = await readBody(
      response.body,
      method === 'HEAD' ? '' : (received['content-encoding'] ?? ''),
      bodyLimit,
    );
    return toResponse(response.statusCode, received, setCookiesOf(response.headers), { content, url });
  }

  async function send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    let outgoing = firstRequest(request, guard);
    for (let redirects = 0; ; redirects += 1) {
      const response = await exchange(outgoing, { maxBytes: request.maxBytes ?? maxBytes, signal });
      const next = request.redirect === 'manual' ? null : nextRequest(outgoing, response, guard);
      if (!next) {
        return response;
      }
      if (request.redirect !== 'follow' || redirects >= maxRedirects) {
        throw new HttpFailure('redirect', hostOf(outgoing.url), redirects > 0 ? 'too_many' : 'not_followed');
      }
      outgoing = next;
    }
  }

  return {
    async request(request) {
      const limit = deadline(request.deadlineMs ?? deadlineMs, request.signal);
      try {
        return await send(request, limit.signal);
      } catch (error) {
        const host = URL.canParse(String(request.url)) ? hostOf(new URL(request.url)) : 'unknown';
        throw toHttpFailure(error, host, { timedOut: limit.timedOut(), aborted: request.signal?.aborted === true });
      } finally {
        limit.clear();
      }
    },
    close: () => agent.close(),
  };
}

function firstRequest(request: HttpRequest, guard: AddressGuard): Outgoing {
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const url = guard.checkUrl(request.url);
  const method = (request.method ?? 'GET').toUpperCase();
  return { url, method, headers, ...(request.body === undefined ? {} : { body: request.body }) };
}

/** One signal for the caller's wish and the deadline; `clear` lets go of both. */
function deadline(ms: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, ms);
  const stop = () => controller.abort();
  outer?.addEventListener('abort', stop, { once: true });
  if (outer?.aborted) {
    stop();
  }
  return {
    signal: controller.signal,
    timedOut: () => late,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    },
  };
}

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

function flatten(headers: RawHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function setCookiesOf(headers: RawHeaders): string[] {
  const cookies = headers['set-cookie'];
  return Array.isArray(cookies) ? cookies : cookies === undefined ? [] : [cookies];
}

function toResponse(
  status: number,
  headers: Record<string, string>,
  setCookies: string[],
  { content, url }: { content: Buffer; url: URL },
): HttpResponse {
  return {
    status,
    headers,
    setCookies,
    body: content,
    url: url.href,
    text: () => content.toString('utf8'),
    json: () => {
      try {
        const parsed: unknown = JSON.parse(content.toString('utf8'));
        return parsed;
      } catch {
        throw new HttpFailure('malformed', hostOf(url), 'json');
      }
    },
  };
}

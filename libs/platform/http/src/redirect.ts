import type { AddressGuard } from './address-guard';
import { hostOf, HttpFailure } from './http-failure';
import type { HttpRequest } from './http-types';

export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** What another origin may see of a request: nothing that proves who asks. An allow-list, because credentials have many names. */
const portableHeaders = new Set(['accept', 'accept-language', 'content-type']);

/** Judged by the guard. Throws HttpFailure. */
export function firstRequest(request: HttpRequest, guard: AddressGuard): Outgoing {
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const plainHttp = request.overPlainHttp === true && request.credentials === undefined;
  const url = guard.checkUrl(request.url, { plainHttp });
  const method = (request.method ?? 'GET').toUpperCase();
  return { url, method, headers, ...(request.body === undefined ? {} : { body: request.body }) };
}

/**
 * The request a redirect asks for, or null when the response is none. The new address is judged like the first. To another
 * origin no credentials go along, and a body not at all: it may hold a secret. Throws HttpFailure.
 */
export function nextRequest(
  sent: Outgoing,
  response: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  guard: AddressGuard,
): Outgoing | null {
  const location = response.headers['location'];
  if (!redirectStatuses.has(response.status) || location === undefined) {
    return null;
  }
  if (!URL.canParse(location, sent.url.href)) {
    throw new HttpFailure('redirect', hostOf(sent.url), 'location');
  }
  const url = guard.checkUrl(new URL(location, sent.url));
  const keepsBody = response.status === 307 || response.status === 308;
  const keepsMethod = keepsBody || sent.method === 'GET' || sent.method === 'HEAD';
  const sameOrigin = url.origin === sent.url.origin;
  if (!sameOrigin && keepsBody && sent.body !== undefined) {
    throw new HttpFailure('redirect', hostOf(sent.url), 'body_to_other_origin');
  }
  const headers = Object.entries(sent.headers).filter(
    ([name]) => (sameOrigin || portableHeaders.has(name)) && (keepsBody || !name.startsWith('content-')),
  );
  return {
    url,
    method: keepsMethod ? sent.method : 'GET',
    headers: Object.fromEntries(headers),
    ...(keepsBody && sent.body !== undefined ? { body: sent.body } : {}),
  };
}

/**
 * Calls of Microsoft Graph with a bearer token. One exchange each: no retry, no redirect, and no address but ours; the links
 * of pages, which Graph hands out whole, are followed only below our own base address.
 * Source: learn.microsoft.com/graph/api/overview, …/graph/json-batching, …/graph/outlook-immutable-id.
 */
import {
  asText,
  type Clock,
  errorFromFailure,
  errorFromForeignReply,
  isRecord,
  listOf,
  type ProviderAccess,
  ProviderError,
  type ProviderHttp,
  type ProviderHttpResponse,
} from '@daybook/provider-port';
import { errorFromGraph, type GraphRefusal, type RefusedRequest } from '../microsoft.errors';

export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the base address, with its query; parts from outside are encoded by the caller. */
  readonly path: string;
  readonly body?: object;
  /** Only while the thing has this change key; null whatever it is. */
  readonly ifVersion?: string | null;
  readonly pageSize?: number;
  readonly aboutOneCalendar: boolean;
}

/** One answer of several that were asked for together. */
export type PartAnswer =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly error: ProviderError };

export interface GraphClient {
  /** The parsed body; null where there is none. @throws ProviderError */
  call(access: ProviderAccess, request: GraphRequest): Promise<unknown>;
  /** A page by the link that Graph gave. @throws ProviderError `UntrustedServer` where it leads elsewhere */
  follow(access: ProviderAccess, link: string, pageSize?: number): Promise<unknown>;
  /** Whether a link leads where our calls go. */
  isOurs(link: string): boolean;
  /** Reads paths together and gives the answers in their order: 20 in a request, requests beside each other. @throws ProviderError where a whole request failed */
  readAll(access: ProviderAccess, paths: readonly string[]): Promise<readonly PartAnswer[]>;
}

/** A page of 1,000 events is about 4 MB; one of long descriptions and guest lists stays below this. */
const MAX_BYTES = 48 * 1024 * 1024;
const DEADLINE_MS = 60_000;
const MOST_PARTS = 20;
/** Ids that outlive a move to another folder, times as instants, texts without markup. */
const PREFERENCES = ['IdType="ImmutableId"', 'outlook.timezone="UTC"', 'outlook.body-content-type="text"'];

export function createGraphClient(http: ProviderHttp, clock: Clock, base: string): GraphClient {
  const about = (more: Partial<RefusedRequest>): RefusedRequest => ({
    now: clock.now(),
    aboutOneCalendar: false,
    carriedToken: false,
    wrote: false,
    ...more,
  });

  async function exchange(access: ProviderAccess, url: string, request: Sent): Promise<ProviderHttpResponse> {
    const { method, body } = request;
    const limits = { deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES };
    const headers = headersFor(access, request);
    try {
      return await http.request({
        method,
        url,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...limits,
      });
    } catch (failure) {
      throw errorFromFailure(failure);
    }
  }

  async function call(access: ProviderAccess, request: GraphRequest): Promise<unknown> {
    const response = await exchange(access, base + request.path, request);
    const { aboutOneCalendar, method } = request;
    return bodyOrError(response, about({ aboutOneCalendar, wrote: method !== 'GET' }));
  }

  const isOurs = (link: string): boolean => {
    const url = parsedUrl(link);
    const own = new URL(base);
    return url !== null && url.origin === own.origin && url.pathname.startsWith(`${own.pathname}/`);
  };

  async function follow(access: ProviderAccess, link: string, pageSize?: number): Promise<unknown> {
    if (!isOurs(link)) throw new ProviderError('UntrustedServer', { detail: 'a page link to another host' });
    const sent: Sent = { method: 'GET', ...(pageSize === undefined ? {} : { pageSize }) };
    return bodyOrError(await exchange(access, link, sent), about({ aboutOneCalendar: true, carriedToken: true }));
  }

  async function readSome(access: ProviderAccess, paths: readonly string[]): Promise<readonly PartAnswer[]> {
    const requests = paths.map((url, index) => ({
      id: String(index),
      method: 'GET',
      url,
      headers: { Prefer: PREFERENCES.join(', ') },
    }));
    const reply = await call(access, { method: 'POST', path: '/$batch', body: { requests }, aboutOneCalendar: false });
    const answers = new Map(
      listOf(isRecord(reply) ? reply['responses'] : null).flatMap((part) =>
        isRecord(part) ? [[asText(part['id'], 8), part] as const] : [],
      ),
    );
    return paths.map((_path, index) => partAnswer(answers.get(String(index)), about({ aboutOneCalendar: false })));
  }

  return {
    call,
    follow,
    isOurs,
    async readAll(access, paths) {
      const chunks = Array.from({ length: Math.ceil(paths.length / MOST_PARTS) }, (_none, chunk) =>
        readSome(access, paths.slice(chunk * MOST_PARTS, (chunk + 1) * MOST_PARTS)),
      );
      return (await Promise.all(chunks)).flat();
    },
  };
}

type Sent = Pick<GraphRequest, 'method' | 'body' | 'ifVersion' | 'pageSize'>;

function headersFor(access: ProviderAccess, { body, ifVersion = null, pageSize }: Sent): Record<string, string> {
  const preferences = pageSize === undefined ? PREFERENCES : [...PREFERENCES, `odata.maxpagesize=${pageSize}`];
  return {
    authorization: `Bearer ${access.token}`,
    accept: 'application/json',
    prefer: preferences.join(', '),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(ifVersion === null ? {} : { 'if-match': `W/"${ifVersion}"` }),
  };
}

function bodyOrError(response: ProviderHttpResponse, request: RefusedRequest): unknown {
  const { status, headers } = response;
  if (status >= 200 && status < 300) return bodyOf(response);
  throw errorFromGraph({ status, headers, body: bodyOrNull(response) }, request);
}

function bodyOf(response: ProviderHttpResponse): unknown {
  if (response.body.length === 0) return null;
  try {
    return response.json();
  } catch (cause) {
    throw errorFromForeignReply(response, cause);
  }
}

function bodyOrNull(response: ProviderHttpResponse): unknown {
  try {
    return response.json();
  } catch {
    return null;
  }
}

/** A part that is missing was not answered: that says nothing about what it asked for. */
function partAnswer(part: unknown, request: RefusedRequest): PartAnswer {
  if (!isRecord(part) || typeof part['status'] !== 'number')
    return { ok: false, error: new ProviderError('Unavailable', { detail: 'a batch with a part missing' }) };
  const { status, body } = part;
  if (status >= 200 && status < 300) return { ok: true, body };
  const refusal: GraphRefusal = { status, headers: lowerCased(part['headers']), body };
  return { ok: false, error: errorFromGraph(refusal, request) };
}

function lowerCased(headers: unknown): Record<string, string> {
  if (!isRecord(headers)) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), asText(value, 8192)]));
}

function parsedUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

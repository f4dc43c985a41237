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
  type ProviderErrorKind,
  type ProviderHttp,
  type ProviderHttpResponse,
} from '@daybook/provider-port';
import type { FewAtOnce } from './few-at-once';
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
  /** It changes nothing, whatever its method. */
  readonly onlyReads?: boolean;
  /** How much of what a mailbox serves at once it takes. */
  readonly places?: number;
}

/** How a link that Graph gave is followed. */
export interface FollowOptions {
  readonly pageSize?: number;
  /** The link carries a place in changes or in their listing, which Graph may forget; that of a plain list is a page of it. */
  readonly tracking: boolean;
}

export interface GraphSurroundings {
  readonly http: ProviderHttp;
  readonly clock: Clock;
  readonly turns: FewAtOnce;
}

/** One answer of several that were asked for together. */
export type PartAnswer =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly error: ProviderError };

/** Whether reads of one request go beside each other or one after the other. */
export type ReadingOrder = 'together' | 'inTurn';

export interface GraphClient {
  /** The parsed body; null where there is none. @throws ProviderError */
  call(access: ProviderAccess, request: GraphRequest): Promise<unknown>;
  /** A page by the link that Graph gave. @throws ProviderError `UntrustedServer` where it leads elsewhere */
  follow(access: ProviderAccess, link: string, options: FollowOptions): Promise<unknown>;
  /** Whether a link leads where our calls go. */
  isOurs(link: string): boolean;
  /**
   * Reads paths, 20 in a request, and gives the answers in their order. `together` wants them soon and needs all that a mailbox
   * serves at once; `inTurn` takes one place for each request, so that a page can be on its way beside it. @throws
   * ProviderError where a whole request failed, or the mailbox refuses whatever is asked
   */
  readAll(access: ProviderAccess, paths: readonly string[], order: ReadingOrder): Promise<readonly PartAnswer[]>;
}

/** A page of 1,000 events is about 4 MB; one of long descriptions and guest lists stays below this. */
const MAX_BYTES = 48 * 1024 * 1024;
const DEADLINE_MS = 60_000;
const MOST_PARTS = 20;
/**
 * Parts of one mailbox that Graph carries out together where they do not wait for each other; a batch whose parts do takes no
 * more than a request. Source: learn.microsoft.com/graph/throttling-limits#outlook-service-batching.
 */
const PARTS_AT_ONCE = 4;
/** Batches of one reading beside each other: a page may be on its way as well. */
const CHAINS_AT_ONCE = 3;
/** Ids that outlive a move to another folder, times as instants, texts without markup. */
const PREFERENCES = ['IdType="ImmutableId"', 'outlook.timezone="UTC"', 'outlook.body-content-type="text"'];

export function createGraphClient({ http, clock, turns }: GraphSurroundings, base: string): GraphClient {
  const about = (more: Partial<RefusedRequest>): RefusedRequest => ({
    now: clock.now(),
    aboutOneCalendar: false,
    carriedToken: false,
    wrote: false,
    created: false,
    ...more,
  });

  async function exchange(access: ProviderAccess, url: string, request: Sent): Promise<ProviderHttpResponse> {
    const { method, body, places = 1 } = request;
    const limits = { deadlineMs: DEADLINE_MS, maxBytes: MAX_BYTES };
    const headers = headersFor(access, request);
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    try {
      return await turns.run(access.token, places, () => http.request({ method, url, headers, ...content, ...limits }));
    } catch (failure) {
      throw errorFromFailure(failure);
    }
  }

  async function call(access: ProviderAccess, request: GraphRequest): Promise<unknown> {
    const response = await exchange(access, base + request.path, request);
    const { aboutOneCalendar, method, onlyReads = method === 'GET' } = request;
    const wrote = !onlyReads;
    return bodyOrError(response, about({ aboutOneCalendar, wrote, created: wrote && method === 'POST' }));
  }

  const isOurs = (link: string): boolean => {
    const url = parsedUrl(link);
    const own = new URL(base);
    return url !== null && url.origin === own.origin && url.pathname.startsWith(`${own.pathname}/`);
  };

  async function follow(access: ProviderAccess, link: string, { pageSize, tracking }: FollowOptions): Promise<unknown> {
    if (!isOurs(link)) throw new ProviderError('UntrustedServer', { detail: 'a page link to another host' });
    const sent: Sent = { method: 'GET', ...(pageSize === undefined ? {} : { pageSize }) };
    return bodyOrError(await exchange(access, link, sent), about({ aboutOneCalendar: true, carriedToken: tracking }));
  }

  async function readSome({ access, paths, order }: BatchedReads): Promise<readonly PartAnswer[]> {
    const places = order === 'inTurn' ? 1 : Math.min(paths.length, PARTS_AT_ONCE);
    const body = { requests: paths.map((path, index) => partOf(path, { index, order })) };
    const request = {
      method: 'POST',
      path: '/$batch',
      body,
      aboutOneCalendar: false,
      onlyReads: true,
      places,
    } as const;
    const reply = await call(access, request);
    const answers = new Map(
      listOf(isRecord(reply) ? reply['responses'] : null).flatMap((part) =>
        isRecord(part) ? [[asText(part['id'], 8), part] as const] : [],
      ),
    );
    const read = paths.map((_path, index) => partAnswer(answers.get(String(index)), about({ aboutOneCalendar: true })));
    const refusal = read.flatMap((answer) => (answer.ok ? [] : [answer.error])).find(isOfTheMailbox);
    if (refusal) throw refusal;
    return read;
  }

  /** What stands behind a part that failed was not even tried: it is asked for again. */
  async function readInTurn(reads: Omit<BatchedReads, 'order'>): Promise<readonly PartAnswer[]> {
    const { access, paths } = reads;
    const answers = await readSome({ ...reads, order: 'inTurn' });
    const failed = answers.findIndex((answer) => !answer.ok);
    if (failed === -1 || failed === paths.length - 1) return answers;
    const rest = await readSome({ access, paths: paths.slice(failed + 1), order: 'together' });
    return [...answers.slice(0, failed + 1), ...rest];
  }

  return {
    call,
    follow,
    isOurs,
    async readAll(access, paths, order) {
      const chunks = Array.from({ length: Math.ceil(paths.length / MOST_PARTS) }, (_none, chunk) =>
        paths.slice(chunk * MOST_PARTS, (chunk + 1) * MOST_PARTS),
      );
      const read = (some: readonly string[]) =>
        order === 'inTurn' ? readInTurn({ access, paths: some }) : readSome({ access, paths: some, order });
      const answers: PartAnswer[] = [];
      // A refusal of one request is heard before the next ones are sent.
      for (let next = 0; next < chunks.length; next += CHAINS_AT_ONCE)
        answers.push(...(await Promise.all(chunks.slice(next, next + CHAINS_AT_ONCE).map(read))).flat());
      return answers;
    },
  };
}

interface BatchedReads {
  readonly access: ProviderAccess;
  readonly paths: readonly string[];
  readonly order: ReadingOrder;
}

/** In turn each part waits for the one before it. */
function partOf(url: string, { index, order }: { index: number; order: ReadingOrder }): object {
  const headers = { Prefer: PREFERENCES.join(', ') };
  const dependsOn = order === 'inTurn' && index > 0 ? { dependsOn: [String(index - 1)] } : {};
  return { id: String(index), method: 'GET', url, headers, ...dependsOn };
}

/** Whether every other request would be refused alike. */
function isOfTheMailbox({ kind, retryAfterMs }: ProviderError): boolean {
  return OF_THE_MAILBOX.has(kind) || retryAfterMs !== null;
}

const OF_THE_MAILBOX: ReadonlySet<ProviderErrorKind> = new Set([
  'AccessExpired',
  'ConsentRevoked',
  'NoMailbox',
  'Throttled',
]);

type Sent = Pick<GraphRequest, 'method' | 'body' | 'ifVersion' | 'pageSize' | 'places'>;

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

import {
  type Clock,
  errorFromFailure,
  errorFromForeignReply,
  type ProviderAccess,
  type ProviderHttp,
  type ProviderHttpResponse,
} from '@daybook/provider-port';
import { errorFromResponse } from '../google.errors';

export interface GoogleRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the fixed base address, such as `/calendars/primary/events`; parts from outside are encoded by the caller. */
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly body?: object;
  /** Only while the thing is in this version (`If-Match`); null whatever it is. */
  readonly ifVersion?: string | null;
  readonly aboutOneCalendar: boolean;
  /** The query carries a sync or page token. */
  readonly carriesToken?: boolean;
  /** It changes nothing, whatever its method. */
  readonly onlyReads?: boolean;
}

/** Calls of Google Calendar with a bearer token. One exchange each: no retry, no redirect, no address but ours. */
export interface GoogleClient {
  /** The parsed body; null where there is none. @throws ProviderError */
  call(access: ProviderAccess, request: GoogleRequest): Promise<unknown>;
}

/** A page of 2,500 events is about 3 MB; one of the longest descriptions and guest lists stays below this. */
const MAX_BYTES = 48 * 1024 * 1024;
const DEADLINE_MS = 60_000;

export function createGoogleClient(http: ProviderHttp, clock: Clock, base: string): GoogleClient {
  async function send(access: ProviderAccess, request: GoogleRequest): Promise<ProviderHttpResponse> {
    const query = request.query === undefined ? '' : `?${request.query}`;
    try {
      return await http.request({
        method: request.method,
        url: `${base}${request.path}${query}`,
        headers: headersFor(access, request),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        deadlineMs: DEADLINE_MS,
        maxBytes: MAX_BYTES,
      });
    } catch (failure) {
      throw errorFromFailure(failure);
    }
  }

  return {
    async call(access, request) {
      const response = await send(access, request);
      if (response.status >= 200 && response.status < 300) return bodyOf(response);
      throw errorFromResponse(response, {
        now: clock.now(),
        aboutOneCalendar: request.aboutOneCalendar,
        carriedToken: request.carriesToken ?? false,
        wrote: request.method !== 'GET' && request.onlyReads !== true,
      });
    },
  };
}

function headersFor(access: ProviderAccess, { body, ifVersion = null }: GoogleRequest): Record<string, string> {
  return {
    authorization: `Bearer ${access.token}`,
    accept: 'application/json',
    // Google compresses only for clients that name gzip in their user agent as well.
    'user-agent': 'Daybook (gzip)',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(ifVersion === null ? {} : { 'if-match': ifVersion }),
  };
}

function bodyOf(response: ProviderHttpResponse): unknown {
  if (response.body.length === 0) return null;
  try {
    return response.json();
  } catch (cause) {
    throw errorFromForeignReply(response, cause);
  }
}

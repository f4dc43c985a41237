import { ApiProblem, offlineProblem, readProblem } from './api-problem';
import { CLIENT_HEADER, type Session } from '../session/session';

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** The item's opaque version, sent as `If-Match`. */
  readonly version?: string;
  /** The same for each try of one intention, so that a lost answer does nothing twice. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * Calls `/v1` as the signed-in person. A 401 renews the access token and tries once more. The answer's shape is the contract
 * of the release both sides come from, so `T` is not checked again here.
 */
export class ApiClient {
  constructor(
    private readonly session: Session,
    private readonly send: typeof fetch,
  ) {}

  /** @throws ApiProblem for every answer that is not a success, and `offline` when there is none. */
  async call<T>(path: string, options: CallOptions = {}): Promise<T> {
    const response = await this.open(path, options);
    if (response.status === 204) return JSON.parse('null');
    return response.json();
  }

  /** The raw answer, for streams. */
  async open(
    path: string,
    options: CallOptions & { readonly headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const token = await this.session.accessToken();
    if (token === null) throw notSignedIn();
    const first = await this.sendWith(token, path, options);
    if (first.status !== 401) return orThrow(first);
    const renewed = await this.session.accessTokenAfter(token);
    if (renewed === null) throw notSignedIn();
    return orThrow(await this.sendWith(renewed, path, options));
  }

  private async sendWith(
    token: string,
    path: string,
    options: CallOptions & { readonly headers?: Record<string, string> },
  ): Promise<Response> {
    const headers: Record<string, string> = { ...CLIENT_HEADER, Authorization: `Bearer ${token}`, ...options.headers };
    if (options.body !== undefined) headers['Content-Type'] = 'application/json';
    if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`;
    if (options.idempotencyKey !== undefined) headers['Idempotency-Key'] = options.idempotencyKey;
    const init: RequestInit = {
      method: options.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
    };
    if (options.body !== undefined) init.body = JSON.stringify(options.body);
    if (options.signal) init.signal = options.signal;
    return this.send(path, init).catch((error: unknown) => {
      if (options.signal?.aborted) throw error;
      throw offlineProblem();
    });
  }
}

async function orThrow(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw await readProblem(response);
}

function notSignedIn(): ApiProblem {
  return new ApiProblem({ ...offlineProblem().problem, status: 401, code: 'session_ended', blame: 'user' });
}

/** `path?…` with those values that are set. */
export function withQuery(path: string, values: Record<string, string | number | undefined | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

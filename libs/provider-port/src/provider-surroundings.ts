/** What an adapter is handed instead of reaching for it. */

export interface ProviderHttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** For the whole exchange, milliseconds. */
  readonly deadlineMs?: number;
  /** After decompression, bytes. */
  readonly maxBytes?: number;
}

export interface ProviderHttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  text(): string;
  json(): unknown;
}

/** One exchange. Rejects with an error that has `kind`: timeout, network, tooLarge, blocked, tls or aborted. */
export interface ProviderHttp {
  request(request: ProviderHttpRequest): Promise<ProviderHttpResponse>;
}

/** Milliseconds since 1970, as the deployment sees time. */
export interface Clock {
  now(): number;
}

export interface ProviderLog {
  warn(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
  debug(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
}

/** What an adapter is handed instead of reaching for it. */

/** A name and a password. The client shows them to this one origin alone, in the way that its challenge asks for. */
export interface ProviderHttpCredentials {
  readonly user: string;
  /** Absent where the user is an address or UPN. */
  readonly domain?: string;
  readonly password: string;
  readonly schemes: readonly ('ntlm' | 'basic')[];
  /** Whether they may go over plain http, too, to a host the operator lists. */
  readonly overPlainHttp?: boolean;
}

export interface ProviderHttpTrust {
  /** Certificates of authorities, each as PEM, that are trusted besides the usual ones. */
  readonly authorities?: readonly string[];
  /** Takes any certificate, also one of another name. */
  readonly skipChecks?: boolean;
}

export interface ProviderHttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** For the whole exchange, milliseconds. */
  readonly deadlineMs?: number;
  /** After decompression, bytes. */
  readonly maxBytes?: number;
  /** A 401 to them is the response; they are never shown twice for one request. */
  readonly credentials?: ProviderHttpCredentials;
  readonly trust?: ProviderHttpTrust;
}

export interface ProviderHttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  text(): string;
  json(): unknown;
}

export interface ProviderHttpStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Unpacked, to be read once; leaving the loop closes the connection. Rejects as `request` does. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** One exchange. Rejects with an error that has `kind`: timeout, network, tooLarge, blocked, tls or aborted. */
export interface ProviderHttp {
  request(request: ProviderHttpRequest): Promise<ProviderHttpResponse>;
  /**
   * A response that goes on until the signal ends it (`aborted`), on a connection of its own. `deadlineMs` is for its
   * beginning and then for each silence, `maxBytes` for all that comes.
   */
  stream?(request: ProviderHttpRequest, until: { readonly signal: AbortSignal }): Promise<ProviderHttpStream>;
}

/** Milliseconds since 1970, as the deployment sees time. */
export interface Clock {
  now(): number;
}

export interface ProviderLog {
  warn(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
  debug(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
}

import type { AddressGuard } from './address-guard';
import type { ResolveName } from './guarded-connect';

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
  /** Accounts whose connections are kept, the most recently used ones. */
  readonly maxSessions?: number;
  /** How long a connection of an account is kept without a request on it. */
  readonly sessionIdleMs?: number;
  /**
   * Responses tell of the server's certificate. Every new connection then has the server show it, where it would otherwise go on with
   * a TLS session of an earlier one.
   */
  readonly tellsCertificates?: boolean;
  readonly resolveName?: ResolveName;
}

/** A name and a password, shown to this one origin in the way that it asks for. */
export interface HttpCredentials {
  readonly user: string;
  /** Absent where the user is an address or UPN. */
  readonly domain?: string;
  readonly password: string;
  readonly schemes: readonly ('ntlm' | 'basic')[];
  /** Whether they may go over plain http, too; the guard must list the host. */
  readonly overPlainHttp?: boolean;
}

export interface HttpTrust {
  /** Certificates of authorities, each as PEM, that are trusted besides the usual ones. */
  readonly authorities?: readonly string[];
  /** Takes any certificate, also one of another name. */
  readonly skipChecks?: boolean;
}

export interface HttpRequest {
  readonly method?: string;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly deadlineMs?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** What a redirect is: an HttpFailure (the default), a response, or followed within `maxRedirects`. Never followed with credentials. */
  readonly redirect?: 'error' | 'manual' | 'follow';
  readonly credentials?: HttpCredentials;
  readonly trust?: HttpTrust;
  /** It may go over plain http to any public address: only for what everybody may read and alter; never with credentials. */
  readonly overPlainHttp?: boolean;
}

/** What a server has shown of itself, on its newest connection with this trust. */
export interface HttpCertificate {
  /** When the first certificate of the chain expires that it shows, milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; several values joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  readonly body: Buffer;
  /** The address that answered, after redirects. */
  readonly url: string;
  /** Of a 401: it says nothing of the credentials, which no way in that the server offers could be shown by. Else they were shown. */
  readonly credentialsWithheld?: true;
  /** Over https, of a client that tells it. */
  readonly certificate?: HttpCertificate;
  text(): string;
  /** Throws HttpFailure `malformed` when the body is not JSON. */
  json(): unknown;
}

export interface HttpStream {
  readonly status: number;
  /** Lower-case names; several values joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** As of a response. */
  readonly credentialsWithheld?: true;
  /** As of a response. */
  readonly certificate?: HttpCertificate;
  /** Unpacked, to be read once; leaving the loop closes the connection. Throws HttpFailure. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface StreamEnds {
  readonly signal: AbortSignal;
  /** Milliseconds of each silence after the first piece. */
  readonly silenceMs?: number;
}

export interface HttpClient {
  /** An error status is a response; no response is an HttpFailure. Never retries. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /**
   * The same with a body that comes bit by bit, on a connection of its own. `deadlineMs` is for its head, then for its first
   * piece, and for each silence after it unless `silenceMs` is; `maxBytes` for all that comes. The signal ends it as `aborted`.
   */
  stream(request: Omit<HttpRequest, 'signal'>, until: StreamEnds): Promise<HttpStream>;
  close(): Promise<void>;
}

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
  /** A redirect is the response, in place of an error. */
  readonly redirect?: 'manual';
  /** It may go over plain http to any public address: only for what everybody may read and alter; never with credentials. */
  readonly overPlainHttp?: boolean;
}

/** What the server has shown of itself, on its newest connection with the same trust. */
export interface ProviderHttpCertificate {
  /** When the first certificate of the chain expires that it shows, milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface ProviderHttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Of a 401: it says nothing of the credentials, which no way in that the server offers could be shown by. Else they were shown. */
  readonly credentialsWithheld?: boolean;
  /** Over https, of a client that tells it: the one for addresses that people type does. */
  readonly certificate?: ProviderHttpCertificate;
  text(): string;
  json(): unknown;
}

export interface ProviderHttpStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As of a response. */
  readonly credentialsWithheld?: boolean;
  /** As of a response. */
  readonly certificate?: ProviderHttpCertificate;
  /** Unpacked, to be read once; leaving the loop closes the connection. Rejects as `request` does. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** One exchange. Rejects with an error that has `kind`: timeout, network, tooLarge, blocked, tls or aborted. */
export interface ProviderHttp {
  request(request: ProviderHttpRequest): Promise<ProviderHttpResponse>;
  /**
   * A response that goes on until the signal ends it (`aborted`), on a connection of its own. `deadlineMs` is for its
   * head, then for its first piece, `silenceMs` (the same unless given) for each silence after it, `maxBytes` for all that comes.
   */
  stream?(request: ProviderHttpRequest, until: ProviderStreamEnds): Promise<ProviderHttpStream>;
}

export interface ProviderStreamEnds {
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly silenceMs?: number;
}

/** Milliseconds since 1970, as the deployment sees time. */
export interface Clock {
  now(): number;
}

export interface ProviderLog {
  warn(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
  debug(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
}

/** One target of an SRV record (RFC 2782), as it stands there. */
export interface NamedServer {
  readonly host: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

export interface FindServers {
  /** The SRV records of a name such as `_autodiscover._tcp.example.com`; none where there are none or nobody answers. Never throws. */
  srv(name: string): Promise<readonly NamedServer[]>;
}

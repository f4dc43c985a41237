export type HttpFailureKind =
  'timeout' | 'network' | 'tooLarge' | 'blocked' | 'tls' | 'aborted' | 'redirect' | 'malformed';

/**
 * An exchange that gave no response. It carries the host and a code, never a path, a query, a header or a body: those may
 * hold secrets or addresses of people, and errors end in logs.
 */
export class HttpFailure extends Error {
  constructor(
    readonly kind: HttpFailureKind,
    /** `host:port` of the request that failed. */
    readonly host: string,
    /** The system's or TLS library's code (`ECONNRESET`), or why an address is blocked. */
    readonly code?: string,
  ) {
    super(`${kind}${code ? ` (${code})` : ''} at ${host}`);
    this.name = 'HttpFailure';
  }
}

/** `example.org:443`: with the port also where the URL leaves it out. */
export function hostOf(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
}

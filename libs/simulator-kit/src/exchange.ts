import type { IncomingHttpHeaders } from 'node:http';

/** A request as the routes see it, its body already read. */
export interface Incoming {
  method: string;
  /** Path without query, still escaped. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  /** Scheme and host the client used: `http://127.0.0.1:8101`. */
  origin: string;
  /** Stands for the TCP connection: the same object for all requests on it, for sign-ins that belong to a connection. */
  connection: object;
  /** Aborted when the client goes away before it has the whole answer, or has it. */
  gone?: AbortSignal;
}

/** An answer before it goes out. `cut` drops the connection instead. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
  cut?: boolean;
  /**
   * What follows the body bit by bit, each text sent at once. When the client goes away, `return` of the iterator is called; when the
   * iterator throws, the connection is dropped.
   */
  chunks?: AsyncIterable<string>;
}

const JSON_TYPE = 'application/json; charset=UTF-8';

export const jsonAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  textAnswer(status, JSON.stringify(body), headers);

export const textAnswer = (status: number, json: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': JSON_TYPE, ...headers },
  body: json,
});

export const emptyAnswer = (status: number, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: '',
});

export const redirectAnswer = (location: string, headers: Record<string, string | string[]> = {}): Answer => ({
  status: 302,
  headers: { location, 'cache-control': 'no-store', ...headers },
  body: '',
});

/** A page for people. No script runs on it and nothing is loaded from elsewhere. */
export const pageAnswer = (status: number, html: string, headers: Record<string, string | string[]> = {}): Answer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    ...headers,
  },
  body: html,
});

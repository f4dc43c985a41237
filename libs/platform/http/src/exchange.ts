import { Readable } from 'node:stream';
import { request as undiciRequest, type Dispatcher } from 'undici';
import { hostOf, HttpFailure } from './http-failure';
import type { HttpResponse } from './http-types';
import { acceptedEncodings, readBody } from './read-body';
import type { Outgoing } from './redirect';

export type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** A response whose body is still to be read. */
export interface Opened {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Readable;
  /** Of a 401, as in `HttpResponse`. */
  readonly credentialsWithheld?: true;
}

/** Sends one request over whatever connection it is given. */
export type Send = (outgoing: Outgoing, dispatcher: Dispatcher) => Promise<Opened>;

export function sendWith(userAgent: string, signal: AbortSignal): Send {
  return async ({ url, method, headers, body }, dispatcher) => {
    const response = await undiciRequest(url, {
      dispatcher,
      method,
      headers: { 'user-agent': userAgent, 'accept-encoding': acceptedEncodings, ...headers },
      body: body ?? null,
      signal,
    });
    return { status: response.statusCode, headers: response.headers, body: response.body };
  };
}

/** Reads what a 401 says before it is handed on, still packed: the connection is free then for another request. */
export function heldRefusals(send: Send, maxBytes: number): Send {
  return async (outgoing, dispatcher) => {
    const opened = await send(outgoing, dispatcher);
    if (opened.status !== 401) return opened;
    const body = await readBody(opened.body, '', { maxBytes, host: hostOf(outgoing.url) });
    return { ...opened, body: Readable.from([body]) };
  };
}

/** The response with its body, unpacked. Throws HttpFailure `tooLarge` or `malformed`. */
export async function receive({ url, method }: Outgoing, opened: Opened, maxBytes: number): Promise<HttpResponse> {
  const headers = flatten(opened.headers);
  const encoding = method === 'HEAD' ? '' : (headers['content-encoding'] ?? '');
  const content = await readBody(opened.body, encoding, { maxBytes, host: hostOf(url) });
  return {
    status: opened.status,
    headers,
    setCookies: setCookiesOf(opened.headers),
    body: content,
    url: url.href,
    ...withheldIn(opened),
    text: () => content.toString('utf8'),
    json: () => {
      try {
        const parsed: unknown = JSON.parse(content.toString('utf8'));
        return parsed;
      } catch {
        throw new HttpFailure('malformed', hostOf(url), 'json');
      }
    },
  };
}

export const withheldIn = ({ credentialsWithheld }: Opened): Pick<Opened, 'credentialsWithheld'> =>
  credentialsWithheld ? { credentialsWithheld } : {};

export function flatten(headers: RawHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function setCookiesOf(headers: RawHeaders): string[] {
  const cookies = headers['set-cookie'];
  return Array.isArray(cookies) ? cookies : cookies === undefined ? [] : [cookies];
}

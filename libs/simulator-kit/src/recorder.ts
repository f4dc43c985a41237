import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';

/** One request with its answer, bodies as text. */
export interface RecordedExchange {
  request: { method: string; url: string; headers: IncomingHttpHeaders; body: string };
  response: { status: number; headers: OutgoingHttpHeaders; body: string };
}

export interface Recorder {
  record(exchange: RecordedExchange): void;
}

export const noRecorder: Recorder = { record: () => undefined };

const MASK = '***';
const SECRET_FIELDS = /((?:^|&)(?:password|client_secret|assertion)=)[^&]*/gi;
const SECRET_PARAMETERS = /([?&](?:oauth_token|access_token|token)=)[^&]*/gi;
/** `<Password>…</Password>` and its kin (`<t:OldPassword>`, `<wsse:Password Type="…">`) in XML. */
const SECRET_ELEMENTS = /(<(?:[\w.-]{1,64}:)?\w{0,32}Password(?:\s[^<>]{0,1000})?>)[^<]*/gi;
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);
/** The messages of a handshake prove who somebody is, in both directions. */
const HANDSHAKES = /^(NTLM|Negotiate)\s/i;

/**
 * Writes each exchange into a file of its own, `000001-google.json`. Several simulators may share a folder: a number
 * that is taken is passed over.
 */
export function recordingsIn(folder: string, provider: string, now: () => number): Recorder {
  mkdirSync(folder, { recursive: true });
  let number = readdirSync(folder).reduce((most, file) => Math.max(most, Number.parseInt(file, 10) || 0), 0);
  return {
    record({ request, response }) {
      const text = JSON.stringify({
        provider,
        at: new Date(now()).toISOString(),
        request: {
          ...request,
          url: request.url.replace(SECRET_PARAMETERS, `$1${MASK}`),
          headers: masked(request.headers),
          body: withoutSecrets(request.body),
        },
        response: {
          ...response,
          headers: masked(response.headers),
          body: response.body.replace(SECRET_ELEMENTS, `$1${MASK}`),
        },
      });
      for (;;) {
        number += 1;
        if (claim(join(folder, `${String(number).padStart(6, '0')}-${provider}.json`), text)) return;
      }
    },
  };
}

const withoutSecrets = (body: string): string =>
  body.replace(SECRET_FIELDS, `$1${MASK}`).replace(SECRET_ELEMENTS, `$1${MASK}`);

function claim(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function masked(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.has(name.toLowerCase()) ? maskOf(value) : withoutHandshake(value),
    ]),
  );
}

/** Keeps the scheme of an authorization, which tells how somebody signed in. */
function maskOf(value: unknown): string {
  const scheme = /^(Bearer|Basic|NTLM|Negotiate)\s/i.exec(String(value))?.[1];
  return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}

/** Challenges (`WWW-Authenticate`) stay; the message of a handshake in one goes. */
function withoutHandshake(value: OutgoingHttpHeaders[string]): OutgoingHttpHeaders[string] {
  if (Array.isArray(value)) return value.map((one) => (HANDSHAKES.test(one) ? maskOf(one) : one));
  return typeof value === 'string' && HANDSHAKES.test(value) ? maskOf(value) : value;
}

/** `recordDir` among the globals of the test runner, so that no spec can forget it. */
export function folderOfTheRun(): string | undefined {
  const folder: unknown = Reflect.get(globalThis, 'recordDir');
  return typeof folder === 'string' && folder !== '' ? folder : undefined;
}

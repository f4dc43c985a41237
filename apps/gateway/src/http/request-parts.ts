import { fail, IDEMPOTENCY_KEY_FORM, isIdempotencyKey, type Caller, type RawBody } from '@daybook/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { rawBodyOf } from './read-body';

/** An occurrence's id is its series', a dot and its original start. */
const idForm = /^[\w.-]{1,100}$/;
const versionForm = /^[\x21\x23-\x7e]{1,256}$/;

/** The caller whom the doors proved. Throws 401 where they did not. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) {
    throw fail('unauthenticated');
  }
  return request.caller;
}

/** An id of the path. What cannot be an id is not there: 404. */
export function idOf(request: FastifyRequest, name = 'id'): string {
  const { params } = request;
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  if (typeof value !== 'string' || !idForm.test(value)) {
    throw fail('not_found');
  }
  return value;
}

/**
 * The same where only the service behind knows which door comes first: what cannot be an id goes on as one that nobody has.
 */
export function idOrNobodysOf(request: FastifyRequest): string {
  const { params } = request;
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'id') : undefined;
  return typeof value === 'string' && idForm.test(value) ? value : '-';
}

/** The query as it came: services read it after their own doors. A parameter given twice is an array. */
export function queryOf(request: FastifyRequest): Record<string, unknown> {
  const { query } = request;
  return typeof query === 'object' && query !== null ? { ...query } : {};
}

/** The body as it came, its faults and those of its headers included: services read it after their own doors. */
export function bodyOf(request: FastifyRequest): { body: RawBody } {
  return { body: faultOfHeaders(request.headers) ?? rawBodyOf(request.body) };
}

/**
 * `If-Match`, bare: without quotes and weakness mark; `*` stays. What is no version goes on as it came: it matches none, and
 * that is 412 behind all other doors.
 */
export function ifMatchOf(request: FastifyRequest): { ifMatch?: string } {
  const header = request.headers['if-match'];
  if (header === undefined) {
    return {};
  }
  const bare = header
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
  return { ifMatch: versionForm.test(bare) ? bare : header };
}

/** `Idempotency-Key` as it came: a faulty one is refused by the service behind it, after its own doors. */
export function idempotencyKeyOf(request: FastifyRequest): { idempotencyKey?: string } {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' ? { idempotencyKey: key } : {};
}

function faultOfHeaders(headers: IncomingHttpHeaders): RawBody | null {
  const key = headers['idempotency-key'];
  if (key !== undefined && !isIdempotencyKey(key)) {
    return { type: 'malformed', code: 'bad_request', reason: IDEMPOTENCY_KEY_FORM };
  }
  const media = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return media === 'application/json' || !carriesBody(headers)
    ? null
    : { type: 'malformed', code: 'unsupported_media_type', reason: 'Send application/json.' };
}

function carriesBody(headers: IncomingHttpHeaders): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Gives an item with its version as `ETag`, so that it can be sent back in `If-Match`. */
export function withEtag<T extends { readonly version: string }>(reply: FastifyReply, item: T): T {
  void reply.header('etag', `"${item.version.replace(/["\r\n]/g, '')}"`);
  return item;
}

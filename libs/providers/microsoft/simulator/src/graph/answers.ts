import type { Answer } from '@daybook/simulator-kit';
import type { Call } from './call';
import type { GraphError } from './graph-error';

const JSON_TYPE =
  'application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8';

/** What contexts of answers are made of. */
export type Origin = Pick<Call, 'incoming' | 'version'>;

/** An answer whose JSON text is at hand. */
export const textAnswer = (status: number, json: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': JSON_TYPE, ...headers },
  body: json,
});

/** One entity with its context. */
export function entityAnswer(call: Origin, status: number, set: string, entity: Record<string, unknown>): Answer {
  const context = contextOf(call, `${set}/$entity`);
  return textAnswer(status, JSON.stringify({ '@odata.context': context, ...entity }), etagHeader(entity));
}

/** The same for an entity whose text is at hand. */
export function entityTextAnswer(call: Origin, status: number, set: string, json: string): Answer {
  const context = JSON.stringify(contextOf(call, `${set}/$entity`));
  return textAnswer(status, `{"@odata.context":${context},${json.slice(1)}`);
}

export const emptyAnswer = (status: number): Answer => ({ status, headers: {}, body: '' });

export interface ListParts {
  set: string;
  /** The items' JSON texts. */
  items: readonly string[];
  /** `@odata.count`, `@odata.nextLink`, `@odata.deltaLink`. */
  annotations?: Readonly<Record<string, string | number>>;
}

/** A page of a collection: its items are joined as they are. */
export function listAnswer(call: Origin, { set, items, annotations = {} }: ListParts): Answer {
  const head = JSON.stringify({ '@odata.context': contextOf(call, set), ...annotations });
  return textAnswer(200, `${head.slice(0, -1)},"value":[${items.join(',')}]}`);
}

export function contextOf({ incoming, version }: Origin, set: string): string {
  return `${incoming.origin}/${version}/$metadata#${set}`;
}

/** `users('{id}')/events`: how contexts name a set of a mailbox. */
export const setOf = ({ box }: Call, rest: string): string => `users('${encodeURIComponent(box.oid)}')/${rest}`;

/** The same request further on. */
export function nextLink({ incoming }: Call, skip: number): string {
  const query = new URLSearchParams(incoming.query);
  for (const name of [...query.keys()]) if (/^\$?skip$/i.test(name)) query.delete(name);
  query.set('$skip', String(skip));
  return `${incoming.origin}${incoming.path}?${query.toString().replaceAll('%24', '$')}`;
}

function etagHeader(entity: Record<string, unknown>): Record<string, string> {
  const etag = entity['@odata.etag'];
  return typeof etag === 'string' ? { etag } : {};
}

/** A refusal as it goes out. `at` is the instant of the answer. */
export function refusalAnswer(error: GraphError, ids: RequestIds, at: number): Answer {
  const innerError = {
    date: new Date(at).toISOString().slice(0, 19),
    'request-id': ids.request,
    'client-request-id': ids.client,
  };
  const body = { error: { code: error.code, message: error.message, ...error.more.annotations, innerError } };
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', ...error.more.headers },
    body: JSON.stringify(body),
  };
}

export interface RequestIds {
  request: string;
  client: string;
}

import type { Answer, Incoming } from '@daybook/simulator-kit';
import { z } from 'zod';
import { textAnswer } from './answers';
import { refusals } from './graph-error';

const MOST_PARTS = 20;
const partBody = z.object({
  id: z.string(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).nullish(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).nullish(),
});
const batchBody = z.object({ requests: z.array(partBody) });

type Part = z.output<typeof partBody>;

interface PartAnswer {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

/** Parts of one mailbox run so many at a time, which keeps a batch within the limit of the mailbox. */
const AT_ONCE = 4;

/**
 * `$batch`: up to twenty requests, each answered by itself. A part waits for those it depends on and is not even tried when
 * one of them fails.
 * @throws GraphError 400 for a batch that is none
 */
export async function batchAnswer(
  incoming: Incoming,
  body: unknown,
  answer: (part: Incoming, index: number) => Promise<Answer>,
): Promise<Answer> {
  const parts = readBatch(body);
  const done = new Map<string, PartAnswer>();
  let lost = false;
  const run = async (part: Part): Promise<void> => {
    const failed = (part.dependsOn ?? []).some((id) => (done.get(id)?.status ?? 0) >= 400);
    if (failed) {
      done.set(part.id, dependencyFailed(part.id));
      return;
    }
    const own = await answer(requestOf(part, incoming), parts.indexOf(part));
    // An answer that is lost takes the whole batch with it: there is one connection.
    if (own.cut === true) lost = true;
    done.set(part.id, answerOf(part.id, own));
  };
  for (let left = parts; left.length > 0;) {
    const ready = left.filter(({ dependsOn }) => (dependsOn ?? []).every((id) => done.has(id))).slice(0, AT_ONCE);
    if (ready.length === 0) throw refusals.badRequest('The requests of the batch depend on each other in a circle.');
    await Promise.all(ready.map(run));
    left = left.filter((part) => !ready.includes(part));
  }
  const whole = textAnswer(200, JSON.stringify({ responses: [...done.values()] }), {
    'content-type': 'application/json',
  });
  return lost ? { ...whole, cut: true } : whole;
}

/** How many parts of a batch wait for no other one, 1 for a batch that is none. */
export function widthOfBatch({ body }: Incoming): number {
  try {
    const { requests } = batchBody.parse(JSON.parse(body));
    return requests.filter(({ dependsOn }) => (dependsOn ?? []).length === 0).length || 1;
  } catch {
    return 1;
  }
}

function readBatch(body: unknown): Part[] {
  const read = batchBody.safeParse(body);
  if (!read.success) throw refusals.badRequest('Invalid batch payload format.');
  const { requests } = read.data;
  if (requests.length === 0) throw refusals.badRequest('A batch needs requests.');
  if (requests.length > MOST_PARTS)
    throw refusals.badRequest(`Number of batch request steps exceeds maximum value of ${MOST_PARTS}.`);
  const ids = new Set(requests.map(({ id }) => id));
  if (ids.size < requests.length) throw refusals.badRequest('The ids of the requests in a batch must be unique.');
  const lost = requests.flatMap(({ dependsOn }) => dependsOn ?? []).find((id) => !ids.has(id));
  if (lost !== undefined) throw refusals.badRequest(`No request with the id '${lost}' is part of the batch.`);
  return requests;
}

function requestOf({ id, method, url, headers, body }: Part, outer: Incoming): Incoming {
  const own = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const hasBody = body !== undefined && body !== null;
  if (hasBody && own['content-type'] === undefined) {
    throw refusals.badRequest(`Write request id: ${id} does not contain a Content-Type header.`);
  }
  const version = /^\/(v1\.0|beta)\//.exec(outer.path)?.[0] ?? '/v1.0/';
  const target = new URL(version + url.replace(/^\//, ''), outer.origin);
  return {
    method: method.toUpperCase(),
    path: target.pathname,
    query: target.searchParams,
    headers: { authorization: outer.headers.authorization, ...own },
    body: !hasBody ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    origin: outer.origin,
    connection: outer.connection,
  };
}

function answerOf(id: string, { status, headers, body }: Answer): PartAnswer {
  const texts = Object.entries(headers).map(([name, value]) => [title(name), [value].flat().join(', ')]);
  const isJson = String(headers['content-type'] ?? '').includes('json');
  const content = body === '' ? {} : { body: isJson ? JSON.parse(body) : body };
  return { id, status, headers: Object.fromEntries(texts), ...content };
}

const title = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

const dependencyFailed = (id: string): PartAnswer => ({
  id,
  status: 424,
  headers: { 'Content-Type': 'application/json' },
  body: { error: { code: 'FailedDependency', message: 'A request this one depends on has failed.' } },
});

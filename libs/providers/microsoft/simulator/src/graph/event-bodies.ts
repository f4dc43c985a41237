import type { z } from 'zod';
import { eventBody, type EventBody } from '../mailbox/event-body';
import { refusals } from './graph-error';

/** A sent event. @throws GraphError 400 in the words of Graph's JSON reader */
export const eventBodyOf = (body: unknown): EventBody => readBody(eventBody, withoutAnnotations(body), 'event');

/** A sent body of any kind; names of action parameters are taken in any case. @throws GraphError 400 */
export function readBody<T>(schema: z.ZodType<T>, body: unknown, type: string): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw refusals.unreadableBody(
      `The property '${issue.keys[0] ?? ''}' does not exist on type 'microsoft.graph.${type}'. Make sure to only use property names that are defined by the type.`,
    );
  }
  const place = issue?.path.map(String).join('.') ?? '';
  throw refusals.unreadableBody(`Cannot convert a value to the expected type at '${place}'.`);
}

/** Parameters of actions: `Comment` and `comment` are the same. */
export function parametersOf<T>(schema: z.ZodType<T>, body: unknown, action: string): T {
  const given = body === undefined || body === null ? {} : body;
  if (typeof given !== 'object') throw refusals.unreadableBody(`The parameters of '${action}' are no object.`);
  const lowered = Object.entries(given).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]);
  return readBody(schema, Object.fromEntries(lowered), action);
}

/** `@odata.type` and its like say nothing an event needs; attachments keep theirs. */
function withoutAnnotations(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutAnnotations);
  if (typeof body !== 'object' || body === null) return body;
  const kept = Object.entries(body)
    .filter(([name]) => !name.includes('@'))
    .map(([name, value]) => [name, ['attachments', 'extensions'].includes(name) ? value : withoutAnnotations(value)]);
  return Object.fromEntries(kept);
}

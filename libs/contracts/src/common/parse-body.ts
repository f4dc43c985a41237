import type { z } from 'zod';
import { fail, type FieldFault } from '../problem/problem';
import type { FieldFaultCode } from './codes';
import type { RawBody } from './caller';

/**
 * Reads a body by its schema. Throws 400 `malformed_json`, what its headers made of it (400 `bad_request`, 415
 * `unsupported_media_type`), or 422 `invalid_body` naming each faulty field.
 */
export function parseBody<T extends z.ZodType>(schema: T, body: RawBody | undefined): z.output<T> {
  if (!body || body.type === 'none') throw fail('malformed_json', 'A JSON body is needed.');
  if (body.type === 'malformed') throw fail(body.code ?? 'malformed_json', body.reason);
  const result = schema.safeParse(body.value);
  if (result.success) return result.data;
  throw fail('invalid_body', undefined, { fields: toFieldFaults(result.error) });
}

/** Reads query parameters by their schema. Throws 400 `invalid_query` naming each faulty parameter. */
export function parseQuery<T extends z.ZodType>(schema: T, query: unknown): z.output<T> {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  throw fail('invalid_query', undefined, { fields: toFieldFaults(result.error) });
}

/** At most 20 faults, each with the path of its field; never echoes the value that was sent. */
export function toFieldFaults(error: z.ZodError): FieldFault[] {
  return error.issues.slice(0, 20).map((issue) => ({
    field:
      issue.code === 'unrecognized_keys'
        ? [...issue.path, issue.keys[0]].join('.').slice(0, 200)
        : issue.path.join('.').slice(0, 200),
    code: codeOf(issue),
    detail: issue.code === 'unrecognized_keys' ? 'This field is not known.' : issue.message,
  }));
}

function codeOf(issue: z.core.$ZodIssue): FieldFaultCode {
  if (issue.code === 'unrecognized_keys') return 'unknown_field';
  if (issue.code === 'too_big' && issue.origin === 'string') return 'too_long';
  if (issue.code === 'too_big' && issue.origin === 'array') return 'too_many';
  return issue.code === 'too_small' && issue.origin === 'string' ? 'needed' : 'invalid';
}

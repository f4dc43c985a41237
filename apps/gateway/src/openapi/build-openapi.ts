import { problemCatalog, problemSchema, type ProblemCode } from '@daybook/contracts';
import { z } from 'zod';
import type { RouteSpec } from '../doors/route';
import type { KnownRoute } from '../http/known-routes';
import { queryParameters, RouteSchemas, type JsonSchema } from './schemas';

/** OpenAPI 3.1 of exactly the routes that are registered, each with the problems its doors and its service answer. */
export function buildOpenApi(routes: readonly KnownRoute[], publicUrl: string): JsonSchema {
  const schemas = new RouteSchemas(routes);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    const path = route.url.replace(/:([^/]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  const { $schema: _dialect, ...problem } = z.toJSONSchema(problemSchema);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Daybook',
      version: '1',
      description: 'Calendar and contact integration. Errors are application/problem+json; rely on code and status.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { ...schemas.components, Problem: problem },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An access token (15 minutes) or an API key (dbk_…)' },
      },
    },
  };
}

function operationOf({ url, spec }: KnownRoute, schemas: RouteSchemas): JsonSchema {
  const body = spec.body === undefined ? {} : { requestBody: bodyOf(spec.body, spec, schemas) };
  return {
    operationId: spec.id,
    tags: [spec.area],
    summary: spec.summary,
    security: spec.access.type === 'proven' ? [{ bearer: [] }] : [],
    parameters: parametersOf(url, spec),
    ...body,
    responses: { ...answersOf(spec, schemas), ...problemsOf(url, spec) },
  };
}

function bodyOf(body: z.ZodType | 'bytes', { bodyOptional }: RouteSpec, schemas: RouteSchemas): JsonSchema {
  return body === 'bytes'
    ? { required: false, content: { '*/*': {} } }
    : { required: bodyOptional !== true, content: { 'application/json': { schema: schemas.body(body) } } };
}

function parametersOf(url: string, spec: RouteSpec): JsonSchema[] {
  const text = { type: 'string' };
  const path = [...url.matchAll(/:([^/]+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: text }));
  const header = (name: string, description: string) => ({ name, in: 'header', description, schema: text });
  return [
    ...path,
    ...(spec.query ? queryParameters(spec.query) : []),
    ...(spec.ifMatch ? [header('If-Match', "The item's version; refused with 412 when it has changed")] : []),
    ...(spec.lastEventId ? [header('Last-Event-ID', 'The cursor of the last meetings.changed that was seen')] : []),
    ...(spec.access.type === 'proven' ? [header('X-Client', 'Such as desktop/5.2.1 (linux)')] : []),
    ...(spec.idempotent ? [header('Idempotency-Key', idempotency)] : []),
  ];
}

const idempotency =
  '1 to 255 visible ASCII characters. Repeated within 24 hours with the same body, the request happens once and is answered as at first';

function answersOf(spec: RouteSpec, schemas: RouteSchemas): Record<string, JsonSchema> {
  const answers = Object.entries(spec.answers).map(([status, { description, schema, media }]): [string, JsonSchema] => {
    const kinds = {
      ...(schema ? { 'application/json': { schema: schemas.answer(schema) } } : {}),
      ...(media ? { [media]: {} } : {}),
    };
    const content = Object.keys(kinds).length > 0 ? { content: kinds } : {};
    const headers = spec.etag ? { headers: { ETag: { schema: { type: 'string' } } } } : {};
    return [status, { description, ...headers, ...content }];
  });
  return Object.fromEntries(answers);
}

/** The codes a route can answer: those of its doors, of its parts, of what stands behind it, and its own. */
export function codesOf(url: string, spec: RouteSpec): ProblemCode[] {
  const codes: (ProblemCode | false | undefined)[] = [
    'bad_request',
    'internal_error',
    spec.limit !== 'none' && 'rate_limited',
    url.includes(':') && 'not_found',
    spec.query && 'invalid_query',
    spec.ifMatch && 'version_conflict',
    spec.idempotent && 'idempotency_mismatch',
    url.startsWith('/v1') && 'service_unavailable',
    url.startsWith('/v1') && 'deadline_exceeded',
    ...doorCodes(spec),
    ...bodyCodes(spec),
    ...(spec.problems ?? []),
  ];
  return [...new Set(codes.filter((code) => typeof code === 'string'))];
}

function doorCodes({ access }: RouteSpec): (ProblemCode | false)[] {
  switch (access.type) {
    case 'anyone':
      return [];
    case 'cookie':
      return ['csrf_rejected'];
    case 'proven':
      return [
        'unauthenticated',
        'session_ended',
        'client_too_old',
        'forbidden',
        access.integration === true && 'integration_disabled',
      ];
  }
}

function bodyCodes({ body }: RouteSpec): ProblemCode[] {
  if (body === undefined) {
    return [];
  }
  return body === 'bytes'
    ? ['body_too_large', 'service_unavailable', 'deadline_exceeded']
    : ['malformed_json', 'invalid_body', 'body_too_large', 'unsupported_media_type'];
}

function problemsOf(url: string, spec: RouteSpec): Record<string, JsonSchema> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codesOf(url, spec)) {
    const { status } = problemCatalog[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const schema = { $ref: '#/components/schemas/Problem' };
  return Object.fromEntries(
    [...byStatus]
      .sort(([left], [right]) => left - right)
      .map(([status, codes]) => [
        String(status),
        {
          description: codes.map((code) => `\`${code}\`: ${problemCatalog[code].title}`).join('; '),
          'x-codes': codes,
          content: { 'application/problem+json': { schema } },
        },
      ]),
  );
}

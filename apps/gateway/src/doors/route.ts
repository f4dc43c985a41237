import type { ApiKeyScope, Caller, Client, ProblemCode } from '@daybook/contracts';
import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { z } from 'zod';

/** Who may come in: anyone, a browser with our cookie (checked against other sites), or a proven person or API key. */
export type Access =
  | { readonly type: 'anyone' }
  | { readonly type: 'cookie' }
  | {
      readonly type: 'proven';
      readonly role?: 'administrator';
      /** The scope with which an API key may come in; without it the route is for people only. */
      readonly scope?: ApiKeyScope;
      /** Closed while the account's integration is switched off. */
      readonly integration?: true;
    };

export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Media type where it is not JSON; beside a schema, what it can be as well. */
  readonly media?: string;
}

/** Everything about a route in one place: the doors read it for each request, OpenAPI is written from it. */
export interface RouteSpec {
  /** The name of the operation in OpenAPI, and of its schemas. */
  readonly id: string;
  readonly area: string;
  readonly summary: string;
  readonly access: Access;
  /** Which limit counts this request; `person` when absent. */
  readonly limit?: 'signIn' | 'hooks' | 'none';
  readonly query?: z.ZodObject;
  /** A JSON body of this shape, or bytes as they come. */
  readonly body?: z.ZodType | 'bytes';
  /** The body may be left out. */
  readonly bodyOptional?: true;
  /** The answer carries `ETag`. */
  readonly etag?: true;
  /** `Idempotency-Key` is read: repeated, the request is answered again but happens once. */
  readonly idempotent?: true;
  /** `If-Match` is read. */
  readonly ifMatch?: true;
  /** `Last-Event-ID` is read. */
  readonly lastEventId?: true;
  /** By status; the first is the usual one. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Problems of the route itself; those of its doors are added in OpenAPI. */
  readonly problems?: readonly ProblemCode[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    route?: RouteSpec;
  }
  interface FastifyRequest {
    /** Set by the doors; null where nobody had to prove who they are. */
    caller: Caller | null;
    /** What `X-Client` said; null before the doors. */
    client: Client | null;
    /** When the caller's access ends, in ms; 0 for none. */
    accessEndsAt: number;
  }
}

const methods = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PUT: RequestMethod.PUT,
  PATCH: RequestMethod.PATCH,
  DELETE: RequestMethod.DELETE,
};

/** Marks a controller method as the handler of a route: `@Route('GET', ':id', { … })`. */
export function Route(method: keyof typeof methods, path: string, spec: RouteSpec): MethodDecorator {
  const usual = Number(Object.keys(spec.answers)[0] ?? 200);
  return applyDecorators(
    RequestMapping({ method: methods[method], path }),
    HttpCode(usual),
    RouteConfig({ route: spec }),
  );
}

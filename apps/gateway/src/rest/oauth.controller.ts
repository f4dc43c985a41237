import { fail, problemSchema, ProblemError } from '@daybook/contracts';
import { HttpFailure, type HttpClient, type HttpResponse } from '@daybook/platform/http';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Route } from '../doors/route';
import { idOf } from '../http/request-parts';

/** auth-svc's own door, for the two steps of OAuth that a browser walks through. */
export interface OAuthDoor {
  readonly http: HttpClient;
  /** Without a slash at its end. */
  readonly url: string;
}
export const OAUTH_DOOR = Symbol('OAuthDoor');

const area = 'OAuth';
const redirect = { 302: { description: 'To the next page' } };
const problems = ['ticket_invalid'] as const;

/**
 * Hands the two steps of OAuth on to auth-svc: query and cookies go in, status, `Location` and `Set-Cookie` come out, and
 * nothing else passes either way. What is not a redirect is a problem of ours.
 */
@Controller('v1/oauth/:provider')
export class OAuthController {
  constructor(@Inject(OAUTH_DOOR) private readonly door: OAuthDoor) {}

  @Route('GET', 'start', {
    id: 'startOAuth',
    area,
    summary: 'The page an authorizeUrl points to; works once, for ten minutes',
    access: { type: 'anyone' },
    query: z.object({ ticket: z.string() }),
    answers: redirect,
    problems,
  })
  start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pass(request, reply, 'start');
  }

  @Route('GET', 'callback', {
    id: 'finishOAuth',
    area,
    summary: 'Where the provider sends the browser back to; leads to the portal with the result',
    access: { type: 'anyone' },
    query: z.object({ state: z.string().optional(), code: z.string().optional(), error: z.string().optional() }),
    answers: redirect,
    problems,
  })
  callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pass(request, reply, 'callback');
  }

  private async pass(request: FastifyRequest, reply: FastifyReply, step: string): Promise<void> {
    const response = await this.ask(request, `/v1/oauth/${idOf(request, 'provider')}/${step}`);
    const { location } = response.headers;
    if (response.status < 300 || response.status >= 400 || location === undefined) {
      throw refusalOf(response);
    }
    if (response.setCookies.length > 0) {
      void reply.header('set-cookie', [...response.setCookies]);
    }
    void reply.header('referrer-policy', 'no-referrer').header('location', location).status(response.status).send();
  }

  private async ask(request: FastifyRequest, path: string): Promise<HttpResponse> {
    const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
    const { cookie } = request.headers;
    try {
      return await this.door.http.request({
        method: 'GET',
        url: `${this.door.url}${path}${query}`,
        headers: { 'x-correlation-id': request.id, ...(cookie === undefined ? {} : { cookie }) },
        redirect: 'manual',
        deadlineMs: 20_000,
        maxBytes: 64 * 1024,
      });
    } catch (error) {
      if (error instanceof HttpFailure) {
        throw fail(error.kind === 'timeout' ? 'deadline_exceeded' : 'service_unavailable');
      }
      throw error;
    }
  }
}

function refusalOf(response: HttpResponse): ProblemError {
  if (response.headers['content-type']?.startsWith('application/problem+json')) {
    const parsed = problemSchema.safeParse(readJson(response));
    if (parsed.success) {
      return new ProblemError(parsed.data);
    }
  }
  if (response.status === 404) {
    return fail('not_found');
  }
  return response.status >= 500 ? fail('service_unavailable') : fail('ticket_invalid');
}

function readJson(response: HttpResponse): unknown {
  try {
    return response.json();
  } catch {
    return null;
  }
}

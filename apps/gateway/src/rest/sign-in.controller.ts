import {
  authSessionFirstAdministrator,
  authSessionRefresh,
  authSessionSignIn,
  authSessionSignOut,
  fail,
  firstAdministratorBodySchema,
  ProblemError,
  sessionGrantSchema,
  signInBodySchema,
  type SessionGrant,
} from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientOf } from '../doors/client-version';
import { Doors } from '../doors/doors';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { RefreshCookie } from '../http/refresh-cookie';
import { bodyOf } from '../http/request-parts';
import { SessionEnd } from '../push/session-end';

const grantedSchema = sessionGrantSchema.pick({ accessToken: true, expiresIn: true, user: true });
const granted = { description: 'Signed in; the refresh token is in a cookie', schema: grantedSchema };

/** Sessions of people. Passwords take scrypt's time and its queue, hence the longer deadline. */
@Controller('v1/auth')
export class SignInController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly cookie: RefreshCookie,
    private readonly doors: Doors,
    private readonly sessionEnd: SessionEnd,
  ) {}

  @Route('POST', 'sign-in', {
    id: 'signIn',
    area: 'sign-in',
    summary: 'Sign in with address and password',
    access: { type: 'cookie' },
    limit: 'signIn',
    body: signInBodySchema,
    answers: { 200: granted },
    problems: ['invalid_credentials'],
  })
  async signIn(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { ...bodyOf(request), client: clientOf(request), remoteAddress: request.ip };
    return this.grant(reply, await this.rpc.call(authSessionSignIn, input, askedBy(request, 15_000)));
  }

  @Route('POST', 'first-administrator', {
    id: 'makeFirstAdministrator',
    area: 'sign-in',
    summary: 'Redeem the one-time link of the first administrator',
    access: { type: 'cookie' },
    limit: 'signIn',
    body: firstAdministratorBodySchema,
    answers: { 201: granted },
    problems: ['ticket_invalid'],
  })
  async firstAdministrator(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const input = { ...bodyOf(request), client: clientOf(request) };
    return this.grant(reply, await this.rpc.call(authSessionFirstAdministrator, input, askedBy(request, 15_000)));
  }

  @Route('POST', 'refresh', {
    id: 'refreshSession',
    area: 'sign-in',
    summary: 'A new access token for the refresh cookie, which is replaced',
    access: { type: 'cookie' },
    answers: { 200: granted },
    problems: ['session_ended'],
  })
  async refresh(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const refreshToken = this.cookie.read(request);
    if (!refreshToken) {
      throw fail('session_ended');
    }
    try {
      return this.grant(reply, await this.rpc.call(authSessionRefresh, { refreshToken }, askedBy(request)));
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 401) {
        this.cookie.clear(reply);
      }
      throw error;
    }
  }

  @Route('POST', 'sign-out', {
    id: 'signOut',
    area: 'sign-in',
    summary: 'End the session; its access tokens and streams end with it',
    access: { type: 'cookie' },
    answers: { 204: { description: 'Signed out' } },
  })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const refreshToken = this.cookie.read(request);
    this.cookie.clear(reply);
    const caller = await this.doors.recognise(request);
    if (refreshToken === undefined && !caller) {
      return;
    }
    await this.rpc.call(
      authSessionSignOut,
      { ...(refreshToken === undefined ? {} : { refreshToken }), ...(caller ? { caller } : {}) },
      askedBy(request),
    );
    if (caller?.sessionId !== undefined) {
      this.sessionEnd.end({ sessionIds: [caller.sessionId], keyIds: [] });
    }
  }

  private grant(reply: FastifyReply, session: SessionGrant) {
    this.cookie.write(reply, session);
    const { accessToken, expiresIn, user } = session;
    return { accessToken, expiresIn, user };
  }
}

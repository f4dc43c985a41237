import type { SessionGrant } from '@daybook/contracts';
import { randomToken } from '@daybook/platform/crypto';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The refresh token's cookie: out of reach of scripts, never sent along from other sites, only to the sign-in routes. Its
 * name carries the port, because cookies of one host are shared by all its ports and two deployments may run side by side.
 *
 * Beside it goes a mark that scripts may see and that means nothing but "the refresh cookie has changed": a page that was
 * loaded again in the middle of a refresh learns from it that the reply has come.
 */
export class RefreshCookie {
  private readonly name: string;
  private readonly markName: string;

  constructor(private readonly options: { readonly port: number; readonly https: boolean }) {
    this.name = `daybook_refresh_${options.port}`;
    this.markName = `daybook_refreshed_${options.port}`;
  }

  read(request: FastifyRequest): string | undefined {
    const { cookie } = request.headers;
    const value = cookie ? fastifyCookie.parse(cookie)[this.name] : undefined;
    return value && value.length <= 1024 ? value : undefined;
  }

  write(reply: FastifyReply, grant: SessionGrant): void {
    this.set(reply, grant.refreshToken, grant.refreshExpiresIn);
  }

  clear(reply: FastifyReply): void {
    this.set(reply, '', 0);
  }

  private set(reply: FastifyReply, value: string, maxAge: number): void {
    const form = { sameSite: 'strict', secure: this.options.https, maxAge } as const;
    const mark = value === '' ? '' : randomToken(6);
    void reply.header('set-cookie', [
      fastifyCookie.serialize(this.name, value, { ...form, httpOnly: true, path: '/v1/auth' }),
      fastifyCookie.serialize(this.markName, mark, { ...form, path: '/' }),
    ]);
  }
}

import type { SessionGrant } from '@daybook/contracts';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The refresh token's cookie: out of reach of scripts, never sent along from other sites, only to the sign-in routes. Its
 * name carries the port, because cookies of one host are shared by all its ports and two deployments may run side by side.
 */
export class RefreshCookie {
  private readonly name: string;

  constructor(private readonly options: { readonly port: number; readonly https: boolean }) {
    this.name = `daybook_refresh_${options.port}`;
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
    const cookie = fastifyCookie.serialize(this.name, value, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/v1/auth',
      secure: this.options.https,
      maxAge,
    });
    void reply.header('set-cookie', cookie);
  }
}

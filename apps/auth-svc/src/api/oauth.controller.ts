import { sha256Hex } from '@daybook/platform/crypto';
import type { Logger } from '@daybook/platform/logging';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuthUseCases } from '../auth-use-cases';
import { STATE_MS } from '../model/browser-leg';
import type { LegResult } from '../use-cases/connections/finish-browser-leg';
import { OAUTH_PAGES, type OAuthPages } from './oauth-pages';

/**
 * The browser's way to a provider and back. Both ends answer with redirects: whatever goes wrong, the person lands on their own
 * page of the portal with a word for it. Only an administrator who approved for everybody may be nobody's person here, and lands
 * on a page before the door.
 */
@Controller('v1/oauth/:provider')
export class OAuthController {
  constructor(
    private readonly use: AuthUseCases,
    @Inject(OAUTH_PAGES) private readonly pages: OAuthPages,
  ) {}

  @Get('start')
  async start(@Param('provider') provider: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.guarded(response, async () => {
      const started = await this.use.startBrowserLeg.run(provider, textOf(request.query['ticket']), request);
      if (started.type === 'failed') {
        const { code, connectionId } = started;
        return this.land(response, { result: 'failed', code, ...(connectionId !== null && { connectionId }) });
      }
      response.cookie(this.cookieName(started.stateHash), started.cookie, { ...this.cookie(), maxAge: STATE_MS });
      response.redirect(302, started.goTo);
    });
  }

  @Get('callback')
  async callback(
    @Param('provider') provider: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.guarded(response, async () => {
      const answer = await this.use.adminConsents.take(provider, request.query);
      if (answer !== 'none') return response.redirect(302, `${this.pages.publicUrl}/approval?result=${answer}`);
      const state = textOf(request.query['state']);
      const name = this.cookieName(sha256Hex(state));
      const cookie = cookieOf(request, name);
      const result = await this.use.finishBrowserLeg.run({ provider, state, cookie, request });
      if (cookie !== '') response.clearCookie(name, this.cookie());
      this.land(response, result);
    });
  }

  /** One cookie for each leg, so that two tabs do not undo each other; the port keeps neighbours on one host apart. */
  private cookieName(stateHash: string): string {
    return `daybook_leg_${this.pages.port}_${stateHash.slice(0, 12)}`;
  }

  private cookie() {
    return { httpOnly: true, sameSite: 'lax' as const, secure: this.pages.secure, path: '/v1/oauth' };
  }

  private land(response: Response, { result, code, connectionId }: LegResult): void {
    const query = new URLSearchParams({
      result,
      ...(code !== undefined && { code }),
      ...(connectionId !== undefined && { connection: connectionId }),
    });
    response.redirect(302, `${this.pages.publicUrl}/profile/integration?${query}`);
  }

  private async guarded(response: Response, work: () => Promise<void>): Promise<void> {
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    try {
      await work();
    } catch (error) {
      this.logger().error('an OAuth leg failed', { error });
      this.land(response, { result: 'failed', code: 'internal_error' });
    }
  }

  private logger(): Logger {
    return this.pages.logger;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' && value.length <= 2000 ? value : '';
}

function cookieOf(request: Request, name: string): string {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? '';
}

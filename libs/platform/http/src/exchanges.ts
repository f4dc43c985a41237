import type { AccountSession } from './account-session';
import { AccountSessions } from './account-sessions';
import type { AddressGuard } from './address-guard';
import { flatten, heldRefusals, receive, sendWith, type Opened } from './exchange';
import { hostOf, HttpFailure } from './http-failure';
import type { HttpCertificate, HttpClientOptions, HttpRequest, HttpResponse } from './http-types';
import { firstRequest, nextRequest, type Outgoing } from './redirect';
import { TrustedLines } from './trusted-lines';

export interface Limits {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** A response on a connection of its own, which `end` closes. */
export interface OpenedAlone {
  readonly url: URL;
  readonly opened: Opened;
  readonly certificate?: HttpCertificate;
  end(): void;
}

/** Sends requests over the connections they belong to: shared ones, or those of an account. */
export class Exchanges {
  private readonly guard: AddressGuard;
  private readonly lines: TrustedLines;
  private readonly sessions: AccountSessions;

  constructor(private readonly options: HttpClientOptions) {
    const { guard, resolveName, maxConnections = 16, maxSessions = 256, sessionIdleMs = 60_000 } = options;
    const { tellsCertificates = false } = options;
    this.guard = guard;
    this.lines = new TrustedLines({ guard, resolveName, maxConnections, tellsCertificates });
    this.sessions = new AccountSessions({ lines: this.lines, maxSessions, idleMs: sessionIdleMs });
  }

  /** The response, after redirects. */
  async request(request: HttpRequest, limits: Limits): Promise<HttpResponse> {
    const follows = request.redirect === 'follow' && request.credentials === undefined;
    let outgoing = this.outgoing(request);
    const { origin } = outgoing.url;
    for (let redirects = 0; ; redirects += 1) {
      const response = await this.exchange(
        outgoing,
        { request, isOtherOrigin: outgoing.url.origin !== origin },
        limits,
      );
      const next = request.redirect === 'manual' ? null : nextRequest(outgoing, response, this.guard);
      if (!next) {
        return response;
      }
      if (!follows || redirects >= (this.options.maxRedirects ?? 3)) {
        throw new HttpFailure('redirect', hostOf(outgoing.url), redirects > 0 ? 'too_many' : 'not_followed');
      }
      outgoing = next;
    }
  }

  /** The response whose body is still to come, never after redirects. */
  async openAlone(request: HttpRequest, limits: Limits): Promise<OpenedAlone> {
    const first = this.outgoing(request);
    // What is packed comes when a block is full, not when something happened.
    const outgoing = { ...first, headers: { 'accept-encoding': 'identity', ...first.headers } };
    const session = this.sessions.alone(outgoing.url, request.trust);
    try {
      const opened = await this.openOn(session, { outgoing, request, limits });
      const { status, headers } = opened;
      const isOver =
        request.redirect !== 'manual' && nextRequest(outgoing, { status, headers: flatten(headers) }, this.guard);
      if (isOver) throw new HttpFailure('redirect', hostOf(outgoing.url), 'not_followed');
      const { certificates } = this.lines.of(request.trust, hostOf(outgoing.url));
      return { url: outgoing.url, opened, ...certificates.of(outgoing.url), end: () => session.discard() };
    } catch (error) {
      session.discard();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.sessions.close(), this.lines.close()]);
  }

  private outgoing(request: HttpRequest): Outgoing {
    const outgoing = firstRequest(request, this.guard);
    if (!request.credentials) return outgoing;
    // The guard has let plain http pass, which it does for hosts of its list alone.
    if (outgoing.url.protocol !== 'https:' && request.credentials.overPlainHttp !== true) {
      throw new HttpFailure('blocked', hostOf(outgoing.url), 'credentials_over_plain_http');
    }
    const headers = Object.entries(outgoing.headers).filter(([name]) => name !== 'authorization');
    return { ...outgoing, headers: Object.fromEntries(headers) };
  }

  private async exchange(
    outgoing: Outgoing,
    { request, isOtherOrigin }: { request: HttpRequest; isOtherOrigin: boolean },
    limits: Limits,
  ): Promise<HttpResponse> {
    const { credentials } = request;
    const { signal, maxBytes } = limits;
    // Given for one server, it says nothing of where that one sends us.
    const trust = isOtherOrigin ? undefined : request.trust;
    const { agent, certificates } = this.lines.of(trust, hostOf(outgoing.url));
    const received = async (opened: Opened) => ({
      ...(await receive(outgoing, opened, maxBytes)),
      ...certificates.of(outgoing.url),
    });
    if (!credentials) return received(await sendWith(this.options.userAgent, signal)(outgoing, agent));
    const session = this.sessions.of(outgoing.url, credentials, trust);
    return session.inTurn(signal, async () => received(await this.openOn(session, { outgoing, request, limits })));
  }

  private openOn(
    session: AccountSession,
    { outgoing, request, limits }: { outgoing: Outgoing; request: HttpRequest; limits: Limits },
  ): Promise<Opened> {
    const { signal, maxBytes } = limits;
    const send = heldRefusals(sendWith(this.options.userAgent, signal), maxBytes);
    const { credentials } = request;
    return credentials ? session.openSigned({ outgoing, credentials, send, signal }) : session.open({ outgoing, send });
  }
}

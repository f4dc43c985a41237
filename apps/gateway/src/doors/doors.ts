import { fail, ProblemError, type Caller } from '@daybook/contracts';
import type { FastifyRequest } from 'fastify';
import { askedBy } from '../http/asked-by';
import type { AccessTokens } from './access-tokens';
import type { AccountPolicies } from './account-policies';
import type { ApiKeys } from './api-keys';
import { bearerOf } from './bearer';
import { clientOf, isOlder } from './client-version';
import { refuseOtherSites } from './csrf';
import type { EndedSessions } from './ended-sessions';
import type { RateLimit } from './rate-limit';
import type { Revocations } from './revocations';
import type { RouteSpec } from './route';

export interface DoorParts {
  readonly tokens: AccessTokens;
  readonly keys: ApiKeys;
  readonly policies: AccountPolicies;
  readonly revocations: Revocations;
  readonly endedSessions: EndedSessions;
  readonly limits: { readonly person: RateLimit; readonly signIn: RateLimit; readonly hooks: RateLimit };
  readonly publicOrigin: string;
}

interface Proof {
  readonly caller: Caller;
  /** When the access ends, in ms; 0 where it has no end of its own. */
  readonly endsAt: number;
}

const apiKeyStart = 'dbk_';

/**
 * The doors of a request, in the order of the outer contract: authentication, client version, role and kind of caller,
 * integration. They stand before the body is read, so that a stranger's body costs nothing. Ownership, licences, the body's
 * content with the headers that go with it, and versions are judged by the services behind them.
 */
export class Doors {
  constructor(private readonly parts: DoorParts) {}

  /** Lets the request through or throws the ProblemError of the first door that is closed. */
  async enter(request: FastifyRequest): Promise<void> {
    const spec = request.routeOptions.config.route;
    if (!spec || request.is404) {
      return;
    }
    if (spec.access.type === 'proven') {
      await this.enterProven(request, spec, spec.access);
    } else {
      if (spec.access.type === 'cookie') {
        refuseOtherSites(request.headers, this.parts.publicOrigin);
      }
      this.limit(spec, request.ip);
    }
  }

  /** Who asks, when a bearer is there and good; null when it is not. Throws ProblemError where that cannot be judged now. */
  async recognise(request: FastifyRequest): Promise<Caller | null> {
    try {
      return (await this.authenticate(request)).caller;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status < 500) {
        return null;
      }
      throw error;
    }
  }

  private async enterProven(
    request: FastifyRequest,
    spec: RouteSpec,
    access: Extract<RouteSpec['access'], { type: 'proven' }>,
  ): Promise<void> {
    const { caller, endsAt } = await this.authenticate(request);
    request.caller = caller;
    request.accessEndsAt = endsAt;
    this.limit(spec, caller.userId);
    await this.checkVersion(caller, request);
    if (caller.role === 'service' && !(access.scope && caller.scopes?.includes(access.scope))) {
      throw fail('forbidden', 'An API key with the scope for this is needed, or a person who has signed in.');
    }
    if (access.role && caller.role !== access.role) {
      throw fail('forbidden', 'Only an administrator may do this.');
    }
    if (access.integration) {
      const policy = await this.parts.policies.of(caller.accountId, askedBy(request));
      if (!policy.enabled) {
        throw fail('integration_disabled');
      }
    }
  }

  private async authenticate(request: FastifyRequest): Promise<Proof> {
    const bearer = bearerOf(request.headers.authorization);
    if (!bearer) {
      throw fail('unauthenticated');
    }
    if (bearer.startsWith(apiKeyStart)) {
      return this.authenticateKey(bearer, request);
    }
    const claims = await this.parts.tokens.read(bearer);
    const unheard = this.parts.endedSessions.unheard(askedBy(request));
    if (unheard) {
      await unheard;
    }
    if (this.parts.revocations.has(claims.sid)) {
      throw fail('session_ended');
    }
    const client = clientOf(request);
    return {
      caller: { userId: claims.sub, accountId: claims.acc, role: claims.rol, sessionId: claims.sid, client },
      endsAt: claims.exp * 1000,
    };
  }

  private async authenticateKey(key: string, request: FastifyRequest): Promise<Proof> {
    const holder = key.length <= 200 ? await this.parts.keys.read(key, askedBy(request)) : null;
    if (!holder) {
      pass(this.parts.limits.signIn.take(`key ${request.ip}`));
      throw fail('unauthenticated');
    }
    const { keyId: userId, accountId, scopes } = holder;
    return { caller: { userId, accountId, role: 'service', scopes, client: clientOf(request) }, endsAt: 0 };
  }

  private async checkVersion(caller: Caller, request: FastifyRequest): Promise<void> {
    const { kind, version } = caller.client;
    if (kind !== 'desktop') {
      return;
    }
    const { minimumDesktopVersion } = await this.parts.policies.of(caller.accountId, askedBy(request));
    if (isOlder(version, minimumDesktopVersion)) {
      throw fail('client_too_old', `Update the desktop client to version ${minimumDesktopVersion} or later.`);
    }
  }

  private limit(spec: RouteSpec, key: string): void {
    if (spec.limit !== 'none') {
      pass(this.parts.limits[spec.limit ?? 'person'].take(key));
    }
  }
}

function pass(retryAfter: number): void {
  if (retryAfter > 0) {
    throw fail('rate_limited', undefined, { retryAfter });
  }
}

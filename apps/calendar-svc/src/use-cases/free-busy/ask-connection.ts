import type { AccessGrant } from '@daybook/contracts';
import {
  asProviderError,
  type Availability,
  type AvailabilityPort,
  type AvailabilityRequest,
  type ProviderError,
  type ProviderErrorKind,
} from '@daybook/provider-port';
import type { AccessSource } from '../../ports/access-source';
import type { Clock } from '../../ports/clock';
import type { ConnectionRecord } from '../../ports/records';
import { isOfAnotherMethod } from '../kept-access';

/** A connection whose provider tells when others are taken. */
export interface AskableConnection {
  readonly connection: ConnectionRecord;
  readonly availability: AvailabilityPort;
}

export type Told =
  | { readonly type: 'told'; readonly answers: readonly Availability[] }
  /** It tells nobody anything, or not with what this person has allowed. */
  | { readonly type: 'cannot' }
  /** Later it may. */
  | { readonly type: 'trouble' };

export interface AskingSurroundings {
  readonly access: AccessSource;
  readonly clock: Clock;
}

const CANNOT: Told = { type: 'cannot' };
const TROUBLE: Told = { type: 'trouble' };
const PASSING: ReadonlySet<ProviderErrorKind> = new Set(['Throttled', 'Unavailable', 'Unreadable']);

/** Asks the provider of one connection. Access that it does not take is renewed once, as a run does. Never throws its errors. */
export async function askConnection(
  { connection, availability }: AskableConnection,
  request: AvailabilityRequest,
  around: AskingSurroundings,
): Promise<Told> {
  const { _id: connectionId } = connection;
  let rejected: string | undefined;
  for (;;) {
    const grant = await around.access.get(connectionId, rejected);
    const obstacle = obstacleOf(grant, connection, around);
    if (obstacle || grant.type === 'refused') return obstacle ?? TROUBLE;
    try {
      return { type: 'told', answers: await availability.busyTimes({ token: grant.token }, request) };
    } catch (thrown) {
      const error = asProviderError(thrown);
      const renew = error.kind === 'AccessExpired' && rejected === undefined;
      if (!renew) return await heard(error, { connectionId, token: grant.token }, around);
      rejected = grant.token;
    }
  }
}

/** Why the grant is of no use now; null: it is. */
function obstacleOf(grant: AccessGrant, connection: ConnectionRecord, { clock }: AskingSurroundings): Told | null {
  if (grant.type === 'refused') return ['Unavailable', 'Throttled'].includes(grant.kind) ? TROUBLE : CANNOT;
  if (isOfAnotherMethod(grant, connection)) return TROUBLE;
  return grant.notBefore !== null && Date.parse(grant.notBefore) > clock.now() ? TROUBLE : null;
}

/**
 * What the provider says of this access holds for whatever talks to this mailbox; where it cannot be passed on, the next run hears
 * it from the provider itself.
 */
async function heard(
  { kind, retryAfterMs, claims }: ProviderError,
  { connectionId, token }: { readonly connectionId: string; readonly token: string },
  { access, clock }: AskingSurroundings,
): Promise<Told> {
  if (kind === 'Throttled' && retryAfterMs !== null)
    await access.throttle(connectionId, new Date(clock.now() + retryAfterMs)).catch(() => undefined);
  if (kind === 'ConsentRevoked' || kind === 'AccessExpired')
    await access.revoked(connectionId, token, claims ?? undefined).catch(() => undefined);
  return PASSING.has(kind) ? TROUBLE : CANNOT;
}

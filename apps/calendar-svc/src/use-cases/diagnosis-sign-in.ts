import type { AccessGrant } from '@daybook/contracts';
import {
  asProviderError,
  failed,
  passed,
  skipped,
  type CheckOutcome,
  type ProviderAccess,
} from '@daybook/provider-port';
import { ofForm, outcomeOfRun, type DiagnosisRun } from './diagnosis-run';
import { isOfAnotherMethod } from './kept-access';
import type { KnownFacts } from './diagnosis-permissions';

export interface SignIn {
  readonly outcome: CheckOutcome;
  /** Null where no call can be made. */
  readonly access: ProviderAccess | null;
}

const without = (outcome: CheckOutcome): SignIn => ({ outcome, access: null });

/** Access before anything was looked at, where only that says where the server is; or why there is none. */
export interface EarlyAccess {
  readonly grant: AccessGrant;
  readonly access: ProviderAccess | null;
  /** Instead of an address, where nothing may be asked. */
  readonly denied: CheckOutcome | null;
}

/** Null at a provider whose address is known without; the grant is asked for once. */
export async function earlyAccess(run: DiagnosisRun): Promise<EarlyAccess | null> {
  const { access: source, connectionId, provider } = run.parts;
  if (!provider.auth.form) return null;
  const grant = await source.get(connectionId);
  const obstacle = obstacleOf(grant, run);
  if (obstacle === null && grant.type === 'access') return { grant, access: { token: grant.token }, denied: null };
  return { grant, access: null, denied: obstacle?.outcome === 'skipped' ? obstacle : skipped('earlier_failed') };
}

/** Whether there is access and the provider takes it. A token that it refuses is renewed once, as a run does. */
export function signIn(run: DiagnosisRun, early?: AccessGrant): Promise<SignIn> {
  return run.within(withAccess(run, early), without(failed('took_too_long')));
}

async function withAccess(run: DiagnosisRun, early: AccessGrant | undefined): Promise<SignIn> {
  const { access, connectionId } = run.parts;
  const grant = early ?? (await access.get(connectionId));
  const obstacle = obstacleOf(grant, run);
  if (obstacle || grant.type === 'refused') return without(obstacle ?? skipped('earlier_failed'));
  const first = await taken(run, grant.token);
  if (first !== 'expired') return first;
  const renewed = await access.get(connectionId, grant.token);
  const stillIn = obstacleOf(renewed, run);
  if (stillIn || renewed.type === 'refused') return without(stillIn ?? skipped('earlier_failed'));
  const second = await taken(run, renewed.token);
  if (second !== 'expired') return second;
  // auth-svc asks for itself before it believes it; where it cannot be told, the next run tells it.
  await access.revoked(connectionId, renewed.token).catch(() => undefined);
  return without(failed('consent_revoked'));
}

async function taken(run: DiagnosisRun, token: string): Promise<SignIn | 'expired'> {
  const { provider, access: source, connectionId } = run.parts;
  const access = { token };
  try {
    await provider.diagnosis?.signIn(access);
    return { outcome: passed, access };
  } catch (error) {
    const known = asProviderError(error);
    if (known.kind === 'AccessExpired') return 'expired';
    await run.heard(known);
    // No run need show it once more to find that out.
    if (known.kind === 'ConsentRevoked' && known.claims === null)
      await source.revoked(connectionId, token).catch(() => undefined);
    return without(outcomeOfRun(run, known));
  }
}

/** Why the grant is of no use now; null: it is. */
function obstacleOf(grant: AccessGrant, run: DiagnosisRun): CheckOutcome | null {
  const { facts, provider, now } = run.parts;
  if (grant.type === 'refused') return ofForm(outcomeOfRefusal(grant, facts), provider);
  // The connection has begun to work in another way just now.
  if (isOfAnotherMethod(grant, facts.connection)) return skipped('earlier_failed');
  return mustWait(grant, now()) ? skipped('waiting_for_provider') : null;
}

function mustWait({ notBefore }: Extract<AccessGrant, { type: 'access' }>, now: number): boolean {
  return notBefore !== null && Date.parse(notBefore) > now;
}

function outcomeOfRefusal(
  { kind }: Extract<AccessGrant, { type: 'refused' }>,
  { connection }: KnownFacts,
): CheckOutcome {
  switch (kind) {
    case 'ConsentRevoked':
      return failed('consent_revoked');
    case 'AdminApprovalNeeded':
      return failed('admin_approval_needed');
    case 'UntrustedServer':
      return failed('address_blocked');
    case 'Unavailable':
      return failed('provider_unavailable');
    case 'Throttled':
      return skipped('waiting_for_provider');
    case 'Stopped':
      return outcomeOfStop(connection);
  }
}

/** auth-svc gives no access at all: what it says of the connection tells why. */
function outcomeOfStop({ state, permissions }: KnownFacts['connection']): CheckOutcome {
  if (state === 'pending') return failed('not_finished');
  if (permissions.wanted.calendar === 'none') return skipped('calendar_not_wanted');
  return skipped(permissions.granted.calendar === 'none' ? 'nothing_granted' : 'locked_by_policy');
}

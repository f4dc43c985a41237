import type { AccessGrant } from '@daybook/contracts';
import {
  asProviderError,
  failed,
  passed,
  skipped,
  type CheckOutcome,
  type ProviderAccess,
} from '@daybook/provider-port';
import { outcomeOfError } from '@daybook/sync-engine';
import type { DiagnosisRun } from './diagnosis-run';
import type { KnownFacts } from './diagnosis-permissions';

export interface SignIn {
  readonly outcome: CheckOutcome;
  /** Null where no call can be made. */
  readonly access: ProviderAccess | null;
}

const without = (outcome: CheckOutcome): SignIn => ({ outcome, access: null });

/** Whether there is access and the provider takes it. A token that it refuses is renewed once, as a run does. */
export function signIn(run: DiagnosisRun): Promise<SignIn> {
  return run.within(withAccess(run), without(failed('took_too_long')));
}

async function withAccess(run: DiagnosisRun): Promise<SignIn> {
  const grant = await run.parts.access.get(run.parts.connectionId);
  if (grant.type === 'refused') return without(outcomeOfRefusal(grant, run.parts.facts));
  if (mustWait(grant, run.parts.now())) return without(skipped('waiting_for_provider'));
  const first = await taken(run, grant.token);
  if (first !== 'expired') return first;
  const renewed = await run.parts.access.get(run.parts.connectionId, grant.token);
  if (renewed.type === 'refused') return without(outcomeOfRefusal(renewed, run.parts.facts));
  const second = await taken(run, renewed.token);
  if (second !== 'expired') return second;
  // auth-svc asks for itself before it believes it; where it cannot be told, the next run tells it.
  await run.parts.access.revoked(run.parts.connectionId, renewed.token).catch(() => undefined);
  return without(failed('consent_revoked'));
}

async function taken(run: DiagnosisRun, token: string): Promise<SignIn | 'expired'> {
  const access = { token };
  try {
    await run.parts.provider.diagnosis?.signIn(access);
    return { outcome: passed, access };
  } catch (error) {
    const known = asProviderError(error);
    if (known.kind === 'AccessExpired') return 'expired';
    await run.heard(known);
    return without(outcomeOfError(known));
  }
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

import type { Connection, Policy } from '@daybook/contracts';
import { effectivePermission } from '@daybook/domain';
import { failed, passed, skipped, type CheckOutcome } from '@daybook/provider-port';

export interface KnownFacts {
  readonly connection: Connection;
  readonly policy: Policy;
}

/** What was granted against what was wanted; there is nothing to compare where the grant is gone or was never given. */
export function permissionsOutcome({ connection, policy }: KnownFacts, signIn: CheckOutcome): CheckOutcome {
  const { wanted, granted, missing } = connection.permissions;
  if (signIn.outcome === 'failed' && isWithoutGrant(signIn.code)) return skipped('earlier_failed');
  if (wanted.calendar === 'none') return skipped('calendar_not_wanted');
  if (missing.includes('calendar')) return failed('permission_missing');
  const effective = effectivePermission(wanted.calendar, granted.calendar, policy.permissions.calendar);
  return effective === 'none' ? skipped('locked_by_policy') : passed;
}

function isWithoutGrant(code: string): boolean {
  return (
    code === 'consent_revoked' ||
    code === 'password_refused' ||
    code === 'admin_approval_needed' ||
    code === 'not_finished'
  );
}

/** Why nothing may be written, where that is known without asking the provider. */
export function writingObstacle({ connection, policy }: KnownFacts): CheckOutcome | null {
  const { wanted, granted } = connection.permissions;
  if (wanted.calendar === 'none') return skipped('calendar_not_wanted');
  if (wanted.calendar !== 'readWrite' || granted.calendar === 'read') return skipped('read_only');
  const { locked, value } = policy.permissions.calendar;
  if (locked && value !== 'readWrite') return skipped('locked_by_policy');
  return policy.twoWaySync ? null : skipped('two_way_off');
}

import type { Connection } from '@daybook/contracts';

/** A connection works, and an administrator has to agree to what is missing. */
export function wantsMore({ state, permissions, problem, adminConsentUrl }: Connection): boolean {
  if (state === 'awaiting_admin' || state === 'disabled_by_policy' || permissions.missing.length === 0) return false;
  return adminConsentUrl !== undefined || problem?.code === 'admin_approval_needed';
}

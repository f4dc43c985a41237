import type { FaultKind } from '@daybook/simulator-kit';

/** The ways this provider can be made to fail. */
export const FAULT_KINDS: readonly FaultKind[] = [
  'throttled',
  'quota',
  'server_error',
  'unavailable',
  'slow',
  'cut',
  'cursor_expired',
  'empty_page',
  'endless_page',
  'grant_revoked',
  'admin_approval',
  'claims_challenge',
  'timeout_after_write',
  'conflict',
  'bad_item',
];

import type { PartState } from '@daybook/contracts';

/** The colour of a state's dot; the words beside it say the same. */
export function toneOf(state: PartState): 'good' | 'late' | 'bad' | 'quiet' {
  switch (state) {
    case 'active':
    case 'syncing':
      return 'good';
    case 'degraded':
    case 'pending':
    case 'awaiting_admin':
      return 'late';
    case 'needs_reconnect':
      return 'bad';
    case 'off':
    case 'disabled_by_policy':
      return 'quiet';
  }
}

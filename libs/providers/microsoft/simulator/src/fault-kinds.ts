import { COMMON_FAULT_KINDS, type FaultKind } from '@daybook/simulator-kit';

/** The ways this provider can be made to fail. */
export const FAULT_KINDS: readonly FaultKind[] = [...COMMON_FAULT_KINDS, 'claims_challenge'];

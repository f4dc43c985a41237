import { COMMON_FAULT_KINDS, type FaultKind } from '@daybook/simulator-kit';

/** The ways this provider can be made to fail. Nobody has to approve a client here, so that kind is none of them. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...COMMON_FAULT_KINDS.filter((kind) => kind !== 'admin_approval'),
  'ews_disabled',
];

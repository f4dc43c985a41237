import { z } from 'zod';

/** Who can mend it: the caller, an administrator, the provider's side, or the operator of this deployment. */
export const blameSchema = z.enum(['user', 'admin', 'provider', 'us']);
export type Blame = z.infer<typeof blameSchema>;

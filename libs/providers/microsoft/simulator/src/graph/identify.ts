import type { Incoming } from '@daybook/simulator-kit';
import type { Principal } from '../principal';

/** Who is behind a request. @throws GraphError 401 `InvalidAuthenticationToken` */
export type Identify = (incoming: Incoming) => Principal;

import type { Faults, SigningKeys, SimulatorClock } from '@daybook/simulator-kit';
import type { Authorizations } from './authorization';
import type { Directory } from './directory';
import type { Tokens } from './tokens';

/** What the parts of the sign-in side share. */
export interface EntraSetting {
  readonly directory: Directory;
  readonly authorizations: Authorizations;
  readonly tokens: Tokens;
  readonly keys: SigningKeys;
  readonly faults: Faults;
  readonly clock: SimulatorClock;
}

import type { Caller } from '@daybook/contracts';

/** People of an account, as far as they are asked after by others. */
export interface Colleagues {
  /** The caller themselves. */
  person(caller: Caller): Promise<{ readonly email: string }>;
  /** The address that a person signs in with; null for whoever is not in the account. */
  addressOf(accountId: string, userId: string): Promise<string | null>;
}

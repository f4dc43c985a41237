import type { Account, Invitation, Person } from '../model/person';
import type { Tx } from './unit-of-work';

/** The address belongs to somebody already. */
export class AddressTaken extends Error {
  constructor() {
    super('the address belongs to somebody already');
    this.name = 'AddressTaken';
  }
}

/** People and the accounts they belong to. */
export abstract class PersonStore {
  abstract findByEmail(email: string): Promise<Person | null>;
  abstract find(id: string): Promise<Person | null>;
  abstract findAccount(id: string): Promise<Account | null>;
  /** True when nobody can sign in yet. */
  abstract isEmpty(): Promise<boolean>;
  abstract addAccount(account: Account, tx: Tx): Promise<void>;
  /** Throws AddressTaken. */
  abstract add(person: Person, tx: Tx): Promise<void>;
  abstract changePreferences(id: string, change: Partial<Pick<Person, 'language' | 'timeZone'>>): Promise<void>;
  abstract changePasswordHash(id: string, passwordHash: string): Promise<void>;
}

/** One-time links. */
export abstract class InvitationStore {
  abstract add(invitation: Invitation, tx: Tx): Promise<void>;
  /** Takes away every link that is not bound to an account: a new one of these replaces the one printed before. */
  abstract dropUnbound(tx: Tx): Promise<void>;
  /** Finds and removes in one step: a link works once. Null when unknown, used or too old. */
  abstract consume(tokenHash: string, now: Date, tx: Tx): Promise<Invitation | null>;
}

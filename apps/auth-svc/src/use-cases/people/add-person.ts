import { hashPassword, newId } from '@daybook/platform/crypto';
import { normalAddress, type Person, type PersonRole } from '../../model/person';
import { Announcer } from '../../ports/announcer';
import { Clock } from '../../ports/clock';
import { PersonStore } from '../../ports/person-store';
import type { Tx } from '../../ports/unit-of-work';

export interface NewPerson {
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
  readonly role: PersonRole;
  /** From `hash()`: hashing takes too long to be done inside a transaction. */
  readonly passwordHash: string;
  readonly phoneLicence: boolean;
}

/** Adds accounts and people, each with its audit record. */
export class AddPerson {
  constructor(
    private readonly people: PersonStore,
    private readonly announcer: Announcer,
    private readonly clock: Clock,
    private readonly defaultTimeZone: string,
  ) {}

  hash(password: string): Promise<string> {
    return hashPassword(password);
  }

  async account(name: string, tx: Tx): Promise<string> {
    const id = newId('acc');
    await this.people.addAccount({ id, name, createdAt: this.clock.now() }, tx);
    await this.announcer.audit(
      { accountId: id, actorId: 'system', action: 'account.created', targetType: 'account', targetId: id },
      tx,
    );
    return id;
  }

  /** Throws AddressTaken. */
  async person({ email, ...rest }: NewPerson, tx: Tx): Promise<Person> {
    const person: Person = {
      id: newId('usr'),
      email: normalAddress(email),
      ...rest,
      language: 'en',
      timeZone: this.defaultTimeZone,
      createdAt: this.clock.now(),
    };
    await this.people.add(person, tx);
    const entry = { actorId: 'system', action: 'user.created', targetType: 'user', targetId: person.id };
    await this.announcer.audit({ accountId: person.accountId, ...entry, details: { role: person.role } }, tx);
    return person;
  }
}

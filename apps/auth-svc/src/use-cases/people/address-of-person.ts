import { fail } from '@daybook/contracts';
import { PersonStore } from '../../ports/person-store';

/** The address by which somebody can be asked for elsewhere: of people of one account only, all others are not there. */
export class AddressOfPerson {
  constructor(private readonly people: PersonStore) {}

  async run(accountId: string, userId: string): Promise<{ email: string }> {
    const person = await this.people.find(userId);
    if (!person || person.accountId !== accountId) throw fail('not_found');
    return { email: person.email };
  }
}

import { fail, type Caller, type Me } from '@daybook/contracts';
import { PersonStore } from '../../ports/person-store';
import { PolicyCopies } from '../../ports/policy-copies';
import { toUser } from './to-user';

/** The signed-in person, their account, and what is decided for it. A key is nobody, so it has no `me`. */
export class ReadMe {
  constructor(
    private readonly people: PersonStore,
    private readonly policies: PolicyCopies,
    private readonly brand: string,
  ) {}

  async run(caller: Caller): Promise<Me> {
    if (caller.role === 'service') throw fail('forbidden', 'An API key has no person behind it.');
    const [person, account, policy] = await Promise.all([
      this.people.find(caller.userId),
      this.people.findAccount(caller.accountId),
      this.policies.get(caller.accountId),
    ]);
    if (!person || !account) throw fail('unauthenticated');
    return {
      user: toUser(person),
      account: { id: account.id, name: account.name },
      licences: { phone: person.phoneLicence },
      policy,
      brand: this.brand,
    };
  }
}

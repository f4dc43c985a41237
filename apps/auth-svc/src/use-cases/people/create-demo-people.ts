import type { PersonRole } from '../../model/person';
import { AddressTaken, PersonStore } from '../../ports/person-store';
import { UnitOfWork } from '../../ports/unit-of-work';
import { AddPerson } from './add-person';

interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly phoneLicence: boolean;
}

const DEMO_PASSWORD = 'daybook';
const DEMO_PEOPLE: readonly DemoPerson[] = [
  { email: 'admin@example.com', name: 'Alex Admin', role: 'administrator', phoneLicence: false },
  { email: 'ada@example.com', name: 'Ada Adams', role: 'member', phoneLicence: true },
  { email: 'ben@example.com', name: 'Ben Brown', role: 'member', phoneLicence: true },
  { email: 'cleo@example.com', name: 'Cleo Clark', role: 'member', phoneLicence: false },
];

/** Puts the demo account and its people into an empty database. Of two processes that start together one does it. */
export class CreateDemoPeople {
  constructor(
    private readonly people: PersonStore,
    private readonly addPerson: AddPerson,
    private readonly work: UnitOfWork,
  ) {}

  async run(): Promise<'created' | 'present'> {
    if (!(await this.people.isEmpty())) return 'present';
    const hashes = await Promise.all(DEMO_PEOPLE.map(() => this.addPerson.hash(DEMO_PASSWORD)));
    try {
      await this.work.run(async (tx) => {
        const accountId = await this.addPerson.account('Demo', tx);
        for (const [index, person] of DEMO_PEOPLE.entries()) {
          await this.addPerson.person({ accountId, ...person, passwordHash: hashes[index] ?? '' }, tx);
        }
      });
      return 'created';
    } catch (error) {
      if (error instanceof AddressTaken) return 'present';
      throw error;
    }
  }
}

import { randomToken, sha256Hex } from '@daybook/platform/crypto';
import { normalAddress } from '../../model/person';
import { Clock } from '../../ports/clock';
import { AddressTaken, InvitationStore, PersonStore } from '../../ports/person-store';
import { UnitOfWork } from '../../ports/unit-of-work';
import { AddPerson } from './add-person';

const LINK_HOURS = 24;

/** Makes one-time links with which an administrator names themselves and chooses a password. */
export class InviteAdministrator {
  constructor(
    private readonly people: PersonStore,
    private readonly invitations: InvitationStore,
    private readonly addPerson: AddPerson,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly publicUrl: string,
  ) {}

  /** The link of a deployment in which nobody can sign in; it replaces the one made before. Null when somebody can. */
  async forEmptyDeployment(): Promise<string | null> {
    if (!(await this.people.isEmpty())) return null;
    const { token, invitation } = this.make();
    await this.work.run(async (tx) => {
      await this.invitations.dropUnbound(tx);
      await this.invitations.add({ ...invitation, accountId: null, email: null }, tx);
    });
    return this.link(token);
  }

  /** Makes another account and the link of its first administrator. Throws AddressTaken. */
  async forNewAccount(name: string, email: string): Promise<string> {
    const address = normalAddress(email);
    if (await this.people.findByEmail(address)) throw new AddressTaken();
    const { token, invitation } = this.make();
    await this.work.run(async (tx) => {
      const accountId = await this.addPerson.account(name, tx);
      await this.invitations.add({ ...invitation, accountId, email: address }, tx);
    });
    return this.link(token);
  }

  private make() {
    const token = randomToken();
    const expiresAt = new Date(this.clock.now().getTime() + LINK_HOURS * 3_600_000);
    return { token, invitation: { tokenHash: sha256Hex(token), expiresAt } };
  }

  private link(token: string): string {
    return `${this.publicUrl}/welcome?token=${token}`;
  }
}

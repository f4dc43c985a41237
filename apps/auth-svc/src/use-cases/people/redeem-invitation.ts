import { fail, type Client, type SessionGrant } from '@daybook/contracts';
import { PasswordQueueFull, sha256Hex } from '@daybook/platform/crypto';
import { normalAddress, type Invitation, type Person } from '../../model/person';
import { Announcer } from '../../ports/announcer';
import { Clock } from '../../ports/clock';
import { AddressTaken, InvitationStore, PersonStore } from '../../ports/person-store';
import { UnitOfWork, type Tx } from '../../ports/unit-of-work';
import { OpenSession } from '../sessions/open-session';
import { AddPerson } from './add-person';

export interface Redemption {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly accountName?: string | undefined;
}

/** Uses a one-time link: makes its administrator and signs them in. Throws `ticket_invalid` or `invalid_body`. */
export class RedeemInvitation {
  constructor(
    private readonly people: PersonStore,
    private readonly invitations: InvitationStore,
    private readonly addPerson: AddPerson,
    private readonly openSession: OpenSession,
    private readonly work: UnitOfWork,
    private readonly announcer: Announcer,
    private readonly clock: Clock,
  ) {}

  async run(redemption: Redemption, client: Client): Promise<SessionGrant> {
    const passwordHash = await this.hash(redemption.password);
    const person = await this.work.run((tx) => this.make(redemption, passwordHash, tx)).catch(asProblem);
    this.announcer.wake();
    return this.openSession.run(person, client.kind);
  }

  private async make(redemption: Redemption, passwordHash: string, tx: Tx): Promise<Person> {
    const invitation = await this.invitations.consume(sha256Hex(redemption.token), this.clock.now(), tx);
    if (!invitation) throw fail('ticket_invalid');
    const accountId = await this.accountOf(invitation, redemption, tx);
    const { email, name } = redemption;
    const role = 'administrator';
    return this.addPerson.person({ accountId, email, name, role, passwordHash, phoneLicence: false }, tx);
  }

  private async accountOf(invitation: Invitation, redemption: Redemption, tx: Tx): Promise<string> {
    if (invitation.accountId === null) {
      if (!(await this.people.isEmpty())) throw fail('ticket_invalid');
      return this.addPerson.account(redemption.accountName ?? 'Daybook', tx);
    }
    if (normalAddress(redemption.email) !== invitation.email) {
      throw fail('invalid_body', undefined, {
        fields: [{ field: 'email', code: 'other_address', detail: 'This link was made for another address.' }],
      });
    }
    return invitation.accountId;
  }

  private async hash(password: string): Promise<string> {
    try {
      return await this.addPerson.hash(password);
    } catch (error) {
      if (error instanceof PasswordQueueFull) throw fail('service_unavailable', undefined, { retryAfter: 2 });
      throw error;
    }
  }
}

function asProblem(error: unknown): never {
  if (!(error instanceof AddressTaken)) throw error;
  throw fail('invalid_body', undefined, {
    fields: [{ field: 'email', code: 'address_taken', detail: 'Somebody signs in with this address already.' }],
  });
}

import { fail, type Client, type SessionGrant } from '@daybook/contracts';
import { hashPassword, passwordNeedsRehash, PasswordQueueFull, verifyPassword } from '@daybook/platform/crypto';
import { normalAddress, type Person } from '../../model/person';
import { Announcer } from '../../ports/announcer';
import { Clock } from '../../ports/clock';
import { PersonStore } from '../../ports/person-store';
import { SignInAttempts, type AttemptVerdict } from '../../ports/sign-in-attempts';
import { UnitOfWork } from '../../ports/unit-of-work';
import { OpenSession } from './open-session';

const WINDOW_MS = 15 * 60_000;
/** Ten tries for an address, a hundred for a place: a whole office may sit behind one address of the network. */
const PER_ADDRESS = 10;
const PER_REMOTE = 100;

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  readonly remoteAddress: string;
  readonly client: Client;
}

/**
 * Signs a person in. Unknown people cost the same work as known ones and get the same answer, and both are counted, so that
 * neither time nor the limit tells who has an account. Throws `invalid_credentials`, `rate_limited`, `service_unavailable`.
 */
export class SignIn {
  constructor(
    private readonly people: PersonStore,
    private readonly attempts: SignInAttempts,
    private readonly openSession: OpenSession,
    private readonly work: UnitOfWork,
    private readonly announcer: Announcer,
    private readonly clock: Clock,
  ) {}

  async run(request: SignInRequest): Promise<SessionGrant> {
    const email = normalAddress(request.email);
    const keys = { address: `address:${email}`, remote: `remote:${request.remoteAddress}` };
    await this.admit(keys, email);
    const person = await this.people.findByEmail(email);
    const matches = await checkPassword(request.password, person?.passwordHash ?? '');
    if (!person || !matches) throw fail('invalid_credentials');
    await Promise.all([this.attempts.clear(keys.address), this.attempts.takeBack(keys.remote)]);
    if (passwordNeedsRehash(person.passwordHash)) {
      await this.people.changePasswordHash(person.id, await hashPassword(request.password));
    }
    return this.openSession.run(person, request.client.kind);
  }

  private async admit(keys: { address: string; remote: string }, email: string): Promise<void> {
    const now = this.clock.now();
    const [address, remote] = await Promise.all([
      this.attempts.count(keys.address, WINDOW_MS, now),
      this.attempts.count(keys.remote, WINDOW_MS, now),
    ]);
    if (address.count === PER_ADDRESS + 1) await this.auditLock(email);
    const over = [address.count > PER_ADDRESS && address, remote.count > PER_REMOTE && remote].filter(isVerdict);
    if (over.length === 0) return;
    const until = Math.max(...over.map(({ windowEndsAt }) => windowEndsAt.getTime()));
    const retryAfter = Math.max(1, Math.ceil((until - now.getTime()) / 1000));
    throw fail('rate_limited', 'Too many tries to sign in. Wait a little and try again.', { retryAfter });
  }

  private async auditLock(email: string): Promise<void> {
    const person = await this.people.findByEmail(email);
    if (!person) return;
    const entry = { actorId: 'system', action: 'sign_in.locked', targetType: 'user', targetId: person.id };
    await this.work.run((tx) => this.announcer.audit({ accountId: person.accountId, ...entry }, tx));
    this.announcer.wake();
  }
}

function isVerdict(value: AttemptVerdict | false): value is AttemptVerdict {
  return value !== false;
}

/** Without a stored hash the same work is done for nothing. */
async function checkPassword(password: string, stored: Person['passwordHash']): Promise<boolean> {
  try {
    return await verifyPassword(password, stored);
  } catch (error) {
    if (error instanceof PasswordQueueFull) throw fail('service_unavailable', undefined, { retryAfter: 2 });
    throw error;
  }
}

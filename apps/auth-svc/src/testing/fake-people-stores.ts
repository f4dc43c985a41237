import type { ApiKeyRecord } from '../model/api-key';
import type { Account, Invitation, Person } from '../model/person';
import type { EndedSession, IssuedToken, Rotation, Session, SessionEnd } from '../model/session';
import { ApiKeyStore } from '../ports/api-key-store';
import { AddressTaken, InvitationStore, PersonStore } from '../ports/person-store';
import { SessionStore } from '../ports/session-store';
import { SignInAttempts, type AttemptVerdict } from '../ports/sign-in-attempts';
import { SigningKeyStore, type SigningKeyRecord } from '../ports/signing-key-store';
import type { FakeDatabase, FakeTable } from './fake-database';

export class FakePersonStore extends PersonStore {
  private readonly people: FakeTable<Person>;
  private readonly accounts: FakeTable<Account>;

  constructor(database: FakeDatabase) {
    super();
    this.people = database.table();
    this.accounts = database.table();
  }

  async findByEmail(email: string) {
    return this.people.all().find((person) => person.email === email) ?? null;
  }
  async find(id: string) {
    return this.people.get(id);
  }
  async findAccount(id: string) {
    return this.accounts.get(id);
  }
  async isEmpty() {
    return this.people.all().length === 0;
  }
  async addAccount(account: Account) {
    this.accounts.set(account.id, account);
  }
  async add(person: Person) {
    if (await this.findByEmail(person.email)) throw new AddressTaken();
    this.people.set(person.id, person);
  }
  async changePreferences(id: string, change: Partial<Pick<Person, 'language' | 'timeZone'>>) {
    const person = this.people.get(id);
    if (person) this.people.set(id, { ...person, ...change });
  }
  async changePasswordHash(id: string, passwordHash: string) {
    const person = this.people.get(id);
    if (person) this.people.set(id, { ...person, passwordHash });
  }
}

export class FakeInvitationStore extends InvitationStore {
  private readonly invitations: FakeTable<Invitation>;

  constructor(database: FakeDatabase) {
    super();
    this.invitations = database.table();
  }

  async add(invitation: Invitation) {
    this.invitations.set(invitation.tokenHash, invitation);
  }
  async dropUnbound() {
    for (const { tokenHash, accountId } of this.invitations.all()) {
      if (accountId === null) this.invitations.delete(tokenHash);
    }
  }
  async consume(tokenHash: string, now: Date) {
    const found = this.invitations.get(tokenHash);
    return found && found.expiresAt > now ? this.invitations.delete(tokenHash) : null;
  }
}

interface TokenRow extends IssuedToken {
  readonly sessionId: string;
  readonly usedAt: Date | null;
}

export class FakeSessionStore extends SessionStore {
  private readonly sessions: FakeTable<Session & { endedAt: Date | null }>;
  private readonly tokens: FakeTable<TokenRow>;

  constructor(database: FakeDatabase) {
    super();
    this.sessions = database.table();
    this.tokens = database.table();
  }

  async create(session: Session, first: IssuedToken) {
    this.sessions.set(session.id, { ...session, endedAt: null });
    this.issue(session.id, first);
  }

  async rotate(presentedHash: string, next: IssuedToken, now: Date): Promise<Rotation> {
    const token = this.tokens.get(presentedHash);
    if (!token || (token.usedAt === null && token.expiresAt <= now)) return { type: 'unknown' };
    const session = this.there(token.sessionId);
    if (!session) return { type: 'ended' };
    if (token.usedAt) return { type: 'used', session };
    this.tokens.set(presentedHash, { ...token, usedAt: now });
    this.sessions.set(session.id, { ...session, expiresAt: next.expiresAt, endedAt: null });
    this.issue(session.id, next);
    return { type: 'rotated', session: { ...session, expiresAt: next.expiresAt } };
  }

  async findByToken(tokenHash: string) {
    const token = this.tokens.get(tokenHash);
    return token ? this.find(token.sessionId) : null;
  }

  async find(id: string): Promise<Session | null> {
    return this.there(id);
  }

  async end(sessionId: string, _reason: SessionEnd, now: Date) {
    const found = await this.find(sessionId);
    if (found) this.sessions.set(sessionId, { ...found, endedAt: now });
    return found !== null;
  }

  async endedAfter(last: EndedSession, limit: number) {
    const ended = this.sessions.all().flatMap(({ id, endedAt }) => (endedAt ? [{ id, endedAt }] : []));
    const rank = ({ id, endedAt }: EndedSession) => `${endedAt.toISOString()} ${id}`;
    const later = ended.filter((one) => rank(one) > rank(last));
    return later.sort((left, right) => (rank(left) < rank(right) ? -1 : 1)).slice(0, limit);
  }

  private there(id: string): Session | null {
    const found = this.sessions.get(id);
    if (!found || found.endedAt) return null;
    const { endedAt: _endedAt, ...session } = found;
    return session;
  }

  private issue(sessionId: string, { hash, expiresAt }: IssuedToken): void {
    this.tokens.set(hash, { hash, expiresAt, sessionId, usedAt: null });
  }
}

export class FakeSignInAttempts extends SignInAttempts {
  private readonly counts = new Map<string, AttemptVerdict>();

  async count(key: string, windowMs: number, now: Date): Promise<AttemptVerdict> {
    const known = this.counts.get(key);
    const running = known && known.windowEndsAt > now;
    const windowEndsAt = running ? known.windowEndsAt : new Date(now.getTime() + windowMs);
    const verdict = { count: running ? known.count + 1 : 1, windowEndsAt };
    this.counts.set(key, verdict);
    return verdict;
  }
  async clear(key: string) {
    this.counts.delete(key);
  }
  async takeBack(key: string) {
    const known = this.counts.get(key);
    if (known && known.count > 0) this.counts.set(key, { ...known, count: known.count - 1 });
  }
}

export class FakeApiKeyStore extends ApiKeyStore {
  private readonly keys: FakeTable<ApiKeyRecord>;

  constructor(database: FakeDatabase) {
    super();
    this.keys = database.table();
  }

  async add(key: ApiKeyRecord) {
    this.keys.set(key.id, key);
  }
  async list(accountId: string) {
    const own = this.keys.all().filter((key) => key.accountId === accountId);
    return own.sort((left, right) => (left.id < right.id ? 1 : -1));
  }
  async findByHash(hash: string) {
    return this.keys.all().find((key) => key.hash === hash) ?? null;
  }
  async remove(id: string, accountId: string) {
    return this.keys.get(id)?.accountId === accountId ? this.keys.delete(id) !== null : false;
  }
  async noteUse(id: string, at: Date) {
    const key = this.keys.get(id);
    if (key) this.keys.set(id, { ...key, lastUsedAt: at });
  }
}

export class FakeSigningKeyStore extends SigningKeyStore {
  private record: SigningKeyRecord | null = null;

  async find() {
    return this.record;
  }
  async keepFirst(record: SigningKeyRecord) {
    this.record ??= record;
    return this.record;
  }
}

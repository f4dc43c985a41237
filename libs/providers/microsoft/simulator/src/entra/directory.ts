import { randomBytes } from 'node:crypto';
import { Table, type Journal, type JournalLine, type JournalPart } from '@daybook/simulator-kit';
import type { Mailbox } from '../mailbox/mailbox';
import type { MailboxStore } from '../mailbox/mailbox-store';

/** What a person has allowed a client. */
export interface Grant {
  id: string;
  email: string;
  clientId: string;
  scopes: string[];
  /** Ends with the consent: tokens of an earlier one are dead, also when the person consents anew. */
  session: string;
}

/** What an administrator has allowed a client for everybody of a tenant. */
interface Approval {
  scopes: string[];
}

/** People, consents and approvals, each change journalled. Names and ids of people are those of their mailboxes. */
export class Directory implements JournalPart {
  readonly secrets: Table<string>;
  private readonly passwords: Table<string>;
  private readonly grants: Table<Grant>;
  private readonly approvals: Table<Approval>;

  constructor(
    journal: () => Journal,
    private readonly world: MailboxStore,
  ) {
    this.secrets = new Table<string>('secret', journal);
    this.passwords = new Table<string>('password', journal);
    this.grants = new Table<Grant>('grant', journal);
    this.approvals = new Table<Approval>('approval', journal);
  }

  /** A secret made at first use and kept. */
  secret(name: string): string {
    return this.secrets.get(name) ?? this.secrets.set(name, randomBytes(24).toString('base64url'));
  }

  person(email: string): Mailbox | undefined {
    return this.world.mailboxes.get(email.trim().toLowerCase());
  }

  people(): Mailbox[] {
    return this.world.mailboxes.values();
  }

  /** Somebody lives in it. */
  hasTenant(tenantId: string): boolean {
    return this.people().some((box) => box.tenantId === tenantId);
  }

  setPassword(email: string, password: string): void {
    this.passwords.set(email, password);
  }

  /** The person, if the password is right. */
  signIn(email: string, password: string): Mailbox | undefined {
    const box = this.person(email);
    return box !== undefined && this.passwords.get(box.email) === password ? box : undefined;
  }

  grant(email: string, clientId: string): Grant | undefined {
    return this.grants.get(idOf(clientId, email));
  }

  /** Adds permissions to a consent and keeps it. */
  allow(email: string, clientId: string, scopes: readonly string[]): Grant {
    const id = idOf(clientId, email);
    const before = this.grants.get(id);
    const all = [...new Set([...(before?.scopes ?? []), ...scopes])];
    const session = before?.session ?? randomBytes(9).toString('base64url');
    return this.grants.set(id, { id, email, clientId, scopes: all, session });
  }

  /** Ends the consents of one person, or of all. */
  revokeAll(email: string | null): void {
    for (const grant of this.grants.values()) {
      if (email === null || grant.email === email) this.grants.delete(grant.id);
    }
  }

  approve(tenantId: string, clientId: string, scopes: readonly string[]): void {
    const all = [...new Set([...this.approved(tenantId, clientId), ...scopes])];
    this.approvals.set(idOf(clientId, tenantId), { scopes: all });
  }

  approved(tenantId: string, clientId: string): readonly string[] {
    return this.approvals.get(idOf(clientId, tenantId))?.scopes ?? [];
  }

  restore(line: JournalLine): boolean {
    const table = this.tables().find(({ name }) => name === line[0]);
    table?.restore(line);
    return table !== undefined;
  }

  get size(): number {
    return this.tables().reduce((sum, { size }) => sum + size, 0);
  }

  *lines(): Iterable<JournalLine> {
    for (const table of this.tables()) yield* table.lines();
  }

  /** Forgets people and consents; secrets and keys stay. */
  clear(): void {
    for (const table of [this.passwords, this.grants, this.approvals]) table.clear();
  }

  private tables(): Pick<Table<unknown>, 'name' | 'size' | 'restore' | 'lines'>[] {
    return [this.secrets, this.passwords, this.grants, this.approvals];
  }
}

const idOf = (clientId: string, whom: string): string => `${clientId}|${whom}`;

import type { ServiceName } from '@daybook/contracts';
import { Secret } from '@daybook/platform/crypto';
import type { LegState, LegTicket } from '../model/browser-leg';
import type { Connection } from '../model/connection';
import type { Receipt } from '../model/receipt';
import { BrowserLegStore } from '../ports/browser-leg-store';
import { ConnectionStore, ServiceTaken } from '../ports/connection-store';
import { CredentialVault, type Credential, type StoredCredential } from '../ports/credential-vault';
import { ReceiptStore } from '../ports/receipt-store';
import type { FakeDatabase, FakeTable } from './fake-database';

export class FakeConnectionStore extends ConnectionStore {
  private readonly connections: FakeTable<Connection>;

  constructor(database: FakeDatabase) {
    super();
    this.connections = database.table();
  }

  async find(id: string) {
    return this.connections.get(id);
  }
  async listOf(userId: string) {
    return this.there().filter((connection) => connection.userId === userId);
  }
  async findByService(userId: string, service: ServiceName) {
    return (await this.listOf(userId)).find((connection) => connection.service === service) ?? null;
  }
  async page({ after, limit, accountId }: { after: string | null; limit: number; accountId?: string }) {
    return this.sorted()
      .filter((connection) => accountId === undefined || connection.accountId === accountId)
      .filter(({ id }) => after === null || id > after)
      .slice(0, limit);
  }
  async unfinished(now: Date, limit: number) {
    const late = ({ phase, unfinishedUntil }: Connection) =>
      phase === 'pending' && unfinishedUntil !== null && unfinishedUntil <= now;
    return this.connections.all().filter(late).slice(0, limit);
  }
  async awaitingAdmin(now: Date, limit: number) {
    const due = ({ phase, linked, approvalFor, notBefore }: Connection) =>
      phase === 'awaiting_admin' && linked !== null && approvalFor === null && (notBefore === null || notBefore <= now);
    return this.connections.all().filter(due).slice(0, limit);
  }
  async isLinkedElsewhere(provider: string, subject: string, exceptId: string) {
    return this.there().some(
      (connection) =>
        connection.provider === provider && connection.linked?.subject === subject && connection.id !== exceptId,
    );
  }
  async add(connection: Connection) {
    if (await this.findByService(connection.userId, connection.service)) throw new ServiceTaken();
    this.connections.set(connection.id, connection);
  }
  async save(connection: Connection) {
    this.connections.set(connection.id, connection);
  }
  async remove(id: string) {
    this.connections.delete(id);
  }

  private sorted(): Connection[] {
    return this.connections.all().sort((left, right) => (left.id < right.id ? -1 : 1));
  }
  private there(): Connection[] {
    return this.sorted().filter(({ phase }) => phase !== 'deleted');
  }
}

interface CredentialRow {
  readonly provider: string | null;
  readonly refreshToken: string;
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  readonly scopes: readonly string[];
  readonly generation: number;
}

export class FakeCredentialVault extends CredentialVault {
  private readonly rows: FakeTable<CredentialRow>;

  constructor(database: FakeDatabase) {
    super();
    this.rows = database.table();
  }

  async find(connectionId: string): Promise<StoredCredential | null> {
    const row = this.rows.get(connectionId);
    return row && { ...row, refreshToken: Secret.of(row.refreshToken), accessToken: Secret.of(row.accessToken) };
  }
  async put(connectionId: string, credential: Credential) {
    this.write(connectionId, credential);
  }
  async replace(connectionId: string, generation: number, credential: Credential) {
    const same = this.rows.get(connectionId)?.generation === generation;
    if (same) this.write(connectionId, credential);
    return same;
  }
  async destroy(connectionId: string) {
    this.rows.delete(connectionId);
  }

  private write(connectionId: string, { refreshToken, accessToken, ...rest }: Credential): void {
    const generation = (this.rows.get(connectionId)?.generation ?? 0) + 1;
    const tokens = { refreshToken: refreshToken.reveal(), accessToken: accessToken.reveal() };
    this.rows.set(connectionId, { ...rest, ...tokens, generation });
  }
}

export class FakeBrowserLegStore extends BrowserLegStore {
  private readonly tickets: FakeTable<LegTicket>;
  private readonly states: FakeTable<LegState>;

  constructor(database: FakeDatabase) {
    super();
    this.tickets = database.table();
    this.states = database.table();
  }

  async addTicket(ticket: LegTicket) {
    this.tickets.set(ticket.hash, ticket);
  }
  async consumeTicket(hash: string, provider: string, now: Date) {
    const found = this.tickets.get(hash);
    return found?.provider === provider && found.expiresAt > now ? this.tickets.delete(hash) : null;
  }
  async addState(state: LegState) {
    this.states.set(state.hash, state);
  }
  async consumeState(hash: string, cookieHash: string, provider: string, now: Date) {
    const found = this.states.get(hash);
    const ours = found?.provider === provider && found.cookieHash === cookieHash && found.expiresAt > now;
    return ours ? this.states.delete(hash) : null;
  }
  async dropOf(connectionId: string) {
    for (const table of [this.tickets, this.states]) {
      for (const leg of table.all()) if (leg.connectionId === connectionId) table.delete(leg.hash);
    }
  }
}

export class FakeReceiptStore extends ReceiptStore {
  private readonly receipts: FakeTable<Receipt>;

  constructor(database: FakeDatabase) {
    super();
    this.receipts = database.table();
  }

  async add(receipt: Receipt) {
    this.receipts.set(receipt.id, receipt);
  }
  async find(id: string) {
    return this.receipts.get(id);
  }
  async save(receipt: Receipt) {
    this.receipts.set(receipt.id, receipt);
  }
  async isGivingBack(userId: string, provider: string) {
    const own = this.receipts.all().filter((receipt) => receipt.userId === userId && receipt.provider === provider);
    return own.some(({ step, attempts }) => (step === 'retire' || step === 'revoke') && attempts === 0);
  }
  async due(now: Date, limit: number) {
    const due = this.receipts.all().filter(({ step, nextStepAt }) => step !== 'done' && nextStepAt <= now);
    return due.sort((left, right) => left.nextStepAt.getTime() - right.nextStepAt.getTime()).slice(0, limit);
  }
}

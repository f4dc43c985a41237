import type { ServiceName } from '@daybook/contracts';
import { isDuplicateKey } from '@daybook/platform/mongo';
import type { Connection as MongoConnection, Model } from 'mongoose';
import type { Connection } from '../../model/connection';
import { ConnectionStore, ServiceTaken } from '../../ports/connection-store';
import type { Tx } from '../../ports/unit-of-work';
import { count, date, defineModel, optionalDate, optionalPlain, optionalText, plain, text } from './define-model';
import { sessionOf } from './mongo-unit-of-work';

/** `slot` is `user/service` until the connection is deleted; a unique index on it keeps the rule of one for each service. */
type ConnectionDocument = Omit<Connection, 'id'> & { _id: string; slot?: string };

export class MongoConnectionStore extends ConnectionStore {
  private readonly connections: Model<ConnectionDocument>;

  constructor(connection: MongoConnection) {
    super();
    this.connections = defineModel<ConnectionDocument>(connection, 'connections', {
      slot: { type: String },
      accountId: text,
      userId: text,
      service: text,
      method: text,
      provider: text,
      phase: text,
      linked: optionalPlain,
      server: optionalPlain,
      wanted: plain,
      granted: plain,
      reports: plain,
      unfinishedUntil: optionalDate,
      notBefore: optionalDate,
      claims: optionalText,
      approvalFor: optionalPlain,
      approvalAt: optionalText,
      phaseSince: date,
      receiptId: optionalText,
      announced: optionalText,
      version: count,
      revision: count,
      eventSequence: count,
      createdAt: date,
    });
  }

  async find(id: string, tx?: Tx): Promise<Connection | null> {
    return toConnection(await this.connections.findOne({ _id: id }).session(sessionIn(tx)).lean());
  }

  async listOf(userId: string): Promise<readonly Connection[]> {
    const found = await this.connections
      .find({ userId, slot: { $exists: true } })
      .sort({ _id: 1 })
      .lean();
    return found.map(fromDocument);
  }

  async findByService(userId: string, service: ServiceName, tx?: Tx): Promise<Connection | null> {
    const slot = `${userId}/${service}`;
    return toConnection(await this.connections.findOne({ slot }).session(sessionIn(tx)).lean());
  }

  async page(query: { after: string | null; limit: number; accountId?: string }): Promise<readonly Connection[]> {
    const filter = {
      ...(query.after !== null && { _id: { $gt: query.after } }),
      ...(query.accountId !== undefined && { accountId: query.accountId }),
    };
    const found = await this.connections.find(filter).sort({ _id: 1 }).limit(query.limit).lean();
    return found.map(fromDocument);
  }

  async unfinished(now: Date, limit: number): Promise<readonly Connection[]> {
    const found = await this.connections
      .find({ phase: 'pending', unfinishedUntil: { $lte: now } })
      .limit(limit)
      .lean();
    return found.map(fromDocument);
  }

  async awaitingAdmin(now: Date, limit: number): Promise<readonly Connection[]> {
    const due = { $or: [{ notBefore: null }, { notBefore: { $lte: now } }] };
    const found = await this.connections
      .find({ phase: 'awaiting_admin', linked: { $ne: null }, approvalFor: null, ...due })
      .limit(limit)
      .lean();
    return found.map(fromDocument);
  }

  async isLinkedElsewhere(provider: string, subject: string, exceptId: string): Promise<boolean> {
    const filter = { provider, 'linked.subject': subject, slot: { $exists: true }, _id: { $ne: exceptId } };
    return (await this.connections.exists(filter)) !== null;
  }

  async add(connection: Connection, tx: Tx): Promise<void> {
    try {
      await this.connections.insertMany([toDocument(connection)], { session: sessionOf(tx) });
    } catch (error) {
      throw isDuplicateKey(error) ? new ServiceTaken() : error;
    }
  }

  async save(connection: Connection, tx: Tx): Promise<void> {
    const document = toDocument(connection);
    await this.connections.replaceOne({ _id: connection.id }, document, { session: sessionOf(tx) });
  }

  async remove(id: string, tx: Tx): Promise<void> {
    await this.connections.deleteOne({ _id: id }, { session: sessionOf(tx) });
  }
}

function sessionIn(tx: Tx | undefined) {
  return tx ? sessionOf(tx) : null;
}

function toDocument({ id, ...rest }: Connection): ConnectionDocument {
  return { _id: id, ...rest, ...(rest.phase !== 'deleted' && { slot: `${rest.userId}/${rest.service}` }) };
}

function fromDocument({ _id, slot: _slot, ...rest }: ConnectionDocument): Connection {
  return { id: _id, ...rest };
}

function toConnection(document: ConnectionDocument | null): Connection | null {
  return document && fromDocument(document);
}

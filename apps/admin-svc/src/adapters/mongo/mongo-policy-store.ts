import {
  AUDIT_SUBJECT,
  eventSubjects,
  type AuditRecord,
  type PolicyBody,
  type PolicyEventData,
} from '@daybook/contracts';
import { newId } from '@daybook/platform/crypto';
import { currentContext } from '@daybook/platform/logging';
import { inTransaction, isDuplicateKey, nativeDb, type ClientSession } from '@daybook/platform/mongo';
import { outboxCollection, OutboxWriter, type OutboxRow } from '@daybook/platform/outbox';
import { Schema, type Connection, type Model } from 'mongoose';
import { policyVersion, untouched, type PolicyRecord } from '../../model/policy-record';
import { PolicyStore, type PolicyNews } from '../../ports/policy-store';

interface PolicyDocument {
  _id: string;
  body: PolicyBody;
  revision: number;
}

const schema = new Schema<PolicyDocument>(
  {
    _id: { type: String, required: true },
    body: { type: Schema.Types.Mixed, required: true },
    revision: { type: Number, required: true },
  },
  { collection: 'policies', versionKey: false, strict: 'throw', minimize: false, autoIndex: false, autoCreate: false },
);

export class MongoPolicyStore extends PolicyStore {
  private readonly policies: Model<PolicyDocument>;
  private readonly writer = new OutboxWriter({ source: '/daybook/admin-svc' });

  constructor(
    private readonly connection: Connection,
    private readonly wakeRelay: () => void,
  ) {
    super();
    this.policies = connection.model<PolicyDocument>('policies', schema);
  }

  async find(accountId: string): Promise<PolicyRecord> {
    const found = await this.policies.findOne({ _id: accountId }).lean();
    return found ? { accountId, body: found.body, revision: found.revision } : untouched(accountId);
  }

  async replace(record: PolicyRecord, news: PolicyNews): Promise<boolean> {
    const written = await inTransaction(this.connection, async (session) => {
      if (!(await this.write(record, session))) return false;
      const rows = this.writer.rows([event(record, news), audit(record, news)]);
      await nativeDb(this.connection).collection<OutboxRow>(outboxCollection).insertMany(rows, { session });
      return true;
    }).catch((error: unknown) => {
      if (isDuplicateKey(error)) return false;
      throw error;
    });
    if (written) this.wakeRelay();
    return written;
  }

  private async write({ accountId, body, revision }: PolicyRecord, session: ClientSession): Promise<boolean> {
    if (revision === 1) {
      await this.policies.insertMany([{ _id: accountId, body, revision }], { session });
      return true;
    }
    const filter = { _id: accountId, revision: revision - 1 };
    const { matchedCount } = await this.policies.updateOne(filter, { $set: { body, revision } }, { session });
    return matchedCount === 1;
  }
}

function event({ accountId, revision }: PolicyRecord, { changed }: PolicyNews) {
  const data: PolicyEventData = { accountId, version: policyVersion(revision), changed: [...changed] };
  return { subject: eventSubjects.policyChanged, itemKey: accountId, sequence: revision, accountId, data };
}

function audit({ accountId, body, revision }: PolicyRecord, { actorId, changed }: PolicyNews) {
  const id = newId('aud');
  const data: AuditRecord = {
    id,
    at: new Date().toISOString(),
    accountId,
    actorId,
    action: 'policy.changed',
    targetType: 'policy',
    targetId: accountId,
    details: { changed: [...changed], enabled: body.enabled, version: policyVersion(revision) },
    correlationId: currentContext()?.correlationId ?? '',
  };
  return { subject: AUDIT_SUBJECT, itemKey: id, sequence: 1, accountId, data };
}

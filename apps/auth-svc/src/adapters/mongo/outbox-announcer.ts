import { AUDIT_SUBJECT, eventSubjects, type AuditRecord, type ConnectionEventData } from '@daybook/contracts';
import { newId } from '@daybook/platform/crypto';
import { currentContext } from '@daybook/platform/logging';
import { nativeDb } from '@daybook/platform/mongo';
import { outboxCollection, OutboxWriter, type OutboxEntry, type OutboxRow } from '@daybook/platform/outbox';
import type { Connection } from 'mongoose';
import { Announcer, type AuditEntry } from '../../ports/announcer';
import type { Clock } from '../../ports/clock';
import type { Tx } from '../../ports/unit-of-work';
import { sessionOf } from './mongo-unit-of-work';

/** Puts events and audit records into the outbox, in the transaction of what they tell of. */
export class OutboxAnnouncer extends Announcer {
  private readonly writer: OutboxWriter;

  constructor(
    private readonly connection: Connection,
    private readonly clock: Clock,
    private readonly wakeRelay: () => void,
  ) {
    super();
    this.writer = new OutboxWriter({ source: '/daybook/auth-svc', clock });
  }

  audit({ details, ...entry }: AuditEntry, tx: Tx): Promise<void> {
    const id = newId('aud');
    const record: AuditRecord = {
      id,
      at: this.clock.now().toISOString(),
      ...entry,
      details: details ?? {},
      correlationId: currentContext()?.correlationId ?? '',
    };
    return this.insert(
      { subject: AUDIT_SUBJECT, itemKey: id, sequence: 1, accountId: entry.accountId, data: record },
      tx,
    );
  }

  connectionChanged(
    { accountId, sequence, data }: { accountId: string; sequence: number; data: ConnectionEventData },
    tx: Tx,
  ): Promise<void> {
    const subject = eventSubjects.connectionChanged;
    return this.insert({ subject, itemKey: data.connectionId, sequence, accountId, data }, tx);
  }

  wake(): void {
    this.wakeRelay();
  }

  private async insert(entry: OutboxEntry, tx: Tx): Promise<void> {
    const rows = this.writer.rows([entry]);
    await nativeDb(this.connection)
      .collection<OutboxRow>(outboxCollection)
      .insertMany(rows, { session: sessionOf(tx) });
  }
}

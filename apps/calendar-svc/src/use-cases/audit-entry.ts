import { AUDIT_SUBJECT, type AuditRecord } from '@daybook/contracts';
import { newId } from '@daybook/platform/crypto';
import { currentContext } from '@daybook/platform/logging';
import type { OutboxEntry } from '@daybook/platform/outbox';

/** What the audit trail is told: ids, counts and codes, never names or content. */
export interface AuditNote {
  readonly accountId: string;
  /** A user id, or `system` for what the service does by itself. */
  readonly actorId: string;
  readonly action:
    | 'calendar.selected'
    | 'calendar.unselected'
    | 'calendar.retired'
    | 'run.held'
    | 'run.released'
    | 'review.applied'
    | 'review.resynced'
    | 'removals.undone'
    | 'connection.purged';
  readonly targetType: 'calendar' | 'connection';
  readonly targetId: string;
  readonly details: AuditRecord['details'];
}

/** For the outbox, in the transaction of what it tells of. */
export function auditEntry(note: AuditNote, at: Date): OutboxEntry {
  const id = newId('aud');
  const correlationId = currentContext()?.correlationId ?? '';
  const record: AuditRecord = { id, at: at.toISOString(), ...note, correlationId };
  return { subject: AUDIT_SUBJECT, itemKey: id, sequence: 1, accountId: note.accountId, data: record, time: at };
}

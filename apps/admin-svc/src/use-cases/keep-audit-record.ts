import type { AuditRecord } from '@daybook/contracts';
import { AuditStore } from '../ports/audit-store';

/** Adds a service's audit record to the trail of its account, once for each id. */
export class KeepAuditRecord {
  constructor(private readonly trail: AuditStore) {}

  run(record: AuditRecord): Promise<'added' | 'known'> {
    return this.trail.append(record);
  }
}

import type { AuditRecord } from '@daybook/contracts';
import type { ChainedRecord, ChainHead } from '../model/audit-chain';

/** The trail of each account: records are added and read, never changed. */
export abstract class AuditStore {
  /** Puts a record at the end of its account's chain; a record with a known id is `known` and changes nothing. */
  abstract append(record: AuditRecord): Promise<'added' | 'known'>;
  /** In order, after `afterNumber`. */
  abstract read(accountId: string, afterNumber: number, limit: number): Promise<readonly ChainedRecord[]>;
  abstract head(accountId: string): Promise<ChainHead>;
}

import type { AuditRecord, ConnectionEventData, SignInItem } from '@daybook/contracts';
import type { Tx } from './unit-of-work';

/** What is to be told about a change, once it is committed. */
export interface AuditEntry {
  readonly accountId: string;
  /** A user id, an API key id, or `system`. */
  readonly actorId: string;
  readonly action: string;
  readonly targetType: string;
  readonly targetId: string;
  /** Ids, names of fields, and codes; never addresses, secrets or content. */
  readonly details?: AuditRecord['details'];
}

/** Durable word to other services, written together with the change it speaks of. */
export abstract class Announcer {
  abstract audit(entry: AuditEntry, tx: Tx): Promise<void>;
  /** `sequence` counts the connection's events, from 1. */
  abstract connectionChanged(
    event: { accountId: string; sequence: number; data: ConnectionEventData },
    tx: Tx,
  ): Promise<void>;
  /** Says that something was committed, so that it leaves at once instead of at the next look. */
  abstract wake(): void;
}

/** Live word to gateways; lost when nobody listens. */
export abstract class LivePush {
  abstract sessionsRevoked(revoked: { sessionIds: readonly string[]; keyIds: readonly string[] }): void;
  abstract connectionChanged(userId: string, cursor: string): void;
  /** A step of a sign-in with a form, to whoever asked for it under this name. */
  abstract signInStep(name: string, item: SignInItem): void;
}

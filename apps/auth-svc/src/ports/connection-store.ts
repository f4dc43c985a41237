import type { ServiceName } from '@daybook/contracts';
import type { Connection } from '../model/connection';
import type { Tx } from './unit-of-work';

/** The person has a connection to this service already. */
export class ServiceTaken extends Error {
  constructor() {
    super('there is a connection to this service already');
    this.name = 'ServiceTaken';
  }
}

/** Connections, including deleted ones until their purge is complete. */
export abstract class ConnectionStore {
  abstract find(id: string, tx?: Tx): Promise<Connection | null>;
  /** Not the deleted ones; in the order of making. */
  abstract listOf(userId: string): Promise<readonly Connection[]>;
  /** The one connection of a person to a service that is not deleted. */
  abstract findByService(userId: string, service: ServiceName, tx?: Tx): Promise<Connection | null>;
  /** All by id, deleted ones included, of one account where it is given. */
  abstract page(query: { after: string | null; limit: number; accountId?: string }): Promise<readonly Connection[]>;
  /** First connections whose time is over. */
  abstract unfinished(now: Date, limit: number): Promise<readonly Connection[]>;
  /** Linked ones that wait for an administrator of the provider, for no new consent's sake, and may be tried again by now. */
  abstract awaitingAdmin(now: Date, limit: number): Promise<readonly Connection[]>;
  /** Whether another connection that is not deleted is linked to the same account at the provider. */
  abstract isLinkedElsewhere(provider: string, subject: string, exceptId: string): Promise<boolean>;
  /** Throws ServiceTaken. */
  abstract add(connection: Connection, tx: Tx): Promise<void>;
  abstract save(connection: Connection, tx: Tx): Promise<void>;
  abstract remove(id: string, tx: Tx): Promise<void>;
}

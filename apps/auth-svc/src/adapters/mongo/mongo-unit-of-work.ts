import { inTransaction, type ClientSession } from '@daybook/platform/mongo';
import type { Connection } from 'mongoose';
import { Tx, UnitOfWork } from '../../ports/unit-of-work';

class MongoTx extends Tx {
  protected readonly kind = 'mongo';

  constructor(readonly session: ClientSession) {
    super();
  }
}

/** The driver's session inside a unit of work. */
export function sessionOf(tx: Tx): ClientSession {
  if (tx instanceof MongoTx) return tx.session;
  throw new TypeError('this unit of work belongs to another kind of store');
}

export class MongoUnitOfWork extends UnitOfWork {
  constructor(private readonly connection: Connection) {
    super();
  }

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.connection, (session) => work(new MongoTx(session)));
  }
}

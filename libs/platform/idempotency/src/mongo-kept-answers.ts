import { nativeDb, type ClientSession, type Collection, type IndexPlan } from '@daybook/platform/mongo';
import type { Connection } from 'mongoose';
import { KeptAnswers, type KeptAnswer } from './kept-answers';

type Row = Omit<KeptAnswer, 'id'> & { readonly _id: string };

const collection = 'kept_answers';

/** The collection in each owner's database; rows leave by themselves. */
export const keptAnswerIndexes: IndexPlan = { [collection]: [{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }] };

/** `sessionOf` finds the driver's session in what the service calls a transaction. */
export class MongoKeptAnswers<Tx> extends KeptAnswers<Tx> {
  private readonly rows: Collection<Row>;

  constructor(
    connection: Connection,
    private readonly sessionOf: (tx: Tx) => ClientSession,
  ) {
    super();
    this.rows = nativeDb(connection).collection<Row>(collection);
  }

  async find(id: string, now: Date): Promise<KeptAnswer | null> {
    const row = await this.rows.findOne({ _id: id, expiresAt: { $gt: now } });
    return row && { id, content: row.content, expiresAt: row.expiresAt };
  }

  async keep({ id, ...rest }: KeptAnswer, tx: Tx, now: Date): Promise<void> {
    const session = this.sessionOf(tx);
    await this.rows.deleteOne({ _id: id, expiresAt: { $lte: now } }, { session });
    await this.rows.insertOne({ _id: id, ...rest }, { session });
  }
}

import { KeptAnswers, type KeptAnswer } from '@daybook/platform/idempotency';
import type { Tx } from '../ports/unit-of-work';
import type { FakeDatabase, FakeTable } from './fake-database';

export class FakeKeptAnswers extends KeptAnswers<Tx> {
  private readonly rows: FakeTable<KeptAnswer>;

  constructor(database: FakeDatabase) {
    super();
    this.rows = database.table();
  }

  async find(id: string, now: Date) {
    const row = this.rows.get(id);
    return row && row.expiresAt > now ? row : null;
  }

  async keep(answer: KeptAnswer, _tx: Tx, now: Date) {
    if (await this.find(answer.id, now)) throw new Error('an answer is kept already');
    this.rows.set(answer.id, answer);
  }
}

/** Passes everything on, remembers what was kept, and dies in the middle when it is told to. */
export class WatchedAnswers extends KeptAnswers<Tx> {
  readonly kept: KeptAnswer[] = [];
  dies = false;

  constructor(private readonly inner: KeptAnswers<Tx>) {
    super();
  }

  find(id: string, now: Date) {
    return this.inner.find(id, now);
  }

  async keep(answer: KeptAnswer, tx: Tx, now: Date) {
    await this.inner.keep(answer, tx, now);
    this.kept.push(answer);
    if (this.dies) throw new Error('killed');
  }
}

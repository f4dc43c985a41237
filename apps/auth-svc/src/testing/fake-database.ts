import { Tx, UnitOfWork } from '../ports/unit-of-work';

class FakeTx extends Tx {
  protected readonly kind = 'fake';
}

/** Rows in memory. They are copied on their way in and out, so that nobody changes a row by holding on to it. */
export class FakeTable<T> {
  private rows = new Map<string, T>();

  get(key: string): T | null {
    const row = this.rows.get(key);
    return row === undefined ? null : structuredClone(row);
  }

  set(key: string, row: T): void {
    this.rows.set(key, structuredClone(row));
  }

  delete(key: string): T | null {
    const row = this.get(key);
    this.rows.delete(key);
    return row;
  }

  all(): T[] {
    return [...this.rows.values()].map((row) => structuredClone(row));
  }

  snapshot(): () => void {
    const kept = new Map(this.rows);
    return () => {
      this.rows = kept;
    };
  }
}

/** Tables whose units of work come one after the other and leave nothing behind when they fail. */
export class FakeDatabase extends UnitOfWork {
  private readonly tables: { snapshot(): () => void }[] = [];
  private last: Promise<unknown> = Promise.resolve();

  table<T>(): FakeTable<T> {
    const table = new FakeTable<T>();
    this.tables.push(table);
    return table;
  }

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const turn = this.last.then(() => this.attempt(work));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const restore = this.tables.map((table) => table.snapshot());
    try {
      return await work(new FakeTx());
    } catch (error) {
      restore.forEach((undo) => undo());
      throw error;
    }
  }
}

/** A handle on what is written together. Only the adapter that made it can look inside. */
export abstract class Tx {
  protected abstract readonly kind: string;
}

/** Writes several stores and the outbox in one transaction. `work` may run again after a conflict: no effects outside `tx`. */
export abstract class UnitOfWork {
  abstract run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

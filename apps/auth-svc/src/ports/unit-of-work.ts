/** A handle on what is written together. Only the adapter that made it can look inside. */
export abstract class Tx {
  protected abstract readonly kind: string;
}

/** Called in the transaction of a change, last, with what came of it, so that it can be kept together with the change. */
export type Keep<Result> = (result: Result, tx: Tx) => Promise<void>;
export const keepNothing: Keep<unknown> = async () => undefined;

/** Writes several stores and the outbox in one transaction. `work` may run again after a conflict: no effects outside `tx`. */
export abstract class UnitOfWork {
  abstract run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

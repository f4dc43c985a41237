/**
 * Iterates with the next value already under way, so that fetching and storing overlap. At most one value is held ahead.
 * The source is closed when the consumer stops early; a fault of the source is thrown where its value would have come.
 */
export async function* readAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let finished = false;
  let upcoming = settled(iterator.next());
  try {
    for (;;) {
      const result = await upcoming;
      if (result.type === 'failed') {
        finished = true;
        throw result.error;
      }
      if (result.value.done) {
        finished = true;
        return;
      }
      upcoming = settled(iterator.next());
      yield result.value.value;
    }
  } finally {
    if (!finished) {
      await upcoming;
      await iterator.return?.();
    }
  }
}

/** Asks for the first value at once, before anybody iterates; a fault waits for whoever does. For one iteration. */
export function underWay<T>(source: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  let first: Promise<Settled<IteratorResult<T>>> | null = settled(iterator.next());
  const next = async (): Promise<IteratorResult<T>> => {
    if (!first) return iterator.next();
    const result = await first;
    first = null;
    if (result.type === 'failed') throw result.error;
    return result.value;
  };
  const end = async (): Promise<IteratorResult<T>> => {
    await iterator.return?.();
    return { done: true, value: undefined };
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
}

type Settled<T> = { readonly type: 'value'; readonly value: T } | { readonly type: 'failed'; readonly error: unknown };

/** A promise that never rejects: a read-ahead may fail while nobody waits for it yet. */
function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ type: 'value', value }),
    (error: unknown) => ({ type: 'failed', error }),
  );
}

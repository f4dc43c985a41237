/** The promise, whose fault is thrown where it is awaited: that may be later than it happens. */
export function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

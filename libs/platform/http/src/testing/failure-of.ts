import { HttpFailure } from '../http-failure';

/** The failure that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<HttpFailure> {
  const error: unknown = await call.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof HttpFailure)) {
    throw new Error(`expected an HttpFailure, got ${String(error)}`);
  }
  return error;
}

import type { BrowserLegStore } from '@daybook/provider-port';
import type { StrategyOptions } from 'passport-google-oauth20';

type StateStore = NonNullable<StrategyOptions['store']>;

/**
 * Our store in the shape passport-oauth2 wants. It looks at the number of declared parameters: `store` must have five and
 * `verify` four, else no PKCE verifier is handed over; its types know only the shorter forms, hence the overloads.
 */
export class LegState implements StateStore {
  constructor(private readonly kept: BrowserLegStore) {}

  store(request: unknown, callback: (error: Error | null, state: string) => void): void;
  store(request: unknown, meta: unknown, callback: (error: Error | null, state: string) => void): void;
  store(
    request: unknown,
    verifier: unknown,
    _state?: unknown,
    _meta?: unknown,
    callback?: (error: Error | null, state: string) => void,
  ): void {
    if (callback === undefined || typeof verifier !== 'string') throw new Error('the browser leg runs without PKCE');
    this.kept.save(request, verifier).then(
      (state) => callback(null, state),
      (error: unknown) => callback(asError(error), ''),
    );
  }

  verify(request: unknown, state: string, callback: (error: Error | null, ok: boolean, info: unknown) => void): void;
  verify(
    request: unknown,
    state: string,
    meta: unknown,
    callback: (error: Error | null, ok: boolean, info: unknown) => void,
  ): void;
  verify(request: unknown, state: unknown, _meta: unknown, callback?: unknown): void {
    if (!isAnswer(callback)) throw new Error('the browser leg runs without PKCE');
    if (typeof state !== 'string') return callback(null, false, { code: 'state_invalid' });
    this.kept.consume(request, state).then(
      (verifier) => (verifier === null ? callback(null, false, { code: 'state_invalid' }) : callback(null, verifier)),
      (error: unknown) => callback(asError(error), false),
    );
  }
}

/** With PKCE the library takes the verifier itself as `ok`. */
function isAnswer(value: unknown): value is (error: Error | null, ok: string | boolean, info?: object) => void {
  return typeof value === 'function';
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

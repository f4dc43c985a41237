import type { Permissions, RawBody, ServiceName } from '@daybook/contracts';
import { json, reading, type AuthHarness } from './auth-harness';

export const ADA = 'ada@corp.example';
export const RIGHT = 'right-password';

/** A body of `POST /connections` for a service that is signed in to with a form. */
export function formWish(
  ews: Readonly<Record<string, unknown>>,
  { service = 'exchange', permissions = reading }: { service?: ServiceName; permissions?: Permissions } = {},
): RawBody {
  return json({ service, method: 'ews', permissions, ews });
}

/** The problem a call ends with. */
export async function problemOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const outcome: unknown = await call.then(
    () => new Error('the call did not fail'),
    (error: unknown) => error,
  );
  if (outcome instanceof Error && 'problem' in outcome) return { ...Object(outcome.problem) };
  throw outcome;
}

/** Whatever a person or an operator could ever have been shown of what happened. */
export function everythingTold({ logs, announcer, push }: AuthHarness): string {
  return JSON.stringify([logs, announcer.audits, announcer.events, push.cursors, push.steps]);
}

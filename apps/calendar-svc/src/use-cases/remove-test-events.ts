import { asProviderError, type Provider } from '@daybook/provider-port';
import { removeTestEvent } from '@daybook/sync-engine';
import type { AccessSource } from '../ports/access-source';
import type { Clock } from '../ports/clock';
import type { DiagnosisStore, LeftTestEvent } from '../ports/diagnosing';
import type { ConnectionRecord } from '../ports/records';
import { isOfAnotherMethod } from './kept-access';

type Way = Pick<ConnectionRecord, 'service' | 'method'>;

export interface RemovalSurroundings {
  readonly diagnoses: Pick<DiagnosisStore, 'leftSince' | 'notesOf'>;
  readonly store: { connection(connectionId: string): Promise<Way | null> };
  readonly access: AccessSource;
  readonly clock: Clock;
  readonly providerFor: (connection: Way) => Provider | null;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** By then no request of the diagnosis that noted it can be under way. */
const SURELY_OVER_MS = 3 * 60_000;
const AT_ONCE = 20;

/** Test events that a diagnosis could not remove, or whose process died: removed as soon as their provider lets us. */
export async function removeTestEvents(around: RemovalSurroundings): Promise<void> {
  const before = new Date(around.clock.now() - SURELY_OVER_MS);
  for (const event of await around.diagnoses.leftSince(before, AT_ONCE)) {
    try {
      await removeOne(event, around);
    } catch (error) {
      const { kind } = asProviderError(error);
      around.log('a test event could not be removed yet', { connectionId: event.connectionId, kind });
    }
  }
}

async function removeOne(event: LeftTestEvent, around: RemovalSurroundings): Promise<void> {
  const { connectionId } = event;
  const connection = await around.store.connection(connectionId);
  const calendar = connection ? around.providerFor(connection)?.calendar : undefined;
  const grant = calendar ? await around.access.get(connectionId) : null;
  if (!connection || !calendar || grant?.type !== 'access' || mustWait(grant, around.clock.now())) return;
  if (isOfAnotherMethod(grant, connection)) return;
  const { writes } = calendar.open({ token: grant.token });
  if (!writes) return;
  await removeTestEvent(writes, event).catch(async (error: unknown) => {
    const { kind, claims } = asProviderError(error);
    // Else it would be shown to the provider again with every round.
    if (kind === 'ConsentRevoked' && claims === null) await around.access.revoked(connectionId, grant.token);
    throw error;
  });
  await around.diagnoses.notesOf(connectionId).forget(event);
}

function mustWait({ notBefore }: { readonly notBefore: string | null }, now: number): boolean {
  return notBefore !== null && Date.parse(notBefore) > now;
}

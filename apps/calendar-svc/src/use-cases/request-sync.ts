import { fail, type Caller } from '@daybook/contracts';
import type { CalendarStore } from '../ports/calendar-store';
import type { Clock } from '../ports/clock';
import { requireEnabled, viewerOf, type PolicySource } from './viewer';

/** `POST /v1/connections/{id}/sync`: everything of the connection is due now. */
export async function requestSync(
  caller: Caller,
  connectionId: string,
  around: { store: CalendarStore; policy: PolicySource; clock: Clock; wake: (connectionId: string) => void },
): Promise<void> {
  const viewer = await viewerOf(caller, around.store, around.policy);
  requireEnabled(viewer);
  if (!viewer.connections.has(connectionId)) throw fail('not_found');
  await around.store.requestSyncOfConnection(connectionId, new Date(around.clock.now()));
  around.wake(connectionId);
}

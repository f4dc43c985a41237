import type { Provider } from '@daybook/provider-port';
import type { AccessSource } from '../ports/access-source';
import type { CalendarStore } from '../ports/calendar-store';
import type { ConnectionRecord } from '../ports/records';
import { retireChannels } from './keep-channels';
import { isOfAnotherMethod } from './kept-access';

export interface RetireSurroundings {
  readonly store: CalendarStore;
  readonly access: AccessSource;
  readonly providerFor: (connection: ConnectionRecord) => Provider | null;
}

/** Before a grant is revoked: ends the connection's channels while access still works. What cannot be ended runs out by itself. */
export async function retireConnection(
  connectionId: string,
  around: RetireSurroundings,
): Promise<'stopped' | 'none' | 'left_to_expire'> {
  const connection = await around.store.connection(connectionId);
  const calendars = await around.store.calendarsOf(connectionId);
  if (!connection || !calendars.some((calendar) => calendar.channel !== null || calendar.oldChannels.length > 0))
    return 'none';
  const notifications = around.providerFor(connection)?.notifications;
  const grant = notifications ? await around.access.get(connectionId) : null;
  if (!notifications || grant?.type !== 'access' || isOfAnotherMethod(grant, connection)) return 'left_to_expire';
  return retireChannels(calendars, { store: around.store, notifications, access: { token: grant.token } });
}

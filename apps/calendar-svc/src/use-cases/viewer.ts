import { fail } from '@daybook/contracts';
import type { Caller } from '@daybook/contracts';
import type { CalendarStore } from '../ports/calendar-store';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';

/** Whether an account's integration is switched on. */
export interface PolicySource {
  enabled(accountId: string): Promise<boolean>;
}

/** What a caller can see, gathered once for a request: a person their own, a service what there is in its account. */
export interface Viewer {
  readonly userId: string;
  /** Whose meetings these are. */
  readonly userIds: readonly string[];
  /** For a service nothing is its own, and of private meetings it sees that time is taken. */
  readonly service: boolean;
  readonly enabled: boolean;
  readonly connections: ReadonlyMap<string, ConnectionRecord>;
  /** All their calendars that the provider still has. */
  readonly calendars: readonly CalendarRecord[];
  /** Those that show in lists, by id; also the retired ones, which are empty, so that readers of changes hear of it. */
  readonly visible: ReadonlyMap<string, CalendarRecord>;
}

export async function viewerOf(caller: Caller, store: CalendarStore, policy: PolicySource): Promise<Viewer> {
  const service = caller.role === 'service';
  const [enabled, connections, calendars] = await Promise.all([
    policy.enabled(caller.accountId),
    service ? store.connectionsOfAccount(caller.accountId) : store.connectionsOfUser(caller.userId),
    service ? store.calendarsOfAccount(caller.accountId) : store.calendarsOfUser(caller.userId),
  ]);
  const live = new Map(
    connections.filter((connection) => connection.readable).map((connection) => [connection._id, connection]),
  );
  const shown = enabled ? calendars.filter((calendar) => calendar.selected && live.has(calendar.connectionId)) : [];
  return {
    userId: caller.userId,
    userIds: service ? [...new Set(calendars.map(({ userId }) => userId))] : [caller.userId],
    service,
    enabled,
    connections: new Map(connections.map((connection) => [connection._id, connection])),
    calendars: calendars.filter((calendar) => calendar.retiredAt === null),
    visible: new Map(shown.map((calendar) => [calendar._id, calendar])),
  };
}

/** Reads of provider data are refused while an administrator has switched the integration off. */
export function requireEnabled(viewer: Viewer): void {
  if (!viewer.enabled) throw fail('integration_disabled');
}

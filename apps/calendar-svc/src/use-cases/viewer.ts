import { fail } from '@daybook/contracts';
import type { Caller } from '@daybook/contracts';
import type { CalendarStore } from '../ports/calendar-store';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';

/** What an account's policy says of meetings. */
export interface MeetingPolicy {
  readonly enabled: boolean;
  readonly twoWaySync: boolean;
  /** What becomes of an event whose time is changed here. */
  readonly reschedule: 'separate' | 'update';
}

export interface PolicySource {
  of(accountId: string): Promise<MeetingPolicy>;
}

/** What a caller can see, gathered once for a request: a person their own, a service what there is in its account. */
export interface Viewer {
  readonly userId: string;
  readonly accountId: string;
  /** Whose meetings these are. */
  readonly userIds: readonly string[];
  /** For a service nothing is its own, and of private meetings it sees that time is taken. */
  readonly service: boolean;
  readonly enabled: boolean;
  readonly policy: MeetingPolicy;
  readonly connections: ReadonlyMap<string, ConnectionRecord>;
  /** All their calendars that the provider still has. */
  readonly calendars: readonly CalendarRecord[];
  /**
   * Those that show in lists, by id; also the retired ones, which are empty, so that readers of changes hear of it, and where
   * meetings lie that are in no calendar.
   */
  readonly visible: ReadonlyMap<string, CalendarRecord>;
  /** Of the visible ones: those of which only what was scheduled here shows, because provider data may not be read now. */
  readonly ownOnly: ReadonlySet<string>;
}

export async function viewerOf(caller: Caller, store: CalendarStore, policies: PolicySource): Promise<Viewer> {
  const service = caller.role === 'service';
  const [policy, connections, all] = await Promise.all([
    policies.of(caller.accountId),
    service ? store.connectionsOfAccount(caller.accountId) : store.connectionsOfUser(caller.userId),
    service ? store.calendarsOfAccount(caller.accountId) : store.calendarsOfUser(caller.userId),
  ]);
  const calendars = all.filter((calendar) => calendar.service !== null);
  const live = new Set(connections.filter(({ readable }) => readable).map(({ _id }) => _id));
  const shown = all.filter(({ selected, service: kind }) => selected || kind === null);
  const closed = ({ service: kind, connectionId }: CalendarRecord): boolean =>
    kind !== null && (!policy.enabled || !live.has(connectionId));
  return {
    userId: caller.userId,
    accountId: caller.accountId,
    userIds: service ? [...new Set(all.map(({ userId }) => userId))] : [caller.userId],
    service,
    enabled: policy.enabled,
    policy,
    connections: new Map(connections.map((connection) => [connection._id, connection])),
    calendars: calendars.filter((calendar) => calendar.retiredAt === null),
    visible: new Map(shown.map((calendar) => [calendar._id, calendar])),
    ownOnly: new Set(shown.filter(closed).map(({ _id }) => _id)),
  };
}

/** Reads of provider data are refused while an administrator has switched the integration off. */
export function requireEnabled(viewer: Viewer): void {
  if (!viewer.enabled) throw fail('integration_disabled');
}

/** Whether a row of a visible calendar shows. */
export function isShown({ ownOnly }: Viewer, row: { readonly calendarId: string; readonly own?: true }): boolean {
  return row.own === true || !ownOnly.has(row.calendarId);
}

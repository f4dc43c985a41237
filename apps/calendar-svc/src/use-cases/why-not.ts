import type { ReasonCode } from '@daybook/contracts';
import type { ListedMeeting } from '../ports/meeting-reader';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import type { Viewer } from './viewer';

/** Why nothing may be written to a calendar now; null: it may. */
export function whyNotWrite(
  viewer: Viewer,
  calendar: Pick<CalendarRecord, 'writable'>,
  connection: ConnectionRecord | undefined,
): ReasonCode | null {
  if (viewer.service) return 'edit_at_provider';
  if (!viewer.enabled) return 'integration_disabled';
  if (!connection?.writable) return 'permission_missing';
  if (!viewer.policy.twoWaySync) return 'two_way_off';
  return calendar.writable ? null : 'calendar_read_only';
}

export interface JudgedMeeting {
  readonly item: Pick<ListedMeeting, 'content' | 'connectionId'>;
  readonly calendar: CalendarRecord | undefined;
  readonly hostIsMe: boolean;
}

/** Why a meeting may not be changed here; null: it may. What lies in no calendar is the person's own. */
export function whyNotEdit(viewer: Viewer, { item, calendar, hostIsMe }: JudgedMeeting): ReasonCode | null {
  if (!calendar || calendar.service === null) return viewer.service ? 'edit_at_provider' : null;
  const closed = whyNotWrite(viewer, calendar, viewer.connections.get(item.connectionId));
  if (closed) return closed;
  if (!hostIsMe) return 'not_organizer';
  return item.content?.attendeesComplete === false ? 'attendees_left_out' : null;
}

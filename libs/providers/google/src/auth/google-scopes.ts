/**
 * Permissions and Google's scopes. The smallest that works:
 * - read: `calendar.readonly`. Listing calendars needs a scope of its own, and `calendar.events.readonly` with
 *   `calendar.calendarlist.readonly` would give two boxes to tick where one covers both.
 * - read and write: the same, and `calendar.events`, which changes events but neither calendars nor their sharing (as
 *   `calendar` would). Whoever leaves the second box unticked still reads; with `calendar.calendarlist.readonly` for the list
 *   neither box would be of any use alone.
 * Contacts are absent as long as no contacts port stands behind them. Identity scopes are granted without a tick box.
 * Source: developers.google.com/workspace/calendar/api/auth and the discovery document's scopes for each method.
 */
import type { Permission } from '@daybook/domain';
import type { PartPermissions } from '@daybook/provider-port';

const PREFIX = 'https://www.googleapis.com/auth/';
const IDENTITY = ['openid', 'email', 'profile'];

const CALENDAR: Readonly<Record<Permission, readonly string[]>> = {
  none: [],
  read: ['calendar.readonly'],
  readWrite: ['calendar.readonly', 'calendar.events'],
};

const LISTS = ['calendar', 'calendar.readonly', 'calendar.calendarlist', 'calendar.calendarlist.readonly'];
const READS = ['calendar', 'calendar.readonly', 'calendar.events', 'calendar.events.readonly'];
const WRITES = ['calendar', 'calendar.events'];

export function scopesFor({ calendar }: PartPermissions): readonly string[] {
  return [...IDENTITY, ...CALENDAR[calendar].map((name) => PREFIX + name)];
}

/** What granted scopes allow; a box left unticked shows here as a lesser permission. */
export function grantedBy(scopes: readonly string[]): PartPermissions {
  const granted = new Set(
    scopes.filter((scope) => scope.startsWith(PREFIX)).map((scope) => scope.slice(PREFIX.length)),
  );
  const has = (names: readonly string[]): boolean => names.some((name) => granted.has(name));
  return { calendar: calendarBy(has), contacts: 'none' };
}

function calendarBy(has: (names: readonly string[]) => boolean): Permission {
  if (!has(LISTS) || !has(READS)) return 'none';
  return has(WRITES) ? 'readWrite' : 'read';
}

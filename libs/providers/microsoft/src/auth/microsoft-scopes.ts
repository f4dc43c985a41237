/**
 * Permissions and Microsoft's scopes. The smallest that works:
 * - read: `Calendars.Read`, and `MailboxSettings.Read`, because a calendar has no zone of its own and the mailbox's is told
 *   nowhere else. Without the second everything works but the times of all-day meetings may be off by hours.
 * - read and write: `Calendars.ReadWrite` in its place.
 * - the `.Shared` variant beside it, for calendars that others have put into the person's own list. It does not stand for the
 *   plain one, because personal accounts are never granted it; whoever leaves it out has their own calendars.
 * Identity scopes and `offline_access` come with every sign-in.
 * Source: learn.microsoft.com/graph/permissions-reference, …/graph/outlook-get-shared-events-calendars.
 */
import type { Permission } from '@daybook/domain';
import type { PartPermissions } from '@daybook/provider-port';

const GRAPH = 'https://graph.microsoft.com/';
const IDENTITY = ['openid', 'profile', 'email', 'offline_access'];
const PERSON = 'User.Read';
const ZONE = 'MailboxSettings.Read';

const CALENDAR: Readonly<Record<Permission, readonly string[]>> = {
  none: [],
  read: ['Calendars.Read', 'Calendars.Read.Shared', ZONE],
  readWrite: ['Calendars.ReadWrite', 'Calendars.ReadWrite.Shared', ZONE],
};

const READS = ['calendars.read', 'calendars.readwrite', 'calendars.read.shared', 'calendars.readwrite.shared'];
const WRITES = ['calendars.readwrite', 'calendars.readwrite.shared'];

export function scopesFor({ calendar }: PartPermissions): readonly string[] {
  return [...IDENTITY, ...[PERSON, ...CALENDAR[calendar]].map((name) => GRAPH + name)];
}

/** What granted scopes allow. Microsoft names them with or without Graph's address, in any case. */
export function grantedBy(scopes: readonly string[]): PartPermissions {
  const names = scopes.map((scope) => scope.toLowerCase().replace(GRAPH, ''));
  const has = (wanted: readonly string[]): boolean => wanted.some((name) => names.includes(name));
  return { calendar: has(WRITES) ? 'readWrite' : has(READS) ? 'read' : 'none', contacts: 'none' };
}

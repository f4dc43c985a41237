import type { FolderRecord } from '../../mailbox/records';
import { childOf, childrenOf, textOf, type XmlElement } from '../../wire/element';

/** How much of a calendar somebody is told in free/busy answers, without being let into the folder. */
export type FreeBusyAccess = 'none' | 'time' | 'details';

/** Levels that tell nothing at all, and times only; each other one tells subjects and places. */
const NOTHING = new Set(['None', 'Contributor']);
const TIME_ONLY = 'FreeBusyTimeOnly';
const OF_CUSTOM: Readonly<Record<string, FreeBusyAccess>> = { None: 'none', TimeOnly: 'time' };

/** A calendar whose permissions nobody set shows everybody in the organisation when its owner is busy, as Exchange sets it up. */
export function freeBusyAccess(calendar: FolderRecord, reader: string): FreeBusyAccess {
  if (calendar.mailbox === reader) return 'details';
  const permissions = permissionsOf(calendar);
  const of = (test: (user: XmlElement | null) => boolean): XmlElement | undefined =>
    permissions.find((one) => test(childOf(one, 'UserId')));
  const permission =
    of((user) => textOf(user, 'PrimarySmtpAddress')?.toLowerCase() === reader) ??
    of((user) => textOf(user, 'DistinguishedUser') === 'Default');
  return permission === undefined ? 'time' : accessIn(permission);
}

const permissionsOf = ({ fields }: FolderRecord): readonly XmlElement[] => {
  const set = fields.find(({ name }) => name === 'PermissionSet') ?? null;
  return childrenOf(childOf(set, 'CalendarPermissions'), 'CalendarPermission');
};

function accessIn(permission: XmlElement): FreeBusyAccess {
  const level = textOf(permission, 'CalendarPermissionLevel') ?? 'None';
  if (level === 'Custom') return OF_CUSTOM[textOf(permission, 'ReadItems') ?? 'None'] ?? 'details';
  if (NOTHING.has(level)) return 'none';
  return level === TIME_ONLY ? 'time' : 'details';
}

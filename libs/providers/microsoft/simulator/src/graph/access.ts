import type { Mailbox, Permission, Role } from '../mailbox/mailbox';
import type { Principal } from '../principal';
import type { Sight } from './event-view';
import { refusals } from './graph-error';

/** What a method needs: `readFull` is more than `Calendars.ReadBasic` gives. */
export type Need = 'user' | 'read' | 'readFull' | 'write' | 'settingsRead' | 'settingsWrite' | 'nothing';

const PREFIX = 'https://graph.microsoft.com/';
const OWN: Record<Need, readonly string[]> = {
  user: ['User.Read', 'User.ReadWrite', 'User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'],
  read: [
    'Calendars.ReadBasic',
    'Calendars.Read',
    'Calendars.ReadWrite',
    'Calendars.ReadBasic.All',
    'Calendars.Read.Shared',
    'Calendars.ReadWrite.Shared',
  ],
  readFull: ['Calendars.Read', 'Calendars.ReadWrite', 'Calendars.Read.Shared', 'Calendars.ReadWrite.Shared'],
  write: ['Calendars.ReadWrite', 'Calendars.ReadWrite.Shared'],
  settingsRead: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
  settingsWrite: ['MailboxSettings.ReadWrite'],
  nothing: [],
};
const SHARED: Partial<Record<Need, readonly string[]>> = {
  user: ['User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'],
  read: ['Calendars.Read.Shared', 'Calendars.ReadWrite.Shared'],
  readFull: ['Calendars.Read.Shared', 'Calendars.ReadWrite.Shared'],
  write: ['Calendars.ReadWrite.Shared'],
};

const holds = ({ scopes }: Principal, wanted: readonly string[]): boolean => {
  const held = scopes.map((scope) => scope.replace(PREFIX, '').toLowerCase());
  return wanted.some((scope) => held.includes(scope.toLowerCase()));
};

/**
 * Whether the token's permissions suffice for a mailbox; those of one's own do not reach anybody else's. An application is
 * nobody, so every mailbox of its tenant is as good as its own.
 * @throws GraphError 403 `ErrorAccessDenied`
 */
export function checkScopes(principal: Principal, box: Mailbox, need: Need): void {
  if (need === 'nothing') return;
  const own = principal.appOnly || principal.email === box.email;
  const wanted = own ? OWN[need] : (SHARED[need] ?? []);
  if (!holds(principal, wanted)) throw refusals.denied();
}

/** True when bodies and the like must stay out: the token has no more than `Calendars.ReadBasic`. */
export const isBasic = (principal: Principal): boolean => !holds(principal, OWN.readFull);

export interface Rights {
  sight: Sight;
  canWrite: boolean;
}

const RIGHTS: Record<Role, Rights | null> = {
  none: null,
  custom: null,
  freeBusyRead: { sight: 'freeBusy', canWrite: false },
  limitedRead: { sight: 'limited', canWrite: false },
  read: { sight: 'noPrivate', canWrite: false },
  write: { sight: 'noPrivate', canWrite: true },
  delegateWithoutPrivateEventAccess: { sight: 'noPrivate', canWrite: true },
  delegateWithPrivateEventAccess: { sight: 'full', canWrite: true },
};

/** What a person may do in somebody's calendar; null for nothing. */
export function rightsOf(permissions: readonly Permission[], email: string): Rights | null {
  const role = permissions.find(({ person }) => person?.address.toLowerCase() === email)?.role ?? 'none';
  return RIGHTS[role];
}

/** What only looking at when somebody is busy leaves. Nobody may open such a calendar. */
export const mayOpen = (rights: Rights | null): rights is Rights => rights !== null && rights.sight !== 'freeBusy';

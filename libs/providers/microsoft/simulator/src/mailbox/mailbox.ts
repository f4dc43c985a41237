import type { EmailAddress } from './event-record';

/** A calendar in a person's list: an own one, or one that somebody shares with them. */
export interface CalendarEntry {
  /** Key of its id in this mailbox. */
  key: string;
  /** Key of the folder itself; another one when it is shared. */
  folder: string;
  group: string;
  color: string;
  hexColor: string;
}

export interface CalendarGroup {
  key: string;
  name: string;
  classId: string;
}

/** `mailboxSettings`, apart from what never changes. */
export interface MailboxSettings {
  /** A Windows id or an IANA name. */
  timeZone: string;
  dateFormat: string;
  timeFormat: string;
  language: { locale: string; displayName: string };
  workingHours: { daysOfWeek: string[]; startTime: string; endTime: string; timeZone: { name: string } };
  automaticRepliesSetting: Record<string, unknown>;
  delegateMeetingMessageDeliveryOptions: string;
}

export interface Category {
  id: string;
  displayName: string;
  color: string;
}

/** The data side of a simulated account. */
export interface Mailbox {
  email: string;
  name: string;
  /** The account's object id, also its id in Graph. */
  oid: string;
  tenantId: string;
  settings: MailboxSettings;
  calendars: CalendarEntry[];
  groups: CalendarGroup[];
  categories: Category[];
}

export const ROLES = [
  'none',
  'freeBusyRead',
  'limitedRead',
  'read',
  'write',
  'delegateWithoutPrivateEventAccess',
  'delegateWithPrivateEventAccess',
  'custom',
] as const;

export type Role = (typeof ROLES)[number];

export interface Permission {
  id: string;
  /** Whom it is for; null for everybody in the organisation. */
  person: EmailAddress | null;
  role: Role;
}

/** A calendar folder, apart from its events. */
export interface CalendarFacts {
  key: string;
  owner: string;
  name: string;
  isDefault: boolean;
  permissions: Permission[];
}

/** A change notification subscription. Lifetimes are epoch milliseconds. */
export interface Subscription {
  id: string;
  email: string;
  tenantId: string;
  creatorId: string;
  resource: string;
  /** Folder whose events it watches; null for all of the mailbox. */
  folder: string | null;
  changeType: string;
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  latestSupportedTlsVersion: string;
  expiresAt: number;
  /** Names items by their immutable ids. */
  immutable: boolean;
}

/** The three groups every mailbox has, by their fixed classes. */
export const GROUPS: readonly Omit<CalendarGroup, 'key'>[] = [
  { name: 'My Calendars', classId: '0006f0b7-0000-0000-c000-000000000046' },
  { name: 'Other Calendars', classId: '0006f0b8-0000-0000-c000-000000000046' },
  { name: "People's Calendars", classId: '0006f0b9-0000-0000-c000-000000000046' },
];

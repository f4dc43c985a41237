import { keyFor } from './item-ids';
import { GROUPS, type Mailbox, type MailboxSettings } from './mailbox';
import type { MailboxStore } from './mailbox-store';

export interface MailboxOrder {
  /** Lower case. */
  email: string;
  name: string;
  oid: string;
  tenantId: string;
  /** A Windows id or an IANA name. */
  timeZone: string;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

/** Makes an empty mailbox with its default calendar; keys hang on the address, so it is the same one after a reset. */
export function newMailbox(world: MailboxStore, { email, name, oid, tenantId, timeZone }: MailboxOrder): Mailbox {
  const groups = GROUPS.map((group) => ({ ...group, key: keyFor(`${email} group ${group.name}`) }));
  const folder = keyFor(`${email} calendar`);
  const everybody = { id: `${keyFor(`${email} everybody`)}=`, person: null, role: 'freeBusyRead' as const };
  world.addCalendar({ key: folder, owner: email, name: 'Calendar', isDefault: true, permissions: [everybody] });
  const entry = { key: folder, folder, group: groups[0]?.key ?? '', color: 'auto', hexColor: '' };
  return world.mailboxes.set(email, {
    email,
    name,
    oid,
    tenantId,
    settings: settingsIn(timeZone),
    calendars: [entry],
    groups,
    categories: [],
  });
}

function settingsIn(timeZone: string): MailboxSettings {
  const zoned = { dateTime: '2026-01-01T00:00:00.0000000', timeZone: 'UTC' };
  return {
    timeZone,
    dateFormat: 'dd/MM/yyyy',
    timeFormat: 'HH:mm',
    language: { locale: 'en-GB', displayName: 'English (United Kingdom)' },
    workingHours: {
      daysOfWeek: WEEKDAYS,
      startTime: '08:00:00.0000000',
      endTime: '17:00:00.0000000',
      timeZone: { name: timeZone },
    },
    automaticRepliesSetting: {
      status: 'disabled',
      externalAudience: 'all',
      internalReplyMessage: '',
      externalReplyMessage: '',
      scheduledStartDateTime: zoned,
      scheduledEndDateTime: zoned,
    },
    delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
  };
}

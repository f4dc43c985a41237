import { attendeeCopy } from '../calendar/meetings/attendee-copy';
import { withdrawn } from '../calendar/meetings/cancel-meeting';
import type { MailIntent } from '../calendar/meetings/meeting-mail';
import { mapSeries } from '../calendar/series/map-series';
import type { ItemRecord } from '../mailbox/records';
import type { Call } from '../soap/operation';
import { element, textOf, type XmlElement } from '../wire/element';
import type { StoredCalendar } from './calendar-rules';
import type { ItemSurroundings } from './item-around';
import { timeText } from './item-view';
import { changeItem, storeItem } from './store-item';

export type PostSurroundings = Omit<ItemSurroundings, 'meetings'>;

const uidOf = (fields: readonly XmlElement[]): string => textOf(element('', fields), 'UID') ?? '';

/** The item of a meeting in the calendar of a mailbox; undefined when there is none. */
export function meetingIn(
  { store }: PostSurroundings,
  mailbox: string,
  fields: readonly XmlElement[],
): ItemRecord | undefined {
  const calendar = store.distinguished(mailbox.toLowerCase(), 'calendar');
  const uid = uidOf(fields);
  if (calendar === undefined || uid === '') return undefined;
  return store.itemsIn(calendar.key).find((item) => uidOf(item.fields) === uid);
}

/** Puts a mail into the inbox of whom it is for, and on wish a copy among what was sent. */
export function postMail(
  around: PostSurroundings,
  mail: MailIntent,
  { call, savesCopy }: { call: Call; savesCopy: boolean },
): void {
  const to = mail.to.address.toLowerCase();
  around.sent({ from: call.mailbox, to, subject: mail.subject });
  const sent = [...mail.fields, element('DateTimeSent', timeText(call.now))];
  const outbox = savesCopy ? around.store.distinguished(call.mailbox, 'sentitems') : undefined;
  if (outbox !== undefined)
    storeItem(around, { folder: outbox, kind: mail.kind, fields: [...sent, element('IsRead', true)] }, call);
  const folder = around.store.distinguished(to, 'inbox');
  if (folder === undefined) return;
  const item = storeItem(around, { folder, kind: mail.kind, fields: [...sent, element('IsRead', false)] }, call);
  around.store.tell({ kind: 'NewMail', item });
}

/** Puts a meeting into the calendar of an attendee as Exchange does when the request arrives, or brings it up to date. */
export function placeCopy(
  around: PostSurroundings,
  meeting: ItemRecord,
  { email, call }: { email: string; call: Call },
): void {
  const folder = around.store.distinguished(email, 'calendar');
  const mailbox = around.store.mailboxes.get(email);
  if (folder === undefined || mailbox === undefined) return;
  const before = meetingIn(around, email, meeting.fields);
  const given = { fields: attendeeCopy(meeting.fields, before?.fields ?? null), sent: [] };
  const { fields } = around.calendar.prepare(given, before ?? null, { mailbox, call });
  const copy = { fields, series: copiedSeries(meeting) };
  if (before === undefined) storeItem(around, { folder, kind: 'CalendarItem', ...copy }, call);
  else changeItem(around, before, { change: { ...copy, onlyReadFlag: false }, call });
}

function copiedSeries({ fields, series }: ItemRecord): StoredCalendar['series'] {
  if (series === null) return null;
  const { exceptions, deleted } = mapSeries({ master: fields, ...series }, (own) => attendeeCopy(own, null));
  return { exceptions, deleted };
}

/** Marks the copy of an attendee as cancelled. */
export function withdrawCopy(
  around: PostSurroundings,
  meeting: readonly XmlElement[],
  { email, call }: { email: string; call: Call },
): void {
  const copy = meetingIn(around, email, meeting);
  if (copy === undefined) return;
  changeItem(around, copy, {
    change: { fields: withdrawn(copy.fields), series: copy.series, onlyReadFlag: false },
    call,
  });
}

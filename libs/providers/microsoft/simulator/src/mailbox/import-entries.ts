import {
  isAllDayTime,
  parseRecurrence,
  toCivil,
  toInstant,
  type IcsEvent,
  type MeetingTime,
  type UnreadablePart,
} from '@daybook/domain';
import { storedBody } from './body-text';
import type { CalendarStore } from './calendar-store';
import { blankContent, blankRecord, NEVER, NO_LOCATION } from './event-building';
import { settledSeries } from './event-checks';
import type {
  Attendee,
  EventContent,
  EventRecord,
  ItemRecord,
  ResponseStatus,
  Sensitivity,
  ZonedTime,
} from './event-record';
import { keyFor } from './item-ids';
import { withItem, withoutDay } from './item-of-series';
import type { Mailbox } from './mailbox';
import type { MailboxStore } from './mailbox-store';
import { seriesZone } from './occurrences';
import { civilDateOf, recurrenceOfRule } from './pattern-of-rule';
import { zoneOrUtc } from './zoned-times';

export interface ImportOrder {
  world: MailboxStore;
  store: CalendarStore;
  box: Mailbox;
  now: number;
}

/** Entries of a calendar file put into a calendar; what Exchange cannot hold is named. Nobody is told of it. */
export function importEntries(
  entries: readonly IcsEvent[],
  order: ImportOrder,
): { imported: number; unreadable: UnreadablePart[] } {
  const unreadable: UnreadablePart[] = [];
  let imported = 0;
  // Series first, so that an override finds its master whatever the order of the file.
  const sorted = [...entries].sort(
    (one, other) => Number(one.recurrenceId !== null) - Number(other.recurrenceId !== null),
  );
  for (const entry of sorted) {
    const reason = put(entry, order);
    if (reason === null) imported += 1;
    else unreadable.push({ line: entry.line, reason });
  }
  return { imported, unreadable };
}

/** Why an entry was not taken, or null. */
function put(entry: IcsEvent, order: ImportOrder): string | null {
  const { world, store } = order;
  const before = store.withUid(entry.uid)?.record;
  const next =
    entry.recurrenceId === null
      ? wholeRecord(entry, before, order)
      : withOverride(entry, entry.recurrenceId, before, order);
  if (typeof next === 'string') return next;
  if (before === undefined || !isSame(before, next)) world.put(store, next);
  return null;
}

/** The same file twice is no change. */
function isSame(before: EventRecord, next: EventRecord): boolean {
  const timeless = (record: EventRecord): string =>
    JSON.stringify({ ...record, createdAt: 0, updatedAt: 0 }, (name, value) =>
      ['createdAt', 'updatedAt'].includes(name) ? 0 : value,
    );
  return timeless(before) === timeless(next);
}

function wholeRecord(entry: IcsEvent, before: EventRecord | undefined, order: ImportOrder): EventRecord | string {
  const { box, now } = order;
  const key = before?.key ?? keyFor(`${box.email} ${entry.uid}`);
  const blank = blankRecord({ key, uid: entry.uid, organizer: { name: box.name, address: box.email }, now });
  const record = { ...blank, ...itemOf(entry, order), exceptions: before?.exceptions ?? {} };
  if (entry.recurrence.length === 0) return record;
  const read = parseRecurrence(entry.recurrence, { allDay: isAllDayTime(entry.start) });
  if (!read.ok) return `recurrence ${read.refusal.part}`;
  const { rules, added, excluded } = read.recurrence;
  const [rule] = rules;
  const recurrence =
    rule === undefined || rules.length > 1 || added.length > 0 ? null : recurrenceOfRule(rule, record.start);
  if (recurrence === null) return `Exchange has no such recurrence: ${entry.recurrence.join(' ')}`;
  const zone = zoneOrUtc(record.start.timeZone);
  const cancelledDays = excluded.map((time) => civilDateOf(time, zone).replaceAll('-', ''));
  const kept = (before?.cancelledDays ?? []).filter((day) => !cancelledDays.includes(day));
  return settledSeries({ ...record, recurrence, cancelledDays: [...cancelledDays, ...kept] });
}

function withOverride(
  entry: IcsEvent,
  original: MeetingTime,
  before: EventRecord | undefined,
  order: ImportOrder,
): EventRecord | string {
  const item = itemOf(entry, order);
  if (before?.recurrence === null || before === undefined) {
    // Who is invited to one occurrence only has it as a single event.
    const key = before?.key ?? keyFor(`${order.box.email} ${entry.uid}`);
    const organizer = { name: order.box.name, address: order.box.email };
    return { ...blankRecord({ key, uid: entry.uid, organizer, now: order.now }), ...item };
  }
  const day = civilDay(original, seriesZone(before));
  return entry.status === 'cancelled' ? withoutDay(before, day, order.now) : withItem(before, day, item);
}

const civilDay = (time: MeetingTime, zone: string): string =>
  (isAllDayTime(time) ? time.date : toCivil(toInstant(time.dateTime, time.timeZone), zone).slice(0, 10)).replaceAll(
    '-',
    '',
  );

function itemOf(entry: IcsEvent, { box, now }: ImportOrder): ItemRecord {
  return {
    start: zonedTime(entry.start, box.settings.timeZone),
    end: zonedTime(entry.end, box.settings.timeZone),
    createdAt: entry.createdAt ?? now,
    updatedAt: now,
    content: contentOf(entry, box),
    singleValues: [],
    multiValues: [],
    attachments: [],
    extensions: [],
  };
}

const zonedTime = (time: MeetingTime, homeZone: string): ZonedTime =>
  isAllDayTime(time)
    ? { dateTime: `${time.date}T00:00:00`, timeZone: homeZone }
    : { dateTime: time.dateTime, timeZone: time.timeZone };

const SENSITIVITIES: Record<IcsEvent['visibility'], Sensitivity> = {
  default: 'normal',
  public: 'normal',
  private: 'private',
  confidential: 'confidential',
};

function contentOf(entry: IcsEvent, box: Mailbox): EventContent {
  const { organizer } = entry;
  const isOrganizer = organizer === null || organizer.email === box.email;
  const own = entry.attendees.find(({ email }) => email === box.email);
  const person = isOrganizer
    ? { name: box.name, address: box.email }
    : { name: organizer.name, address: organizer.email };
  const location = {
    ...NO_LOCATION,
    displayName: entry.location,
    ...(entry.location === '' ? {} : { uniqueIdType: 'private' }),
  };
  const [link] = entry.conferenceUris.filter((uri) => /^https:\/\//i.test(uri));
  const description =
    link === undefined || entry.description.includes(link) ? entry.description : `${entry.description}\n${link}`;
  return {
    ...blankContent(person),
    subject: entry.title,
    body: storedBody({ contentType: 'text', content: description.trim() }),
    sensitivity: SENSITIVITIES[entry.visibility],
    showAs: entry.status === 'tentative' ? 'tentative' : entry.busy ? 'busy' : 'free',
    isAllDay: isAllDayTime(entry.start),
    isCancelled: entry.status === 'cancelled',
    location,
    locations: entry.location === '' ? [] : [location],
    attendees: attendeesOf(entry),
    isOrganizer,
    responseStatus: isOrganizer
      ? { response: 'organizer', time: NEVER }
      : statusOf(own?.response ?? 'needsAction', 'notResponded'),
  };
}

const attendeesOf = ({ attendees }: IcsEvent): Attendee[] =>
  attendees.map(({ email, name, response, role }) => ({
    type: role,
    status: statusOf(response, 'none'),
    emailAddress: { name: name === '' ? email : name, address: email },
  }));

function statusOf(response: IcsEvent['attendees'][number]['response'], open: 'none' | 'notResponded'): ResponseStatus {
  const words: Record<typeof response, ResponseStatus['response']> = {
    needsAction: open,
    accepted: 'accepted',
    tentative: 'tentativelyAccepted',
    declined: 'declined',
    organizer: 'organizer',
  };
  return { response: words[response], time: NEVER };
}

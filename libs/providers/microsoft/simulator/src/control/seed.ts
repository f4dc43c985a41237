import { createHash } from 'node:crypto';
import { addDays, toCivil } from '@daybook/domain';
import { seedEntries, type SeedEntry, type SeedOrder } from '@daybook/simulator-kit';
import { storedBody } from '../mailbox/body-text';
import type { CalendarStore } from '../mailbox/calendar-store';
import { blankRecord, NO_LOCATION } from '../mailbox/event-building';
import type { EventRecord, Recurrence, ZonedTime } from '../mailbox/event-record';
import { keyFor } from '../mailbox/item-ids';
import type { Mailbox } from '../mailbox/mailbox';
import type { MailboxStore } from '../mailbox/mailbox-store';
import { newUid } from '../mailbox/meeting-uid';
import { wholePattern, wholeRange } from '../mailbox/recurrence';
import { dateOf, zoneOrUtc } from '../mailbox/zoned-times';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export interface SeedPlace {
  world: MailboxStore;
  store: CalendarStore;
  box: Mailbox;
  now: number;
}

/** Fills a calendar with generated events. */
export function seedCalendar(order: SeedOrder, { world, store, box, now }: SeedPlace): void {
  for (const entry of seedEntries(order, now)) {
    world.put(store, recordOf(entry, `${box.email} seed ${order.seed} ${entry.index}`, box, now));
  }
}

function recordOf(entry: SeedEntry, name: string, box: Mailbox, now: number): EventRecord {
  const key = keyFor(name);
  const blank = blankRecord({
    key,
    uid: newUid(now, createHash('sha256').update(name).digest().subarray(0, 16)),
    organizer: { name: box.name, address: box.email },
    now,
  });
  const { start, end } = timesOf(entry, box.settings.timeZone);
  const location = { ...NO_LOCATION, displayName: entry.place, uniqueIdType: 'private' };
  const place = entry.place === '' ? {} : { location, locations: [location] };
  const content = {
    ...blank.content,
    subject: entry.title,
    body: entry.note === '' ? '' : storedBody({ contentType: 'text', content: entry.note }),
    isAllDay: entry.allDay,
    ...place,
  };
  return { ...blank, start, end, content, recurrence: entry.weeks === null ? null : weekly(start, entry.weeks) };
}

function timesOf({ allDay, startsAt, endsAt }: SeedEntry, timeZone: string): { start: ZonedTime; end: ZonedTime } {
  const zone = zoneOrUtc(timeZone);
  const time = (dateTime: string): ZonedTime => ({ dateTime, timeZone });
  if (!allDay) return { start: time(toCivil(startsAt, zone)), end: time(toCivil(endsAt, zone)) };
  const day = toCivil(startsAt, zone).slice(0, 10);
  return { start: time(`${day}T00:00:00`), end: time(`${addDays(day, 1)}T00:00:00`) };
}

function weekly(start: ZonedTime, numberOfOccurrences: number): Recurrence {
  const date = dateOf(start);
  const weekday = WEEKDAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 'monday';
  return {
    pattern: wholePattern({ type: 'weekly', interval: 1, daysOfWeek: [weekday], firstDayOfWeek: 'sunday' }),
    range: wholeRange({ type: 'numbered', numberOfOccurrences }, { date, timeZone: start.timeZone }),
  };
}

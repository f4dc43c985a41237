import { element, type XmlElement } from '../../wire/element';
import type { Fields } from '../item/fields';
import { normaliseCalendarItem, type NormaliseContext } from '../item/normalise-calendar-item';
import type { Outcome } from '../refusal';
import { UTC_ZONE, zoneOfId } from '../zones/calendar-zone';

export const ANNA = { name: 'Anna Berg', address: 'anna@example.org' };
export const BORIS = { name: 'Boris Kern', address: 'boris@example.org' };
export const CLARA = { name: 'Clara Toth', address: 'clara@example.org' };

export const BERLIN = zoneOfId('W. Europe Standard Time') ?? UTC_ZONE;
export const NOW = Date.UTC(2026, 10, 22, 12);
export const UID = '040000008200E00074C5B7101A82E00800000000';

/** The value of an outcome that must be one. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.text}`);
  return outcome.value;
}

export const creation = (sent: Fields, more: Partial<NormaliseContext> = {}): NormaliseContext => ({
  kind: 'create',
  sent: sent.map(({ name }) => name),
  before: null,
  zone: BERLIN,
  owner: ANNA,
  now: NOW,
  uid: UID,
  ...more,
});

/** An item of Anna's as the server would keep it. */
export const stored = (sent: Fields, more: Partial<NormaliseContext> = {}): Fields =>
  valueOf(normaliseCalendarItem(sent, creation(sent, more)));

/** `start` and `end` as `2026-11-23T09:00:00`, in Berlin. */
export const timed = (start: string, end: string, more: Fields = []): Fields => [
  element('Subject', 'Review'),
  element('Start', start),
  element('End', end),
  ...more,
];

export const attendees = (name: string, ...people: readonly { name: string; address: string }[]): XmlElement =>
  element(
    name,
    people.map((person) =>
      element('Attendee', [
        element('Mailbox', [element('Name', person.name), element('EmailAddress', person.address)]),
      ]),
    ),
  );

const range = (startDate: string, count: number | null): XmlElement =>
  count === null
    ? element('NoEndRecurrence', [element('StartDate', startDate)])
    : element('NumberedRecurrence', [element('StartDate', startDate), element('NumberOfOccurrences', count)]);

/** Every `interval` days; endless when `count` is null. */
export const daily = (startDate: string, count: number | null, interval = 1): XmlElement =>
  element('Recurrence', [element('DailyRecurrence', [element('Interval', interval)]), range(startDate, count)]);

export const weekly = (days: string, startDate: string, count: number | null): XmlElement =>
  element('Recurrence', [
    element('WeeklyRecurrence', [
      element('Interval', 1),
      element('DaysOfWeek', days),
      element('FirstDayOfWeek', 'Monday'),
    ]),
    range(startDate, count),
  ]);

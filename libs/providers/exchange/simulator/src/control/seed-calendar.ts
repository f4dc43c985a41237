import { toCivil, windowsIdOf } from '@daybook/domain';
import { seedEntries, type SeedEntry, type SeedOrder } from '@daybook/simulator-kit';
import type { ItemSurroundings } from '../items/item-around';
import type { Call } from '../soap/operation';
import { element, type XmlElement } from '../wire/element';
import { placeAppointment } from './place-appointment';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_MS = 86_400_000;

export interface SeedPlace {
  readonly around: ItemSurroundings;
  /** In whose name; the entries come into the calendar of this mailbox. */
  readonly call: Call;
  /** IANA name. */
  readonly timeZone: string;
}

/** Fills the calendar of a mailbox with generated appointments; the same order gives the same ids. */
export function seedCalendar(order: SeedOrder, { around, call, timeZone }: SeedPlace): void {
  for (const entry of seedEntries(order, call.now)) {
    placeAppointment(around, { fields: fieldsOf(entry, timeZone), name: `seed ${order.seed} ${entry.index}` }, call);
  }
}

function fieldsOf(entry: SeedEntry, timeZone: string): XmlElement[] {
  const zone = element('StartTimeZone', [], { Id: windowsIdOf(timeZone) ?? 'UTC' });
  const first = toCivil(entry.startsAt, timeZone).slice(0, 10);
  return [
    element('Subject', entry.title),
    element('Body', entry.note, { BodyType: 'Text' }),
    ...timesOf(entry, first),
    element('IsAllDayEvent', entry.allDay),
    element('Location', entry.place),
    ...(entry.weeks === null ? [] : [weekly(first, entry.weeks)]),
    zone,
    { ...zone, name: 'EndTimeZone' },
  ];
}

function timesOf({ allDay, startsAt, endsAt }: SeedEntry, first: string): XmlElement[] {
  const next = new Date(Date.parse(first) + DAY_MS).toISOString().slice(0, 10);
  const [start, end] = allDay
    ? [`${first}T00:00:00`, `${next}T00:00:00`]
    : [new Date(startsAt).toISOString(), new Date(endsAt).toISOString()];
  return [element('Start', start), element('End', end)];
}

function weekly(first: string, occurrences: number): XmlElement {
  const weekday = WEEKDAYS[new Date(`${first}T12:00:00Z`).getUTCDay()] ?? 'Monday';
  return element('Recurrence', [
    element('WeeklyRecurrence', [element('Interval', 1), element('DaysOfWeek', weekday)]),
    element('NumberedRecurrence', [element('StartDate', first), element('NumberOfOccurrences', occurrences)]),
  ]);
}

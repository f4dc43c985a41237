import { addDays, toCivil, toInstant, windowsIdOf } from '@daybook/domain';
import { DEMO_PEOPLE } from '@daybook/simulator-kit';
import type { ItemSurroundings } from '../items/item-around';
import { contextOf, keptOf } from '../items/named-items';
import type { Fields } from '../items/places';
import { changeItem, storeItem } from '../items/store-item';
import { keyFor } from '../mailbox/ids';
import type { ItemRecord } from '../mailbox/records';
import { ownCall } from '../soap/own-call';
import { element } from '../wire/element';
import { calendarsOf, contactsOf, type DemoWeek } from './demo-items';
import { placeAppointment } from './place-appointment';

const ADA = 'ada@example.com';
const BEN = 'ben@example.com';

export interface DemoPlace {
  /** Nobody is told of what it is asked for: demo items have always been there. */
  readonly around: ItemSurroundings;
  readonly now: number;
  /** IANA name. */
  readonly timeZone: string;
  createMailbox(order: { readonly email: string; readonly name: string; readonly timeZone: string }): void;
}

/** Makes the demo mailboxes and fills Ada's and Ben's; what they have at other providers are other meetings. */
export function createDemo(place: DemoPlace): void {
  const { timeZone, now } = place;
  for (const person of DEMO_PEOPLE) place.createMailbox({ ...person, timeZone });
  const today = toCivil(now, timeZone).slice(0, 10);
  const week = weekOf(today, timeZone);
  const { ada, ben, series } = calendarsOf(week);
  const [first] = putAll(place, ADA, ada);
  putAll(place, BEN, ben);
  if (first !== undefined) changeSeries(place, first, series);
  const contacts = place.around.store.distinguished(ADA, 'contacts');
  if (contacts === undefined) return;
  for (const [index, fields] of contactsOf().entries()) {
    const key = keyFor(`${ADA} demo contact ${index}`);
    storeItem(place.around, { folder: contacts, kind: 'Contact', fields, key }, ownCall(ADA, now));
  }
}

function weekOf(today: string, timeZone: string): DemoWeek {
  const zone = windowsIdOf(timeZone) ?? 'UTC';
  const instant = (date: string, time: string): number => toInstant(`${date}T${time}:00`, timeZone);
  return {
    date: (offset) => addDays(today, offset),
    monday: addDays(today, -((new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7)),
    at: (date, time, minutes) => [
      element('Start', new Date(instant(date, time)).toISOString()),
      element('End', new Date(instant(date, time) + minutes * 60_000).toISOString()),
      element('StartTimeZone', [], { Id: zone }),
      element('EndTimeZone', [], { Id: zone }),
    ],
  };
}

function putAll({ around, now }: DemoPlace, email: string, items: readonly Fields[]): readonly ItemRecord[] {
  return items.map((fields, index) => {
    const call = ownCall(email, now);
    const item = placeAppointment(around, { fields, name: `demo ${index}` }, call);
    around.meetings.created({ item, day: null }, 'SendOnlyToAll', call);
    return around.store.items.get(item.key) ?? item;
  });
}

/** The second occurrence is later that week, the third does not take place. */
function changeSeries(
  { around, now }: DemoPlace,
  item: ItemRecord,
  { moved, movedDay, removedDay }: { moved: Fields; movedDay: string; removedDay: string },
): void {
  const call = ownCall(ADA, now);
  const context = contextOf(around, item, call);
  const names = moved.map(({ name }) => name);
  const before = around.calendar.occurrence(keptOf(item), movedDay, context);
  const fields = [...before.filter(({ name }) => !names.includes(name)), ...moved];
  const change = { day: movedDay, fields, sent: names };
  const changed = around.calendar.changeOccurrence(keptOf(item), change, context);
  const once = changeItem(around, item, { change: { ...changed, onlyReadFlag: false }, call });
  const left = around.calendar.deleteOccurrence(keptOf(once), removedDay, context);
  if (left !== null) changeItem(around, once, { change: { ...left, onlyReadFlag: false }, call });
}

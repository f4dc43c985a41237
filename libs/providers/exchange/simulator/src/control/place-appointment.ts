import type { Fields } from '../items/places';
import type { ItemSurroundings } from '../items/item-around';
import { storeItem } from '../items/store-item';
import { keyFor } from '../mailbox/ids';
import type { ItemRecord } from '../mailbox/records';
import { noMailbox } from '../mailbox/refusals';
import type { Call } from '../soap/operation';

/**
 * Puts an appointment into the calendar of a mailbox as if it had always been there; the same name gives the same id.
 * @throws EwsRefusal what the calendar says of such fields
 */
export function placeAppointment(
  around: ItemSurroundings,
  { fields, name }: { readonly fields: Fields; readonly name: string },
  call: Call,
): ItemRecord {
  const mailbox = around.store.mailboxes.get(call.mailbox);
  const folder = around.store.distinguished(call.mailbox, 'calendar');
  if (mailbox === undefined || folder === undefined) throw noMailbox();
  const sent = fields.map((field) => field.name);
  const prepared = around.calendar.prepare({ fields, sent }, null, { mailbox, call });
  const key = keyFor(`${call.mailbox} ${name}`);
  return storeItem(around, { folder, kind: 'CalendarItem', key, ...prepared }, call);
}

import { readIcs, windowsIdOf, type UnreadablePart } from '@daybook/domain';
import { entriesToItems, type ImportedItem } from '../calendar/import/entries-to-items';
import { isSameElement } from '../calendar/item/fields';
import { UTC_ZONE, zoneOfId } from '../calendar/zones/calendar-zone';
import type { ItemSurroundings } from '../items/item-around';
import type { StoredCalendar } from '../items/calendar-rules';
import { changeItem, storeItem } from '../items/store-item';
import { keyFor } from '../mailbox/ids';
import type { FolderRecord, ItemRecord } from '../mailbox/records';
import { noMailbox } from '../mailbox/refusals';
import type { Call } from '../soap/operation';
import { element } from '../wire/element';

export interface ImportReceipt {
  /** Items that the file gave, those that were there already among them. */
  readonly imported: number;
  readonly unreadable: UnreadablePart[];
}

export interface ImportPlace {
  readonly around: ItemSurroundings;
  readonly call: Call;
  /** IANA name: where dates and floating times of the file lie. */
  readonly timeZone: string;
}

/** Loads a calendar file into the calendar of a mailbox. Loaded again it brings the same items up to date. */
export function importCalendar(text: string, { around, call, timeZone }: ImportPlace): ImportReceipt {
  const mailbox = around.store.mailboxes.get(call.mailbox);
  const folder = around.store.distinguished(call.mailbox, 'calendar');
  if (mailbox === undefined || folder === undefined) throw noMailbox();
  const { events, unreadable } = readIcs(text, { floatingZone: timeZone, year: new Date(call.now).getUTCFullYear() });
  const taken = entriesToItems(events, {
    owner: { name: mailbox.displayName, address: mailbox.email },
    zone: zoneOfId(windowsIdOf(timeZone) ?? '') ?? UTC_ZONE,
    now: call.now,
  });
  const seen = new Map<string, number>();
  for (const item of taken.items) {
    const number = (seen.get(item.uid) ?? 0) + 1;
    seen.set(item.uid, number);
    put(item, { around, call, folder, key: keyFor(`${call.mailbox} ics ${number} ${item.uid}`) });
  }
  return { imported: taken.items.length, unreadable: [...unreadable, ...taken.unreadable] };
}

interface Place {
  readonly around: ItemSurroundings;
  readonly call: Call;
  readonly folder: FolderRecord;
  readonly key: string;
}

function put({ fields, series }: ImportedItem, { around, call, folder, key }: Place): void {
  const kept: StoredCalendar = {
    fields,
    series: series === null ? null : { exceptions: series.exceptions, deleted: series.deleted },
  };
  const before = around.store.items.get(key);
  if (before === undefined) storeItem(around, { folder, kind: 'CalendarItem', key, ...kept }, call);
  else if (!isSame(before, kept)) changeItem(around, before, { change: { ...kept, onlyReadFlag: false }, call });
}

/** When it was stamped says nothing of what it holds. */
const isSame = (before: ItemRecord, kept: StoredCalendar): boolean =>
  isSameElement(element('', withoutStamp(before.fields)), element('', withoutStamp(kept.fields))) &&
  JSON.stringify(before.series) === JSON.stringify(kept.series);

const withoutStamp = (fields: StoredCalendar['fields']): StoredCalendar['fields'] =>
  fields.filter(({ name }) => name !== 'DateTimeStamp');

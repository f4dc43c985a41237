import { changeKeyOf, idOf, looksLikeId, readId, versionOf } from '../mailbox/ids';
import { rightsOf, type Rights } from '../mailbox/access';
import type { ItemRecord } from '../mailbox/records';
import { accessDenied, itemNotFound, malformedId, noMailbox } from '../mailbox/refusals';
import type { Call } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { childOf, element, type XmlElement } from '../wire/element';
import type { CalendarContext, KeptCalendar } from './calendar-rules';
import type { ItemSurroundings } from './item-around';

/** What finding an item needs. */
type Finding = Pick<ItemSurroundings, 'store' | 'calendar'>;

import type { MeetingTarget } from './meeting-desk';

export interface Need {
  readonly call: Call;
  readonly need: keyof Rights;
}

export const contextOf = ({ store }: Finding, item: ItemRecord, call: Call): CalendarContext => {
  const mailbox = store.mailboxes.get(item.mailbox);
  if (mailbox === undefined) throw noMailbox();
  return { mailbox, call };
};

export const keptOf = (item: ItemRecord): KeptCalendar => ({
  fields: item.fields,
  series: item.series,
  id: idOf('item', item.key),
  changeKey: changeKeyOf('item', item.version),
});

/** `ItemId` of an item, or of one occurrence of it. */
export function itemId({ calendar }: Finding, { item, day }: MeetingTarget): XmlElement {
  const kept = keptOf(item);
  const id = day === null ? kept.id : calendar.occurrenceId(kept.id, day);
  return element('ItemId', [], { Id: id, ChangeKey: kept.changeKey });
}

/**
 * What an `ItemId`, `OccurrenceItemId` or `RecurringMasterItemId` names, when it may be used so.
 * @throws EwsRefusal ErrorItemNotFound, ErrorInvalidIdMalformed, ErrorInvalidIdEmpty, ErrorCannotUseFolderIdForItemId,
 * ErrorAccessDenied, ErrorInvalidChangeKey, and what the rules of the calendar say
 */
export function itemNamed(around: Finding, id: XmlElement, { call, need }: Need): MeetingTarget {
  const target = targetOf(around, id, call);
  const folder = around.store.folders.get(target.item.folder);
  if (folder === undefined) throw itemNotFound();
  const rights = rightsOf(around.store, folder, call.mailbox);
  if (!rights.read && folder.mailbox !== call.mailbox) throw accessDenied();
  if (!rights[need]) throw accessDenied();
  checkChangeKey(id);
  return target;
}

function targetOf(around: Finding, id: XmlElement, call: Call): MeetingTarget {
  const { attributes } = id;
  if (id.name === 'OccurrenceItemId') {
    const { item } = byText(around, attributes['RecurringMasterId'] ?? '');
    const index = Number(attributes['InstanceIndex']);
    const day = around.calendar.dayAt(keptOf(calendarItem(item)), index, contextOf(around, item, call));
    return { item, day };
  }
  if (id.name !== 'RecurringMasterItemId') return byText(around, attributes['Id'] ?? '');
  const { item, day } = byText(around, attributes['OccurrenceId'] ?? '');
  if (day !== null) return { item, day: null };
  const message = 'The item is not an occurrence of a series.';
  throw new EwsRefusal('ErrorCalendarCannotUseIdForRecurringMasterId', message);
}

function calendarItem(item: ItemRecord): ItemRecord {
  if (item.kind === 'CalendarItem') return item;
  throw new EwsRefusal('ErrorCalendarCannotUseIdForOccurrenceId', 'The item is not the master of a series.');
}

function byText({ store, calendar }: Finding, text: string): MeetingTarget {
  if (text === '') throw new EwsRefusal('ErrorInvalidIdEmpty', 'Id must be non-empty.');
  const occurrence = readId(text) === null ? calendar.readOccurrenceId(text) : null;
  const name = readId(occurrence?.masterId ?? text);
  if (name === null) throw looksLikeId(text) ? itemNotFound() : malformedId();
  if (name.kind === 'folder') {
    throw new EwsRefusal('ErrorCannotUseFolderIdForItemId', 'The folder ID cannot be used as an item ID.');
  }
  const item = name.kind === 'item' ? store.items.get(name.key) : undefined;
  if (item === undefined) throw itemNotFound();
  return { item, day: occurrence?.day ?? null };
}

function checkChangeKey(id: XmlElement): void {
  const changeKey = id.attributes['ChangeKey'];
  if (changeKey === undefined || changeKey === '' || versionOf(changeKey) !== null) return;
  throw new EwsRefusal('ErrorInvalidChangeKey', 'The change key is invalid.');
}

/** Whether an id names the newest version of its item; true as well when it names no version at all. */
export function isCurrent(id: XmlElement, item: ItemRecord): boolean {
  const changeKey = id.attributes['ChangeKey'] ?? '';
  return changeKey === '' || versionOf(changeKey) === item.version;
}

/** All that one id of a `GetItem` names: several occurrences for a `RecurringMasterItemIdRanges`. */
export function itemsNamed(around: Finding, id: XmlElement, asking: Need): readonly MeetingTarget[] {
  const target = itemNamed(around, id, asking);
  if (id.name !== 'RecurringMasterItemIdRanges') return [target];
  const { item } = target;
  const starts = around.calendar.inRanges(
    keptOf(calendarItem(item)),
    childOf(id, 'Ranges'),
    contextOf(around, item, asking.call),
  );
  return [target, ...starts.map((day) => ({ item, day }))];
}

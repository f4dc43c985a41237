import type { ItemRecord } from '../mailbox/records';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf, type XmlElement } from '../wire/element';
import type { ItemSurroundings } from './item-around';
import { disposeItem } from './item-moves';
import type { MeetingTarget } from './meeting-desk';
import { contextOf, itemNamed, keptOf } from './named-items';
import { changeItem } from './store-item';

/** `DeleteItem`: one response message for each id. */
export function deleteItem(around: ItemSurroundings): Operation {
  return (request, call) =>
    messageForEach('DeleteItem', childOf(request, 'ItemIds')?.children ?? [], (id) => {
      const target = itemNamed(around, id, { call, need: 'remove' });
      checkAttributes(target.item, request);
      const how = request.attributes['SendMeetingCancellations'];
      if (target.item.kind === 'CalendarItem' && how !== undefined) around.meetings.deleted(target, how, call);
      remove(around, target, { mode: request.attributes['DeleteType'] ?? '', call });
      return [];
    });
}

function checkAttributes({ kind, fields }: ItemRecord, { attributes }: XmlElement): void {
  if (kind === 'CalendarItem' && attributes['SendMeetingCancellations'] === undefined) {
    const message = 'SendMeetingCancellations attribute is required for calendar items.';
    throw new EwsRefusal('ErrorSendMeetingCancellationsRequired', message);
  }
  if (kind !== 'Task' || attributes['AffectedTaskOccurrences'] !== undefined) return;
  const message = 'AffectedTaskOccurrences attribute is required for recurring tasks.';
  const isSeries = fields.some(({ name }) => name === 'Recurrence');
  if (isSeries) throw new EwsRefusal('ErrorAffectedTaskOccurrencesRequired', message);
}

function remove(
  around: ItemSurroundings,
  { item: given, day }: MeetingTarget,
  { mode, call }: { readonly mode: string; readonly call: Call },
): void {
  const { store, calendar } = around;
  // The meeting desk may have written to the item since it was found.
  const item = store.items.get(given.key) ?? given;
  const left = day === null ? null : calendar.deleteOccurrence(keptOf(item), day, contextOf(around, item, call));
  if (left !== null) {
    changeItem(around, item, { change: { ...left, onlyReadFlag: false }, call });
    return;
  }
  disposeItem(store, item, { mode, by: call });
}

import { targetFolder } from '../mailbox/named-folders';
import type { ItemRecord } from '../mailbox/records';
import { folderNotFound } from '../mailbox/refusals';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';
import { deliver, sentFields } from './deliver';
import type { ItemSurroundings } from './item-around';
import { withChanges, type Changes } from './item-changes';
import { normalFields } from './item-fields';
import { isMessage } from './item-kinds';
import type { MeetingTarget } from './meeting-desk';
import { contextOf, isCurrent, itemId, itemNamed, keptOf } from './named-items';
import { changeItem, storeItem, type ChangedItem } from './store-item';
import { preparedTask } from './task-view';

/** `UpdateItem`: one response message for each `ItemChange`; each of them happens as a whole or not at all. */
export function updateItem(around: ItemSurroundings): Operation {
  return (request, call) =>
    messageForEach('UpdateItem', childOf(request, 'ItemChanges')?.children ?? [], (change) => [
      element('Items', updated({ around, call, request }, change)),
      element('ConflictResults', [element('Count', 0)]),
    ]);
}

interface Updating {
  readonly around: ItemSurroundings;
  readonly call: Call;
  readonly request: XmlElement;
}

function updated(updating: Updating, change: XmlElement): readonly XmlElement[] {
  const { around, call, request } = updating;
  const [id] = change.children;
  if (id === undefined) throw new EwsRefusal('ErrorInvalidId', 'The item is not named.');
  const target = itemNamed(around, id, { call, need: 'modify' });
  checkConflict(id, target.item, request.attributes['ConflictResolution'] ?? '');
  checkAttributes(target.item, request);
  const updates = childOf(change, 'Updates')?.children ?? [];
  const item = changeItem(around, target.item, { change: changeOf(updating, target, updates), call });
  if (item.kind === 'CalendarItem') {
    const how = request.attributes['SendMeetingInvitationsOrCancellations'] ?? 'SendToNone';
    around.meetings.updated({ ...target, item }, target.item, { how, call });
  }
  const isSent = isMessage(item.kind) && sendIfAsked(updating, item);
  const newest = around.store.items.get(item.key) ?? item;
  return isSent ? [] : [element(item.kind, [itemId(around, { ...target, item: newest })])];
}

/** @throws EwsRefusal ErrorChangeKeyRequiredForWriteOperations, ErrorIrresolvableConflict */
function checkConflict(id: XmlElement, item: ItemRecord, resolution: string): void {
  if (resolution === 'AlwaysOverwrite') return;
  if ((id.attributes['ChangeKey'] ?? '') === '') {
    const message = 'Change keys are required to update an item unless it is always overwritten.';
    throw new EwsRefusal('ErrorChangeKeyRequiredForWriteOperations', message);
  }
  if (resolution === 'NeverOverwrite' && !isCurrent(id, item)) {
    throw new EwsRefusal(
      'ErrorIrresolvableConflict',
      'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
    );
  }
}

function checkAttributes({ kind }: ItemRecord, { attributes }: XmlElement): void {
  if (kind === 'CalendarItem' && attributes['SendMeetingInvitationsOrCancellations'] === undefined) {
    const message = 'SendMeetingInvitationsOrCancellations attribute is required for calendar items.';
    throw new EwsRefusal('ErrorSendMeetingInvitationsOrCancellationsRequired', message);
  }
  if (kind === 'Message' && attributes['MessageDisposition'] === undefined) {
    const message = 'MessageDisposition attribute is required for messages.';
    throw new EwsRefusal('ErrorMessageDispositionRequired', message);
  }
}

function changeOf({ around, call }: Updating, target: MeetingTarget, updates: readonly XmlElement[]): ChangedItem {
  const { item } = target;
  const { calendar } = around;
  const context = contextOf(around, item, call);
  const before = target.day === null ? item.fields : calendar.occurrence(keptOf(item), target.day, context);
  const { fields: after, changed } = withChanges(item.kind, before, updates);
  const fields = normalFields(after, item.kind, { calendar, call });
  const onlyReadFlag = changed.every((name) => name === 'IsRead');
  if (target.day !== null) {
    const { day } = target;
    return { ...calendar.changeOccurrence(keptOf(item), { day, fields, sent: changed }, context), onlyReadFlag };
  }
  if (item.kind === 'CalendarItem')
    return { ...calendar.prepare({ fields, sent: changed }, item, context), onlyReadFlag };
  return { fields: prepared(item.kind, { fields, changed }, call), series: null, onlyReadFlag };
}

const prepared = (kind: string, { fields, changed }: Changes, { now }: Call): Changes['fields'] =>
  kind === 'Task' ? preparedTask(fields, changed, now) : fields;

/** A draft that is updated and sent in one: it leaves the drafts. */
function sendIfAsked({ around, call, request }: Updating, item: ItemRecord): boolean {
  const disposition = request.attributes['MessageDisposition'];
  if (disposition !== 'SendOnly' && disposition !== 'SendAndSaveCopy') return false;
  const fields = sentFields(around, item.fields, call);
  deliver(around, { kind: item.kind, fields }, call);
  around.store.removeItem(item);
  around.store.tell({ kind: 'Deleted', item });
  if (disposition === 'SendOnly') return true;
  const named = childOf(request, 'SavedItemFolderId');
  const home = around.store.distinguished(call.mailbox, 'sentitems');
  const folder = named === null ? home : targetFolder(around.store, named, { call, need: 'create' });
  if (folder === undefined) throw folderNotFound();
  storeItem(around, { folder, kind: item.kind, fields }, call);
  return true;
}

import { targetFolder } from '../mailbox/named-folders';
import { folderNotFound } from '../mailbox/refusals';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf, type XmlElement } from '../wire/element';
import { deliver, sentFields } from './deliver';
import type { ItemSurroundings } from './item-around';
import { isMessage } from './item-kinds';
import { isCurrent, itemNamed } from './named-items';
import { storeItem } from './store-item';

/** `SendItem`: drafts go out; one response message for each id. */
export function sendItem(around: ItemSurroundings): Operation {
  return (request, call) => {
    const saves = request.attributes['SaveItemToFolder'] === 'true';
    if (!saves && childOf(request, 'SavedItemFolderId') !== null) {
      const message = 'A folder to save to is named, but nothing is to be saved.';
      throw new EwsRefusal('ErrorInvalidSendItemSaveSettings', message);
    }
    return messageForEach('SendItem', childOf(request, 'ItemIds')?.children ?? [], (id) => {
      sent(around, id, { request, call });
      return [];
    });
  };
}

function sent(
  around: ItemSurroundings,
  id: XmlElement,
  { request, call }: { readonly request: XmlElement; readonly call: Call },
): void {
  const { item } = itemNamed(around, id, { call, need: 'modify' });
  if ((id.attributes['ChangeKey'] ?? '') === '') {
    throw new EwsRefusal('ErrorChangeKeyRequired', 'The change key is required to send an item.');
  }
  if (!isCurrent(id, item)) throw new EwsRefusal('ErrorStaleObject', 'The item has changed since it was read.');
  if (!isMessage(item.kind)) {
    throw new EwsRefusal('ErrorInvalidItemForOperationSendItem', 'Only messages can be sent.');
  }
  const named = childOf(request, 'SavedItemFolderId');
  const home = around.store.distinguished(call.mailbox, 'sentitems');
  const folder = named === null ? home : targetFolder(around.store, named, { call, need: 'create' });
  if (folder === undefined) throw folderNotFound();
  const fields = sentFields(around, item.fields, call);
  deliver(around, { kind: item.kind, fields }, call);
  around.store.removeItem(item);
  around.store.tell({ kind: 'Deleted', item });
  if (request.attributes['SaveItemToFolder'] === 'true') storeItem(around, { folder, kind: item.kind, fields }, call);
}

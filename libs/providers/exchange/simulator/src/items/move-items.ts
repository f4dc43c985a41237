import { targetFolder } from '../mailbox/named-folders';
import type { FolderRecord, ItemRecord } from '../mailbox/records';
import type { Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';
import type { ItemSurroundings } from './item-around';
import { copyItem, moveItem } from './item-moves';
import { itemId, itemNamed } from './named-items';

/** `MoveItem` and `CopyItem`: one response message for each id; the answer names the new ids. */
export function moveItems(around: ItemSurroundings, operation: 'MoveItem' | 'CopyItem'): Operation {
  return (request, call) => {
    const folder = targetFolder(around.store, childOf(request, 'ToFolderId'), { call, need: 'create' });
    const saysIds = childOf(request, 'ReturnNewItemIds')?.text !== 'false';
    return messageForEach(operation, childOf(request, 'ItemIds')?.children ?? [], (id) => {
      const need = operation === 'MoveItem' ? 'remove' : 'read';
      const target = itemNamed(around, id, { call, need });
      if (target.day !== null) {
        const message = 'An occurrence cannot be moved or copied without its series.';
        throw new EwsRefusal('ErrorCalendarCannotMoveOrCopyOccurrence', message);
      }
      const act = operation === 'MoveItem' ? moveItem : copyItem;
      const item = act(around.store, target.item, { folder: checked(folder, target.item), by: call });
      return [element('Items', saysIds ? [answered(around, item)] : [])];
    });
  };
}

/** Calendar folders take appointments only, and so on. @throws EwsRefusal ErrorMoveCopyFailed */
function checked(folder: FolderRecord, { kind }: ItemRecord): FolderRecord {
  const isBin = folder.distinguished === 'deleteditems' || folder.distinguished?.startsWith('recoverable') === true;
  const takes = isBin || folder.kind !== 'CalendarFolder' || kind === 'CalendarItem';
  if (takes) return folder;
  throw new EwsRefusal('ErrorMoveCopyFailed', 'The move or copy operation failed.');
}

const answered = (around: ItemSurroundings, item: ItemRecord): XmlElement =>
  element(item.kind, [itemId(around, { item, day: null })]);

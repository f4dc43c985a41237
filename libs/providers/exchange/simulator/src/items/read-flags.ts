import { folderNamed } from '../mailbox/named-folders';
import type { Operation } from '../soap/operation';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, textOf } from '../wire/element';
import type { ItemSurroundings } from './item-around';
import { isMessage } from './item-kinds';
import { withValue } from './places';
import { fieldPath } from './property-path';
import { changeItem } from './store-item';

const IS_READ = fieldPath('message:IsRead');

/** `MarkAllItemsAsRead`: one response message for each folder. */
export function markAllItemsAsRead(around: ItemSurroundings): Operation {
  return (request, call) => {
    const flag = element('IsRead', textOf(request, 'ReadFlag') === 'true');
    return messageForEach('MarkAllItemsAsRead', childOf(request, 'FolderIds')?.children ?? [], (id) => {
      const folder = folderNamed(around.store, id, { call, need: 'modify' });
      for (const item of around.store.itemsIn(folder.key)) {
        const isRead = item.fields.find(({ name }) => name === 'IsRead')?.text ?? 'true';
        if (!isMessage(item.kind) || isRead === flag.text) continue;
        const fields = withValue(item.fields, IS_READ, [flag]);
        changeItem(around, item, { change: { fields, series: item.series, onlyReadFlag: true }, call });
      }
      return [];
    });
  };
}

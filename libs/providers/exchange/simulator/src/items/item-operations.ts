import type { Operations } from '../soap/operation';
import { createAttachment, deleteAttachment, getAttachment } from './attachments';
import { createItem } from './create-item';
import { deleteItem } from './delete-item';
import { findItem } from './find-item';
import { getItem } from './get-item';
import type { ItemSurroundings } from './item-around';
import { moveItems } from './move-items';
import { markAllItemsAsRead } from './read-flags';
import { sendItem } from './send-item';
import { syncFolderItems } from './sync-folder-items';
import { updateItem } from './update-item';

/** Operations on items and their attachments. */
export function itemOperations(around: ItemSurroundings): Operations {
  return {
    CreateItem: createItem(around),
    GetItem: getItem(around),
    UpdateItem: updateItem(around),
    DeleteItem: deleteItem(around),
    MoveItem: moveItems(around, 'MoveItem'),
    CopyItem: moveItems(around, 'CopyItem'),
    SendItem: sendItem(around),
    FindItem: findItem(around),
    SyncFolderItems: syncFolderItems(around),
    CreateAttachment: createAttachment(around),
    GetAttachment: getAttachment(around),
    DeleteAttachment: deleteAttachment(around),
    MarkAllItemsAsRead: markAllItemsAsRead(around),
  };
}

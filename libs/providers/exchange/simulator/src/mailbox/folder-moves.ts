import { copyItem, disposeItem, type Disposal, type Destination } from '../items/item-moves';
import { EwsRefusal } from '../soap/refusal';
import type { MailboxStore } from './mailbox-store';
import { isWithin } from './named-folders';
import type { FolderRecord } from './records';

/** @throws EwsRefusal ErrorFolderExists when a folder has a child of this name, whatever its case */
export function checkName(store: MailboxStore, parent: FolderRecord, name: string, own?: FolderRecord): void {
  if (childNamed(store, parent, name, own)) {
    throw new EwsRefusal('ErrorFolderExists', 'A folder with the specified name already exists.');
  }
}

const childNamed = (store: MailboxStore, parent: FolderRecord, name: string, own?: FolderRecord): boolean =>
  store
    .childrenOf(parent)
    .some((child) => child.key !== own?.key && child.displayName.toLowerCase() === name.toLowerCase());

/** Writes a changed folder under a new version and tells of it. */
export function changeFolder(store: MailboxStore, folder: FolderRecord): FolderRecord {
  const changed = store.putFolder({ ...folder, version: store.nextVersion() });
  store.tell({ kind: 'Modified', folder: changed });
  return changed;
}

/**
 * Moves a folder with all that is in it; it keeps its id.
 * @throws EwsRefusal ErrorMoveDistinguishedFolder, ErrorMoveCopyFailed, ErrorCrossMailboxMoveCopy, ErrorFolderExists
 */
export function moveFolder(store: MailboxStore, folder: FolderRecord, target: FolderRecord): FolderRecord {
  if (folder.distinguished !== null) {
    throw new EwsRefusal('ErrorMoveDistinguishedFolder', 'Distinguished folders cannot be moved.');
  }
  checkTarget(store, folder, target);
  checkName(store, target, folder.displayName, folder);
  const moved = store.putFolder({ ...folder, parent: target.key, version: store.nextVersion() });
  store.tell({ kind: 'Moved', folder: moved, oldFolder: folder });
  return moved;
}

function checkTarget(store: MailboxStore, folder: FolderRecord, target: FolderRecord): void {
  if (folder.mailbox !== target.mailbox) {
    throw new EwsRefusal('ErrorCrossMailboxMoveCopy', 'Folders cannot be moved or copied to another mailbox.');
  }
  if (isWithin(store, target, folder)) {
    throw new EwsRefusal(
      'ErrorMoveCopyFailed',
      'The move or copy operation failed: the target is the folder itself or below it.',
    );
  }
}

/** Copies a folder with all that is in it. @throws EwsRefusal as {@link moveFolder} */
export function copyFolder(
  store: MailboxStore,
  folder: FolderRecord,
  { folder: target, by }: Destination,
): FolderRecord {
  checkTarget(store, folder, target);
  checkName(store, target, folder.displayName);
  const version = store.nextVersion();
  const key = store.keys.next();
  const copy = { ...folder, key, parent: target.key, distinguished: null, version, bornVersion: version };
  store.putFolder(copy);
  for (const item of store.itemsIn(folder.key)) copyItem(store, item, { folder: copy, by });
  for (const child of store.childrenOf(folder)) copyFolder(store, child, { folder: copy, by });
  store.tell({ kind: 'Copied', folder: copy, oldFolder: folder });
  return copy;
}

/** Deletes a folder with all that is in it, or moves it below the deleted items. @throws EwsRefusal ErrorDeleteDistinguishedFolder */
export function deleteFolder(store: MailboxStore, folder: FolderRecord, disposal: Disposal): void {
  if (folder.distinguished !== null) {
    throw new EwsRefusal('ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.');
  }
  const bin = disposal.mode === 'MoveToDeletedItems' ? store.distinguished(folder.mailbox, 'deleteditems') : undefined;
  if (bin === undefined || isWithin(store, folder, bin)) removeFolder(store, folder, disposal);
  else moveFolder(store, { ...folder, displayName: freeName(store, bin, folder.displayName) }, bin);
}

function removeFolder(store: MailboxStore, folder: FolderRecord, { by }: Disposal): void {
  emptyFolder(store, folder, { disposal: { mode: 'HardDelete', by }, withFolders: true });
  store.removeFolder(folder);
  store.tell({ kind: 'Deleted', folder });
}

function freeName(store: MailboxStore, parent: FolderRecord, name: string): string {
  let free = name;
  for (let number = 1; childNamed(store, parent, free); number += 1) free = `${name} (${number})`;
  return free;
}

/** Disposes of everything in a folder, and on wish of the folders below it. */
export function emptyFolder(
  store: MailboxStore,
  folder: FolderRecord,
  { disposal, withFolders }: { readonly disposal: Disposal; readonly withFolders: boolean },
): void {
  for (const item of store.itemsIn(folder.key)) disposeItem(store, item, disposal);
  if (!withFolders) return;
  for (const child of store.childrenOf(folder)) {
    if (child.distinguished === null) deleteFolder(store, child, disposal);
  }
}

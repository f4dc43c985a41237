import type { Call } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import type { MailboxStore } from '../mailbox/mailbox-store';
import type { FolderRecord, ItemRecord } from '../mailbox/records';

type Moving = Pick<Call, 'caller' | 'now'>;

/** Puts a copy of an item, with its attachments, into a folder. */
export function copyItem(store: MailboxStore, item: ItemRecord, { folder, by }: Destination): ItemRecord {
  const copy = placed(store, item, { folder, by });
  store.tell({ kind: 'Copied', item: copy, oldItem: item });
  return copy;
}

export interface Destination {
  readonly folder: FolderRecord;
  readonly by: Moving;
}

/** Moves an item into a folder; its id is another one from then on. */
export function moveItem(store: MailboxStore, item: ItemRecord, { folder, by }: Destination): ItemRecord {
  const moved = placed(store, item, { folder, by });
  store.removeItem(item);
  store.tell({ kind: 'Moved', item: moved, oldItem: item });
  return moved;
}

function placed(store: MailboxStore, item: ItemRecord, { folder, by }: Destination): ItemRecord {
  if (folder.kind === 'SearchFolder') {
    throw new EwsRefusal('ErrorInvalidFolderTypeForOperation', 'The folder type is invalid for this operation.');
  }
  const version = store.nextVersion();
  const key = store.keys.next();
  for (const attachment of store.attachmentsOf(item.key)) {
    store.putAttachment({ ...attachment, key: store.keys.next(), item: key });
  }
  return store.putItem({
    ...item,
    key,
    mailbox: folder.mailbox,
    folder: folder.key,
    modified: by.now,
    modifiedBy: by.caller,
    version,
    contentVersion: version,
    bornVersion: version,
  });
}

/** Where deleted items go: `MoveToDeletedItems`, `SoftDelete` (recoverable items) or nowhere (`HardDelete`). */
export function disposeItem(store: MailboxStore, item: ItemRecord, { mode, by }: Disposal): void {
  const name =
    mode === 'MoveToDeletedItems' ? 'deleteditems' : mode === 'SoftDelete' ? 'recoverableitemsdeletions' : null;
  const folder = name === null ? undefined : store.distinguished(item.mailbox, name);
  if (folder !== undefined && folder.key !== item.folder) {
    const moved = placed(store, item, { folder, by });
    store.removeItem(item);
    store.tell(mode === 'SoftDelete' ? { kind: 'Deleted', item } : { kind: 'Moved', item: moved, oldItem: item });
    return;
  }
  store.removeItem(item);
  store.tell({ kind: 'Deleted', item });
}

export interface Disposal {
  /** A value of `DisposalType`. */
  readonly mode: string;
  readonly by: Moving;
}

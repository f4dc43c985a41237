import type { AttachmentRecord, FolderRecord, GoneRecord, ItemRecord } from './records';
import { SyncLog } from './sync-log';

/** The ways in which records are found, made anew from the tables after a restart. */
export class StoreIndex {
  private readonly items = new Map<string, Map<string, ItemRecord>>();
  private readonly attachments = new Map<string, Map<string, AttachmentRecord>>();
  private readonly folders = new Map<string, Map<string, FolderRecord>>();
  private readonly logs = new Map<string, SyncLog>();
  /** The highest version of all records. */
  version = 0;

  itemsIn(folder: string): readonly ItemRecord[] {
    return [...(this.items.get(folder)?.values() ?? [])];
  }

  attachmentsOf(item: string): readonly AttachmentRecord[] {
    return [...(this.attachments.get(item)?.values() ?? [])];
  }

  foldersOf(mailbox: string): readonly FolderRecord[] {
    return [...(this.folders.get(mailbox)?.values() ?? [])];
  }

  /** What changed in a list: the items of a folder by its key, the folders of a mailbox by its address. */
  logOf(list: string): SyncLog {
    const log = this.logs.get(list) ?? new SyncLog();
    this.logs.set(list, log);
    return log;
  }

  addFolder(folder: FolderRecord): void {
    entry(this.folders, folder.mailbox).set(folder.key, folder);
    const { key, version, bornVersion } = folder;
    this.logOf(folder.mailbox).note({ key, version, bornVersion, contentVersion: version, isGone: false });
    this.seen(version);
  }

  addItem(item: ItemRecord): void {
    entry(this.items, item.folder).set(item.key, item);
    const { key, version, bornVersion, contentVersion } = item;
    this.logOf(item.folder).note({ key, version, bornVersion, contentVersion, isGone: false });
    this.seen(version);
  }

  addAttachment(attachment: AttachmentRecord): void {
    entry(this.attachments, attachment.item).set(attachment.key, attachment);
  }

  addGone({ list, key, version, bornVersion }: GoneRecord): void {
    this.logOf(list).note({ key, version, bornVersion, contentVersion: version, isGone: true });
    this.seen(version);
  }

  dropFolder({ mailbox, key }: FolderRecord): void {
    this.folders.get(mailbox)?.delete(key);
  }

  dropItem({ folder, key }: ItemRecord): void {
    this.items.get(folder)?.delete(key);
  }

  dropAttachment({ item, key }: AttachmentRecord): void {
    this.attachments.get(item)?.delete(key);
  }

  clear(): void {
    for (const index of [this.items, this.attachments, this.folders, this.logs]) index.clear();
  }

  private seen(version: number): void {
    this.version = Math.max(this.version, version);
  }
}

function entry<T>(index: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = index.get(key) ?? new Map<string, T>();
  index.set(key, known);
  return known;
}

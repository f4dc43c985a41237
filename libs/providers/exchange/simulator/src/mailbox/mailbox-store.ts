import { randomBytes } from 'node:crypto';
import { Table, type Journal, type JournalLine, type JournalPart } from '@daybook/simulator-kit';
import { Keys } from './ids';
import type { AttachmentRecord, FolderRecord, GoneRecord, ItemRecord, MailboxRecord } from './records';
import { StoreIndex } from './store-index';
import type { SyncLog } from './sync-log';

/** A change that clients may want to be told of. */
export interface StoreChange {
  readonly kind: 'Created' | 'Modified' | 'Deleted' | 'Moved' | 'Copied' | 'NewMail';
  readonly item?: ItemRecord;
  readonly folder?: FolderRecord;
  /** Where it was before it was moved, or what it was copied from. */
  readonly oldItem?: ItemRecord;
  readonly oldFolder?: FolderRecord;
}

export type Listener = (change: StoreChange) => void;

const FLOOR = 'version-floor';

/** All mailboxes: records in tables that are journalled, the ways to find them, and what changed in which order. */
export class MailboxStore implements JournalPart {
  readonly keys = new Keys();
  readonly mailboxes: Table<MailboxRecord>;
  readonly folders: Table<FolderRecord>;
  readonly items: Table<ItemRecord>;
  readonly attachments: Table<AttachmentRecord>;
  private readonly gone: Table<GoneRecord>;
  private readonly settings: Table<string>;
  private readonly index = new StoreIndex();
  private readonly listeners = new Set<Listener>();

  constructor(journal: () => Journal) {
    this.mailboxes = new Table('ews-mailbox', journal);
    this.folders = new Table('ews-folder', journal);
    this.items = new Table('ews-item', journal);
    this.attachments = new Table('ews-attachment', journal);
    this.gone = new Table('ews-gone', journal);
    this.settings = new Table('ews-setting', journal);
  }

  /** A higher version than any before, for the record that is put next. */
  nextVersion(): number {
    this.index.version += 1;
    return this.index.version;
  }

  /** A key for seals, made once. */
  secret(name: string): string {
    return this.settings.get(name) ?? this.settings.set(name, randomBytes(32).toString('base64'));
  }

  /** Tells a listener of each change from now on; call what it returns to end that. */
  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(change: StoreChange): void {
    for (const listener of this.listeners) listener(change);
  }

  putFolder(folder: FolderRecord): FolderRecord {
    this.index.addFolder(this.folders.set(folder.key, folder));
    return folder;
  }

  putItem(item: ItemRecord): ItemRecord {
    // What is loaded again under its old key is not gone any more, after a restart neither.
    this.gone.delete(`${item.folder} ${item.key}`);
    this.index.addItem(this.items.set(item.key, item));
    return item;
  }

  putAttachment(attachment: AttachmentRecord): AttachmentRecord {
    this.index.addAttachment(this.attachments.set(attachment.key, attachment));
    return attachment;
  }

  removeAttachment(attachment: AttachmentRecord): void {
    this.attachments.delete(attachment.key);
    this.index.dropAttachment(attachment);
  }

  /** Takes an item and its attachments away for good. */
  removeItem(item: ItemRecord): void {
    for (const attachment of this.attachmentsOf(item.key)) this.removeAttachment(attachment);
    this.items.delete(item.key);
    this.index.dropItem(item);
    this.noteGone(item.folder, item);
  }

  /** Takes a folder away for good; what was in it must be gone before. */
  removeFolder(folder: FolderRecord): void {
    this.folders.delete(folder.key);
    this.index.dropFolder(folder);
    this.noteGone(folder.mailbox, folder);
  }

  itemsIn(folder: string): readonly ItemRecord[] {
    return this.index.itemsIn(folder);
  }

  attachmentsOf(item: string): readonly AttachmentRecord[] {
    return this.index.attachmentsOf(item);
  }

  foldersOf(mailbox: string): readonly FolderRecord[] {
    return this.index.foldersOf(mailbox);
  }

  childrenOf({ mailbox, key }: FolderRecord): readonly FolderRecord[] {
    return this.foldersOf(mailbox).filter(({ parent }) => parent === key);
  }

  /** The folder of a distinguished name; undefined in mailboxes that lack it. */
  distinguished(mailbox: string, name: string): FolderRecord | undefined {
    return this.foldersOf(mailbox).find(({ distinguished }) => distinguished === name);
  }

  logOf(list: string): SyncLog {
    return this.index.logOf(list);
  }

  restore(line: JournalLine): boolean {
    const table = this.tables.find(({ name }) => name === line[0]);
    if (table === undefined) return false;
    const key = String(line[1]);
    this.unindex(table.name, key);
    table.restore(line);
    this.reindex(table.name, key);
    return true;
  }

  get size(): number {
    return this.tables.reduce((sum, table) => sum + table.size, 0);
  }

  *lines(): Iterable<JournalLine> {
    for (const table of this.tables) yield* table.lines();
  }

  /** Forgets every mailbox. Versions go on, so that no old sync state passes for a new one. */
  clear(): void {
    for (const table of [this.mailboxes, this.folders, this.items, this.attachments, this.gone]) table.clear();
    this.index.clear();
    this.settings.set(FLOOR, String(this.index.version));
  }

  private get tables() {
    return [this.mailboxes, this.folders, this.items, this.attachments, this.gone, this.settings];
  }

  private noteGone(list: string, { key, bornVersion }: { key: string; bornVersion: number }): void {
    const gone: GoneRecord = { list, key, version: this.nextVersion(), bornVersion };
    this.index.addGone(this.gone.set(`${list} ${key}`, gone));
  }

  private unindex(table: string, key: string): void {
    const folder = table === this.folders.name ? this.folders.get(key) : undefined;
    const item = table === this.items.name ? this.items.get(key) : undefined;
    const attachment = table === this.attachments.name ? this.attachments.get(key) : undefined;
    if (folder !== undefined) this.index.dropFolder(folder);
    if (item !== undefined) this.index.dropItem(item);
    if (attachment !== undefined) this.index.dropAttachment(attachment);
  }

  private reindex(table: string, key: string): void {
    const folder = table === this.folders.name ? this.folders.get(key) : undefined;
    const item = table === this.items.name ? this.items.get(key) : undefined;
    const attachment = table === this.attachments.name ? this.attachments.get(key) : undefined;
    const gone = table === this.gone.name ? this.gone.get(key) : undefined;
    if (folder !== undefined) this.index.addFolder(folder);
    if (item !== undefined) this.index.addItem(item);
    if (attachment !== undefined) this.index.addAttachment(attachment);
    if (gone !== undefined) this.index.addGone(gone);
    if (table === this.settings.name && key === FLOOR) {
      this.index.version = Math.max(this.index.version, Number(this.settings.get(FLOOR) ?? 0));
    }
  }
}

import type { AttachmentRecord, FolderRecord, ItemRecord, SeriesRecord } from '../mailbox/records';
import type { Call } from '../soap/operation';
import type { XmlElement } from '../wire/element';
import type { ItemSurroundings } from './item-around';
import type { Fields } from './places';

type Storing = Pick<ItemSurroundings, 'store'>;

export interface NewItem {
  readonly folder: FolderRecord;
  readonly kind: string;
  readonly fields: Fields;
  readonly series?: SeriesRecord | null;
  readonly associated?: boolean;
  /** A key of one's own, for what is loaded from elsewhere. */
  readonly key?: string;
}

/** Stores a new item as it is, its attachments beside it, and tells of it. */
export function storeItem({ store }: Storing, given: NewItem, call: Pick<Call, 'caller' | 'now'>): ItemRecord {
  const version = store.nextVersion();
  const key = given.key ?? store.keys.next();
  const attachments = given.fields.find(({ name }) => name === 'Attachments')?.children ?? [];
  const item = store.putItem({
    key,
    mailbox: given.folder.mailbox,
    folder: given.folder.key,
    kind: given.kind,
    fields: given.fields.filter(({ name }) => name !== 'Attachments'),
    series: given.series ?? null,
    associated: given.associated ?? false,
    created: call.now,
    modified: call.now,
    modifiedBy: call.caller,
    version,
    contentVersion: version,
    bornVersion: version,
  });
  for (const one of attachments)
    store.putAttachment(attachmentOf(one, { key: store.keys.next(), item: key, now: call.now }));
  store.tell({ kind: 'Created', item });
  return item;
}

/** The record of an attachment as it was sent. */
export const attachmentOf = (
  given: XmlElement,
  { key, item, now }: { readonly key: string; readonly item: string; readonly now: number },
): AttachmentRecord => ({
  key,
  item,
  kind: given.name === 'ItemAttachment' ? 'ItemAttachment' : 'FileAttachment',
  fields: given.children.filter(
    ({ name }) => name !== 'AttachmentId' && name !== 'Size' && name !== 'LastModifiedTime',
  ),
  modified: now,
});

/** What a change leaves of an item. */
export interface ChangedItem {
  readonly fields: Fields;
  readonly series: SeriesRecord | null;
  /** True when nothing but the read flag is another one. */
  readonly onlyReadFlag: boolean;
}

/** Stores a changed item under a new version and tells of it. */
export function changeItem(
  { store }: Storing,
  item: ItemRecord,
  { change, call }: { readonly change: ChangedItem; readonly call: Pick<Call, 'caller' | 'now'> },
): ItemRecord {
  const version = store.nextVersion();
  const changed = store.putItem({
    ...item,
    fields: change.fields,
    series: change.series,
    modified: call.now,
    modifiedBy: call.caller,
    version,
    contentVersion: change.onlyReadFlag ? item.contentVersion : version,
  });
  store.tell({ kind: 'Modified', item: changed });
  return changed;
}

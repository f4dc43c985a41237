import { timeText } from '../../items/item-view';
import type { MailboxStore, StoreChange } from '../../mailbox/mailbox-store';
import { changeKeyOf, idOf } from '../../mailbox/ids';
import type { FolderRecord, ItemRecord } from '../../mailbox/records';
import { element, type XmlElement } from '../../wire/element';
import type { MailboxEvent } from './event-log';

/** The event of each kind of change, and whether it changes how many items there are in a folder. */
const EVENTS: Readonly<Record<StoreChange['kind'], { readonly type: string; readonly recounts: boolean }>> = {
  Created: { type: 'CreatedEvent', recounts: true },
  Modified: { type: 'ModifiedEvent', recounts: false },
  Deleted: { type: 'DeletedEvent', recounts: true },
  Moved: { type: 'MovedEvent', recounts: true },
  Copied: { type: 'CopiedEvent', recounts: true },
  NewMail: { type: 'NewMailEvent', recounts: false },
};

type Events = readonly MailboxEvent[];

/**
 * What a change is told as: an item's event, then what it does to when its owner is busy and to the folders it lies in.
 * https://learn.microsoft.com/exchange/client-developer/exchange-web-services/notification-subscriptions-mailbox-events-and-ews-in-exchange
 */
export function eventsOfChange(store: MailboxStore, change: StoreChange, now: number): Events {
  const { item, oldItem, folder, oldFolder } = change;
  const telling = { store, at: element('TimeStamp', timeText(now)), kind: change.kind };
  if (item !== undefined) return itemEvents(telling, item, oldItem);
  return folder === undefined ? [] : [folderEvent(telling, folder, oldFolder)];
}

interface Telling {
  readonly store: MailboxStore;
  readonly at: XmlElement;
  readonly kind: StoreChange['kind'];
}

function itemEvents(telling: Telling, item: ItemRecord, old: ItemRecord | undefined): Events {
  const { store, at, kind } = telling;
  const { type, recounts } = EVENTS[kind];
  const folders = [...new Set([item.folder, old?.folder ?? item.folder])];
  const content = [at, itemIdOf(item, 'ItemId'), folderIdAt(store, item.folder, 'ParentFolderId')];
  const before =
    old === undefined ? [] : [itemIdOf(old, 'OldItemId'), folderIdAt(store, old.folder, 'OldParentFolderId')];
  const own = { type, folders, content: [...content, ...before], counted: null };
  const isBusyTime = kind !== 'NewMail' && item.kind === 'CalendarItem' && !item.associated;
  const busy = isBusyTime ? [{ type: 'FreeBusyChangedEvent', folders, content, counted: null }] : [];
  return [own, ...busy, ...folders.flatMap((key) => countEvents(telling, key, recounts))];
}

/** The folder around a changed item is changed, too: it counts its items, and mail folders those that are unread. */
function countEvents({ store, at }: Telling, key: string, recounts: boolean): Events {
  const folder = store.folders.get(key);
  const isMail = folder?.kind === 'Folder';
  if (folder === undefined || (!recounts && !isMail)) return [];
  const content = [at, folderIdOf(folder, 'FolderId'), parentOf(store, folder, 'ParentFolderId')];
  return [{ type: 'ModifiedEvent', folders: [key], content, counted: isMail ? key : null }];
}

function folderEvent(telling: Telling, folder: FolderRecord, old: FolderRecord | undefined): MailboxEvent {
  const { store, at, kind } = telling;
  const before = old === undefined ? [] : [folderIdOf(old, 'OldFolderId'), parentOf(store, old, 'OldParentFolderId')];
  const touched = [folder.key, folder.parent, old?.parent ?? null].filter((key): key is string => key !== null);
  return {
    type: EVENTS[kind].type,
    folders: [...new Set(touched)],
    content: [at, folderIdOf(folder, 'FolderId'), parentOf(store, folder, 'ParentFolderId'), ...before],
    counted: null,
  };
}

const itemIdOf = ({ key, version }: ItemRecord, name: string): XmlElement =>
  element(name, [], { Id: idOf('item', key), ChangeKey: changeKeyOf('item', version) });

const folderIdOf = ({ key, version }: FolderRecord, name: string): XmlElement =>
  element(name, [], { Id: idOf('folder', key), ChangeKey: changeKeyOf('folder', version) });

/** The root is told as its own parent. */
const parentOf = (store: MailboxStore, folder: FolderRecord, name: string): XmlElement =>
  folderIdAt(store, folder.parent ?? folder.key, name);

function folderIdAt(store: MailboxStore, key: string, name: string): XmlElement {
  const folder = store.folders.get(key);
  return folder === undefined ? element(name, [], { Id: idOf('folder', key) }) : folderIdOf(folder, name);
}

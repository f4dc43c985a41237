import type { Call, Operation, Operations } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';
import type { Rights } from './access';
import { findFolder } from './find-folder';
import { copyFolder, deleteFolder, emptyFolder, moveFolder } from './folder-moves';
import { folderId, readFolderShape, shapedFolder, wholeFolder } from './folder-view';
import { createFolder, updateFolder } from './folder-writing';
import type { MailboxStore } from './mailbox-store';
import { folderNamed, targetFolder } from './named-folders';
import type { FolderRecord } from './records';
import { syncFolderHierarchy } from './sync-hierarchy';

/** Operations on folders. */
export function folderOperations(store: MailboxStore): Operations {
  return {
    GetFolder: getFolder(store),
    FindFolder: findFolder(store),
    CreateFolder: create(store),
    UpdateFolder: update(store),
    MoveFolder: move(store),
    CopyFolder: copy(store),
    DeleteFolder: remove(store),
    EmptyFolder: empty(store),
    SyncFolderHierarchy: syncFolderHierarchy(store),
  };
}

/** What most answers hold: the id of the folder, in an element of its kind. */
const folders = (folder: FolderRecord): readonly XmlElement[] => [
  element('Folders', [element(folder.kind, [folderId(folder)])]),
];

const idsOf = (request: XmlElement): readonly XmlElement[] => childOf(request, 'FolderIds')?.children ?? [];

const asking = (call: Call, need: keyof Rights) => ({ call, need });

const getFolder =
  (store: MailboxStore): Operation =>
  (request, call) => {
    const shape = readFolderShape(childOf(request, 'FolderShape'));
    return messageForEach('GetFolder', idsOf(request), (id) => {
      const folder = folderNamed(store, id, asking(call, 'read'));
      return [element('Folders', [shapedFolder(wholeFolder(store, folder, call.mailbox), shape)])];
    });
  };

const create =
  (store: MailboxStore): Operation =>
  (request, call) => {
    const parent = targetFolder(store, childOf(request, 'ParentFolderId'), asking(call, 'createFolders'));
    const given = childOf(request, 'Folders')?.children ?? [];
    return messageForEach('CreateFolder', given, (one) => folders(createFolder(store, one, parent)));
  };

const update =
  (store: MailboxStore): Operation =>
  (request, call) =>
    messageForEach('UpdateFolder', childOf(request, 'FolderChanges')?.children ?? [], (change) => {
      const [id] = change.children;
      if (id === undefined) throw new EwsRefusal('ErrorInvalidId', 'The folder is not named.');
      const folder = folderNamed(store, id, asking(call, 'createFolders'));
      return folders(updateFolder(store, folder, childOf(change, 'Updates')?.children ?? []));
    });

const move =
  (store: MailboxStore): Operation =>
  (request, call) => {
    const target = targetFolder(store, childOf(request, 'ToFolderId'), asking(call, 'createFolders'));
    return messageForEach('MoveFolder', idsOf(request), (id) =>
      folders(moveFolder(store, folderNamed(store, id, asking(call, 'createFolders')), target)),
    );
  };

const copy =
  (store: MailboxStore): Operation =>
  (request, call) => {
    const target = targetFolder(store, childOf(request, 'ToFolderId'), asking(call, 'createFolders'));
    return messageForEach('CopyFolder', idsOf(request), (id) => {
      const folder = folderNamed(store, id, asking(call, 'read'));
      return folders(copyFolder(store, folder, { folder: target, by: call }));
    });
  };

const remove =
  (store: MailboxStore): Operation =>
  (request, call) =>
    messageForEach('DeleteFolder', idsOf(request), (id) => {
      const folder = folderNamed(store, id, asking(call, 'remove'));
      deleteFolder(store, folder, { mode: request.attributes['DeleteType'] ?? '', by: call });
      return [];
    });

const empty =
  (store: MailboxStore): Operation =>
  (request, call) =>
    messageForEach('EmptyFolder', idsOf(request), (id) => {
      const folder = folderNamed(store, id, asking(call, 'remove'));
      if (folder.kind === 'CalendarFolder' || folder.kind === 'SearchFolder') {
        throw new EwsRefusal('ErrorCannotEmptyFolder', 'This folder cannot be emptied.');
      }
      const disposal = { mode: request.attributes['DeleteType'] ?? '', by: call };
      emptyFolder(store, folder, { disposal, withFolders: request.attributes['DeleteSubFolders'] === 'true' });
      return [];
    });

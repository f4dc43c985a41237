import { pageOf } from '../items/paging';
import { readRestriction } from '../items/restriction';
import type { Operation } from '../soap/operation';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';
import { folderType, readFolderShape, shapedFolder, wholeFolder } from './folder-view';
import type { MailboxStore } from './mailbox-store';
import { descendants, folderNamed } from './named-folders';
import type { FolderRecord } from './records';

/** `FindFolder`: one response message for each parent folder. */
export function findFolder(store: MailboxStore): Operation {
  return (request, call) => {
    const shape = readFolderShape(childOf(request, 'FolderShape'));
    const test = readRestriction(childOf(request, 'Restriction'));
    const view = childOf(request, 'IndexedPageFolderView') ?? childOf(request, 'FractionalPageFolderView');
    const parents = childOf(request, 'ParentFolderIds')?.children ?? [];
    return messageForEach('FindFolder', parents, (id): XmlElement[] => {
      const parent = folderNamed(store, id, { call, need: 'read' });
      const found = below(store, parent, request.attributes['Traversal'] ?? '')
        .map((folder) => wholeFolder(store, folder, call.mailbox))
        .filter(({ name, children }) => test({ type: folderType(name), fields: children }));
      const { rows, attributes } = pageOf(found, view);
      const shaped = rows.map((folder) => shapedFolder(folder, shape));
      return [element('RootFolder', [element('Folders', shaped)], attributes)];
    });
  };
}

function below(store: MailboxStore, parent: FolderRecord, traversal: string): readonly FolderRecord[] {
  if (traversal === 'Deep') return descendants(store, parent);
  return traversal === 'Shallow' ? store.childrenOf(parent) : [];
}

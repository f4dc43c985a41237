import { folderId } from '../mailbox/folder-view';
import { createFolder } from '../mailbox/folder-writing';
import { targetFolder } from '../mailbox/named-folders';
import type { FolderRecord } from '../mailbox/records';
import type { Operation } from '../soap/operation';
import { messageForEach, notLookedAt } from '../soap/response-messages';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import type { DirectorySurroundings } from './directory-around';

/** `CreateFolderPath`: folders one below the other; one that is there already is gone through, and the first that fails ends it. */
export function createFolderPath({ store }: DirectorySurroundings): Operation {
  return (request, call) => {
    let at: FolderRecord | null = targetFolder(store, childOf(request, 'ParentFolderId'), {
      call,
      need: 'createFolders',
    });
    const path = childOf(request, 'RelativeFolderPath')?.children ?? [];
    return messageForEach('CreateFolderPath', path, (given) => {
      const parent = at;
      if (parent === null) throw notLookedAt();
      at = null;
      const known = store.childrenOf(parent).find(({ displayName }) => isNamed(given, displayName));
      const folder = known ?? createFolder(store, given, parent);
      at = folder;
      return [element('Folders', [element(folder.kind, [folderId(folder)])])];
    });
  };
}

const isNamed = (given: XmlElement, displayName: string): boolean =>
  textOf(given, 'DisplayName')?.trim().toLowerCase() === displayName.toLowerCase();

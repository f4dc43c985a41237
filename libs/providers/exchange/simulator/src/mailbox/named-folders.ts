import type { Call } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { childOf, textOf, type XmlElement } from '../wire/element';
import { rightsOf, type Rights } from './access';
import { looksLikeId, readId } from './ids';
import type { MailboxStore } from './mailbox-store';
import type { FolderRecord } from './records';
import { accessDenied, folderNotFound, malformedId, noMailbox } from './refusals';

type Asking = Pick<Call, 'mailbox'>;

/**
 * The folder that a `FolderId` or `DistinguishedFolderId` names, when it may be used so.
 * @throws EwsRefusal ErrorFolderNotFound, ErrorInvalidIdMalformed, ErrorCannotUseItemIdForFolderId, ErrorAccessDenied,
 * ErrorNonExistentMailbox
 */
export function folderNamed(
  store: MailboxStore,
  id: XmlElement,
  { call, need }: { readonly call: Asking; readonly need: keyof Rights },
): FolderRecord {
  const folder = id.name === 'DistinguishedFolderId' ? distinguishedFolder(store, id, call) : folderById(store, id);
  if (!rightsOf(store, folder, call.mailbox)[need]) throw accessDenied();
  return folder;
}

/** The folder of a wrapping element: `ParentFolderId`, `ToFolderId`, `SavedItemFolderId`. @throws EwsRefusal as {@link folderNamed} */
export function targetFolder(
  store: MailboxStore,
  target: XmlElement | null,
  asking: { readonly call: Asking; readonly need: keyof Rights },
): FolderRecord {
  const id = target?.children[0];
  if (id === undefined) throw folderNotFound();
  return folderNamed(store, id, asking);
}

function folderById(store: MailboxStore, id: XmlElement): FolderRecord {
  const text = id.attributes['Id'] ?? '';
  if (text === '') throw new EwsRefusal('ErrorInvalidIdEmpty', 'Id must be non-empty.');
  const name = readId(text);
  if (name === null) throw looksLikeId(text) ? folderNotFound() : malformedId();
  if (name.kind !== 'folder') {
    throw new EwsRefusal('ErrorCannotUseItemIdForFolderId', 'The item ID cannot be used as a folder ID.');
  }
  const folder = store.folders.get(name.key);
  if (folder === undefined) throw folderNotFound();
  return folder;
}

function distinguishedFolder(store: MailboxStore, id: XmlElement, call: Asking): FolderRecord {
  const address = textOf(childOf(id, 'Mailbox'), 'EmailAddress')?.trim().toLowerCase() ?? call.mailbox;
  if (!store.mailboxes.has(address)) throw noMailbox();
  const folder = store.distinguished(address, id.attributes['Id'] ?? '');
  if (folder === undefined) throw folderNotFound();
  return folder;
}

/** Whether a folder is another one or lies somewhere below it. */
export function isWithin(store: MailboxStore, folder: FolderRecord, other: FolderRecord): boolean {
  for (let at: FolderRecord | undefined = folder; at !== undefined; at = parentOf(store, at)) {
    if (at.key === other.key) return true;
  }
  return false;
}

export const parentOf = (store: MailboxStore, folder: FolderRecord): FolderRecord | undefined =>
  folder.parent === null ? undefined : store.folders.get(folder.parent);

/** All folders below one, parents first. */
export function descendants(store: MailboxStore, folder: FolderRecord): readonly FolderRecord[] {
  return store.childrenOf(folder).flatMap((child) => [child, ...descendants(store, child)]);
}

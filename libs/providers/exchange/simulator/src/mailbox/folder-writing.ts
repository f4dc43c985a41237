import { without, withValue, valueAt } from '../items/places';
import { isPath, readPath, type PropertyPath } from '../items/property-path';
import { EwsRefusal } from '../soap/refusal';
import { textOf, type XmlElement } from '../wire/element';
import { changeFolder, checkName } from './folder-moves';
import type { MailboxStore } from './mailbox-store';
import { parentOf } from './named-folders';
import type { FolderKind, FolderRecord } from './records';

const CLASSES: Readonly<Record<FolderKind, string>> = {
  Folder: 'IPF.Note',
  CalendarFolder: 'IPF.Appointment',
  ContactsFolder: 'IPF.Contact',
  TasksFolder: 'IPF.Task',
  SearchFolder: '',
};

/** What a client may set beside name and class. */
const SETTABLE = new Set(['ExtendedProperty', 'PermissionSet', 'SearchParameters', 'PolicyTag', 'ArchiveTag']);

/** A folder's kind follows its class: `IPF.Contact.Any` makes a contacts folder. */
function kindOf(name: string, folderClass: string): FolderKind {
  const found = kindByClass(folderClass);
  if (name === 'Folder') return found ?? 'Folder';
  return name === 'CalendarFolder' || name === 'ContactsFolder' || name === 'TasksFolder' ? name : 'SearchFolder';
}

function kindByClass(folderClass: string): FolderKind | null {
  const text = `${folderClass.toLowerCase()}.`;
  if (text.startsWith('ipf.appointment.')) return 'CalendarFolder';
  if (text.startsWith('ipf.contact.')) return 'ContactsFolder';
  return text.startsWith('ipf.task.') ? 'TasksFolder' : null;
}

/**
 * Makes a folder as it is given below a parent.
 * @throws EwsRefusal ErrorFolderExists, ErrorNoFolderClassOverride, ErrorFolderSavePropertyError, ErrorInvalidPropertySet
 */
export function createFolder(store: MailboxStore, given: XmlElement, parent: FolderRecord): FolderRecord {
  const displayName = textOf(given, 'DisplayName')?.trim() ?? '';
  const folderClass = textOf(given, 'FolderClass');
  if (displayName === '') throw unnamed();
  if (folderClass !== null && given.name !== 'Folder') checkClass(given.name, folderClass);
  const other = given.children.find(
    ({ name }) => !SETTABLE.has(name) && name !== 'DisplayName' && name !== 'FolderClass',
  );
  if (other !== undefined) throw readOnly();
  checkName(store, parent, displayName);
  const version = store.nextVersion();
  const kind = kindOf(given.name, folderClass ?? '');
  const folder = store.putFolder({
    key: store.keys.next(),
    mailbox: parent.mailbox,
    parent: parent.key,
    kind,
    distinguished: null,
    folderClass: folderClass ?? CLASSES[kind],
    displayName,
    fields: given.children.filter(({ name }) => SETTABLE.has(name)),
    version,
    bornVersion: version,
  });
  store.tell({ kind: 'Created', folder });
  return folder;
}

function checkClass(kind: string, folderClass: string): void {
  if (kindByClass(folderClass) === kind) return;
  throw new EwsRefusal('ErrorNoFolderClassOverride', 'The folder class cannot be set for this type of folder.');
}

const unnamed = (): EwsRefusal => new EwsRefusal('ErrorFolderSavePropertyError', 'A folder needs a display name.');

const readOnly = (): EwsRefusal => new EwsRefusal('ErrorInvalidPropertySet', 'Set action is invalid for property.');

/**
 * Carries out `SetFolderField`, `AppendToFolderField` and `DeleteFolderField` one after the other; all or none.
 * @throws EwsRefusal for the first one that cannot be
 */
export function updateFolder(store: MailboxStore, folder: FolderRecord, updates: readonly XmlElement[]): FolderRecord {
  const changed = updates.reduce((record, update) => updated(record, update), folder);
  const parent = parentOf(store, folder);
  const isRenamed = changed.displayName !== folder.displayName;
  if (isRenamed && parent !== undefined) checkName(store, parent, changed.displayName, folder);
  return changeFolder(store, changed);
}

function updated(folder: FolderRecord, update: XmlElement): FolderRecord {
  const uri = update.children.find(isPath);
  if (uri === undefined) throw readOnly();
  const path = readPath(uri);
  if (update.name === 'AppendToFolderField') {
    throw new EwsRefusal('ErrorInvalidPropertyAppend', 'Append action is invalid for property.', { messageXml: [uri] });
  }
  if (update.name === 'DeleteFolderField') return withoutProperty(folder, path, uri);
  const given = update.children.find((child) => !isPath(child))?.children ?? [];
  if (given.length !== 1) {
    throw new EwsRefusal(
      'ErrorIncorrectUpdatePropertyCount',
      'An object within a change description must contain one and only one property to modify.',
    );
  }
  if (valueAt(given, path) === null) {
    throw new EwsRefusal('ErrorUpdatePropertyMismatch', 'The property of the change does not match its path.');
  }
  return withProperty(folder, path, given);
}

function withProperty(folder: FolderRecord, path: PropertyPath, given: readonly XmlElement[]): FolderRecord {
  const text = given[0]?.text ?? '';
  if (path.kind === 'field' && path.name === 'DisplayName') {
    if (text.trim() === '') throw unnamed();
    return { ...folder, displayName: text.trim() };
  }
  if (path.kind === 'field' && path.name === 'FolderClass') return { ...folder, folderClass: text };
  if (path.kind === 'field' && !SETTABLE.has(path.name)) throw readOnly();
  return { ...folder, fields: withValue(folder.fields, path, given) };
}

function withoutProperty(folder: FolderRecord, path: PropertyPath, uri: XmlElement): FolderRecord {
  if (path.kind === 'field' && !SETTABLE.has(path.name)) {
    throw new EwsRefusal('ErrorInvalidPropertyDelete', 'Delete action is invalid for property.', { messageXml: [uri] });
  }
  return { ...folder, fields: without(folder.fields, path) };
}

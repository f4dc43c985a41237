import { mirrorsOf } from '../items/mirrored-properties';
import { fieldsAt } from '../items/places';
import { fieldPath, readPath, type PropertyPath } from '../items/property-path';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import { complexType } from '../wire/schema';
import { effectiveRights, rightsOf } from './access';
import { changeKeyOf, idOf } from './ids';
import type { MailboxStore } from './mailbox-store';
import type { FolderRecord } from './records';

export const folderId = ({ key, version }: FolderRecord): XmlElement =>
  element('FolderId', [], { Id: idOf('folder', key), ChangeKey: changeKeyOf('folder', version) });

/** `t:CalendarFolderType` for `CalendarFolder`. */
export const folderType = (kind: string): string =>
  complexType('t:ArrayOfFoldersType')?.elements.get(kind)?.type ?? 't:FolderType';

/** A folder with everything that can be asked of it. */
export function wholeFolder(store: MailboxStore, folder: FolderRecord, reader: string): XmlElement {
  const parent = folder.parent === null ? undefined : store.folders.get(folder.parent);
  const rights = rightsOf(store, folder, reader);
  const items = store.itemsIn(folder.key).filter(({ associated }) => !associated);
  const unread = items.filter(({ fields }) => fields.some(({ name, text }) => name === 'IsRead' && text === 'false'));
  const type = complexType(folderType(folder.kind));
  const computed = [
    folderId(folder),
    parent === undefined ? null : { ...folderId(parent), name: 'ParentFolderId' },
    folder.folderClass === '' ? null : element('FolderClass', folder.folderClass),
    element('DisplayName', folder.displayName),
    element('TotalCount', items.length),
    element('ChildFolderCount', store.childrenOf(folder).length),
    effectiveRights(rights),
    type?.elements.has('UnreadCount') === true ? element('UnreadCount', unread.length) : null,
    isNamed(folder.distinguished) ? element('DistinguishedFolderId', folder.distinguished) : null,
  ];
  return element(folder.kind, [...computed, ...folder.fields]);
}

const isNamed = (name: string | null): name is string => name !== null;

/** What a `FolderShape` asks for. */
export interface FolderShape {
  readonly base: string;
  readonly paths: readonly PropertyPath[];
}

const DEFAULTS = ['FolderId', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'UnreadCount'];
/** Comes only when it is asked for by name. */
const ONLY_NAMED = new Set(['ExtendedProperty', 'PermissionSet', 'SharingEffectiveRights']);

/** @throws EwsRefusal ErrorInvalidExtendedProperty */
export function readFolderShape(shape: XmlElement | null): FolderShape {
  const paths = (childOf(shape, 'AdditionalProperties')?.children ?? []).map(readPath);
  return { base: textOf(shape, 'BaseShape') ?? 'IdOnly', paths };
}

/** The part of a whole folder that a shape asks for. */
export function shapedFolder(whole: XmlElement, { base, paths }: FolderShape): XmlElement {
  const names =
    base === 'AllProperties'
      ? whole.children.map(({ name }) => name).filter((name) => !ONLY_NAMED.has(name))
      : base === 'Default'
        ? DEFAULTS
        : ['FolderId'];
  const asked = [...names.map((name) => fieldPath(`folder:${name}`)), ...paths];
  return { ...whole, children: [...fieldsAt(whole.children, asked), ...mirrorsOf(whole.children, paths)] };
}

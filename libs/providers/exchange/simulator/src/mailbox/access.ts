import { childOf, childrenOf, element, textOf, type XmlElement } from '../wire/element';
import type { MailboxStore } from './mailbox-store';
import type { FolderRecord } from './records';

/** What somebody may do with a folder and what is in it. */
export interface Rights {
  readonly read: boolean;
  readonly create: boolean;
  readonly createFolders: boolean;
  readonly modify: boolean;
  readonly remove: boolean;
  readonly viewPrivate: boolean;
}

const ALL: Rights = { read: true, create: true, createFolders: true, modify: true, remove: true, viewPrivate: true };
const NONE: Rights = {
  read: false,
  create: false,
  createFolders: false,
  modify: false,
  remove: false,
  viewPrivate: false,
};
const READER: Rights = { ...NONE, read: true };
const EDITOR: Rights = { ...READER, create: true, modify: true, remove: true };

/** Named levels; a free/busy level lets nobody into the folder itself. */
const LEVELS: Readonly<Record<string, Rights>> = {
  Owner: { ...EDITOR, createFolders: true },
  PublishingEditor: { ...EDITOR, createFolders: true },
  Editor: EDITOR,
  PublishingAuthor: { ...READER, create: true, createFolders: true },
  Author: { ...READER, create: true },
  NoneditingAuthor: { ...READER, create: true },
  Reviewer: READER,
  Contributor: { ...NONE, create: true },
};

/**
 * What a person may do: everything in the own mailbox, elsewhere what the permissions of the folder give. To see what is private
 * is not a matter of folders: it is given to a delegate of the mailbox.
 */
export function rightsOf(store: Pick<MailboxStore, 'mailboxes'>, folder: FolderRecord, email: string): Rights {
  if (folder.mailbox === email) return ALL;
  const seesPrivate = store.mailboxes.get(folder.mailbox)?.privateFor?.includes(email) ?? false;
  return { ...rightsByPermission(folder, email), viewPrivate: seesPrivate };
}

function rightsByPermission(folder: FolderRecord, email: string): Rights {
  const permissions = permissionsOf(folder);
  const own = permissions.find((one) => textOf(childOf(one, 'UserId'), 'PrimarySmtpAddress')?.toLowerCase() === email);
  const fallback = permissions.find((one) => textOf(childOf(one, 'UserId'), 'DistinguishedUser') === 'Default');
  const permission = own ?? fallback;
  return permission === undefined ? NONE : rightsIn(permission);
}

function permissionsOf({ fields }: FolderRecord): readonly XmlElement[] {
  const set = fields.find(({ name }) => name === 'PermissionSet') ?? null;
  const calendar = childrenOf(childOf(set, 'CalendarPermissions'), 'CalendarPermission');
  return [...calendar, ...childrenOf(childOf(set, 'Permissions'), 'Permission')];
}

function rightsIn(permission: XmlElement): Rights {
  const level = textOf(permission, 'CalendarPermissionLevel') ?? textOf(permission, 'PermissionLevel') ?? 'None';
  if (level !== 'Custom') return LEVELS[level] ?? NONE;
  return {
    read: textOf(permission, 'ReadItems') === 'FullDetails',
    create: textOf(permission, 'CanCreateItems') === 'true',
    createFolders: textOf(permission, 'CanCreateSubFolders') === 'true',
    modify: textOf(permission, 'EditItems') === 'All',
    remove: textOf(permission, 'DeleteItems') === 'All',
    viewPrivate: false,
  };
}

export const effectiveRights = (rights: Rights): XmlElement =>
  element('EffectiveRights', [
    element('CreateAssociated', rights.create),
    element('CreateContents', rights.create),
    element('CreateHierarchy', rights.createFolders),
    element('Delete', rights.remove),
    element('Modify', rights.modify),
    element('Read', rights.read),
    element('ViewPrivateItems', rights.viewPrivate),
  ]);

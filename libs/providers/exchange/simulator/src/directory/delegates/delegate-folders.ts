import { changeFolder } from '../../mailbox/folder-moves';
import type { MailboxStore } from '../../mailbox/mailbox-store';
import type { FolderRecord } from '../../mailbox/records';
import { childOf, element, textOf, type XmlElement } from '../../wire/element';

/** Folders that a delegate is given rights to, by the element that names the level. */
export const DELEGATE_FOLDERS: readonly (readonly [level: string, folder: string])[] = [
  ['CalendarFolderPermissionLevel', 'calendar'],
  ['TasksFolderPermissionLevel', 'tasks'],
  ['InboxFolderPermissionLevel', 'inbox'],
  ['ContactsFolderPermissionLevel', 'contacts'],
  ['NotesFolderPermissionLevel', 'notes'],
  ['JournalFolderPermissionLevel', 'journal'],
];

const NAMED = new Set(['None', 'Editor', 'Reviewer', 'Author']);

interface Forms {
  readonly list: string;
  readonly entry: string;
  readonly level: string;
}

const PLAIN: Forms = { list: 'Permissions', entry: 'Permission', level: 'PermissionLevel' };
const CALENDAR: Forms = {
  list: 'CalendarPermissions',
  entry: 'CalendarPermission',
  level: 'CalendarPermissionLevel',
};

const formsOf = ({ kind }: FolderRecord): Forms => (kind === 'CalendarFolder' ? CALENDAR : PLAIN);

const entriesOf = ({ fields }: FolderRecord, { list }: Forms): readonly XmlElement[] =>
  childOf(fields.find(({ name }) => name === 'PermissionSet') ?? null, list)?.children ?? [];

const isFor = (entry: XmlElement, email: string): boolean =>
  textOf(childOf(entry, 'UserId'), 'PrimarySmtpAddress')?.toLowerCase() === email;

/** What somebody may do in a folder, as delegates are told it. */
export function levelIn(folder: FolderRecord, email: string): string {
  const forms = formsOf(folder);
  const entry = entriesOf(folder, forms).find((one) => isFor(one, email));
  if (entry === undefined) return 'None';
  const level = textOf(entry, forms.level) ?? 'None';
  return NAMED.has(level) ? level : 'Custom';
}

/** Gives somebody a level in a folder; null takes away what there is. */
export function setLevel(
  store: MailboxStore,
  folder: FolderRecord,
  { user, level }: { readonly user: { readonly email: string; readonly name: string }; readonly level: string | null },
): void {
  const forms = formsOf(folder);
  const others = entriesOf(folder, forms).filter((one) => !isFor(one, user.email));
  const userId = element('UserId', [element('PrimarySmtpAddress', user.email), element('DisplayName', user.name)]);
  const own = level === null ? [] : [element(forms.entry, [userId, element(forms.level, level)])];
  const set = element('PermissionSet', [element(forms.list, [...others, ...own])]);
  const fields = [...folder.fields.filter(({ name }) => name !== 'PermissionSet'), set];
  changeFolder(store, { ...folder, fields });
}

import { element, type XmlElement } from '../wire/element';
import { keyFor } from './ids';
import type { MailboxStore } from './mailbox-store';
import type { FolderKind, MailboxRecord } from './records';

interface Plan {
  /** A name of `DistinguishedFolderIdNameType`, or one of our own for folders that have none there. */
  readonly name: string;
  readonly parent: string | null;
  readonly displayName: string;
  readonly folderClass?: string;
  readonly kind?: FolderKind;
  /** Outlook and its kin do not show it (PidTagAttributeHidden). */
  readonly hidden?: boolean;
}

/** Folders that a mailbox of Exchange 2013 and later has from its first day, parents first. */
const PLANS: readonly Plan[] = [
  { name: 'root', parent: null, displayName: '' },
  { name: 'msgfolderroot', parent: 'root', displayName: 'Top of Information Store' },
  { name: 'searchfolders', parent: 'root', displayName: 'Finder' },
  { name: 'recoverableitemsroot', parent: 'root', displayName: 'Recoverable Items' },
  { name: 'recoverableitemsdeletions', parent: 'recoverableitemsroot', displayName: 'Deletions' },
  { name: 'recoverableitemsversions', parent: 'recoverableitemsroot', displayName: 'Versions' },
  { name: 'recoverableitemspurges', parent: 'recoverableitemsroot', displayName: 'Purges' },
  {
    name: 'todosearch',
    parent: 'root',
    displayName: 'To-Do Search',
    kind: 'SearchFolder',
    folderClass: 'Outlook.Reminder',
  },
  { name: 'inbox', parent: 'msgfolderroot', displayName: 'Inbox', folderClass: 'IPF.Note' },
  {
    name: 'calendar',
    parent: 'msgfolderroot',
    displayName: 'Calendar',
    folderClass: 'IPF.Appointment',
    kind: 'CalendarFolder',
  },
  {
    name: 'contacts',
    parent: 'msgfolderroot',
    displayName: 'Contacts',
    folderClass: 'IPF.Contact',
    kind: 'ContactsFolder',
  },
  { name: 'deleteditems', parent: 'msgfolderroot', displayName: 'Deleted Items', folderClass: 'IPF.Note' },
  { name: 'drafts', parent: 'msgfolderroot', displayName: 'Drafts', folderClass: 'IPF.Note' },
  { name: 'journal', parent: 'msgfolderroot', displayName: 'Journal', folderClass: 'IPF.Journal' },
  { name: 'junkemail', parent: 'msgfolderroot', displayName: 'Junk Email', folderClass: 'IPF.Note' },
  { name: 'notes', parent: 'msgfolderroot', displayName: 'Notes', folderClass: 'IPF.StickyNote' },
  { name: 'outbox', parent: 'msgfolderroot', displayName: 'Outbox', folderClass: 'IPF.Note' },
  { name: 'sentitems', parent: 'msgfolderroot', displayName: 'Sent Items', folderClass: 'IPF.Note' },
  { name: 'tasks', parent: 'msgfolderroot', displayName: 'Tasks', folderClass: 'IPF.Task', kind: 'TasksFolder' },
  {
    name: 'conversationhistory',
    parent: 'msgfolderroot',
    displayName: 'Conversation History',
    folderClass: 'IPF.Note',
  },
  { name: 'syncissues', parent: 'msgfolderroot', displayName: 'Sync Issues', folderClass: 'IPF.Note' },
  { name: 'conflicts', parent: 'syncissues', displayName: 'Conflicts', folderClass: 'IPF.Note' },
  { name: 'localfailures', parent: 'syncissues', displayName: 'Local Failures', folderClass: 'IPF.Note' },
  { name: 'serverfailures', parent: 'syncissues', displayName: 'Server Failures', folderClass: 'IPF.Note' },
  {
    name: 'recipientcache',
    parent: 'contacts',
    displayName: 'Recipient Cache',
    folderClass: 'IPF.Contact.RecipientCache',
    kind: 'ContactsFolder',
    hidden: true,
  },
  {
    name: 'quickcontacts',
    parent: 'contacts',
    displayName: '{06967759-274D-40B2-A3EB-D7F9E73727D7}',
    folderClass: 'IPF.Contact.MOC.QuickContacts',
    kind: 'ContactsFolder',
    hidden: true,
  },
  {
    name: 'imcontactlist',
    parent: 'contacts',
    displayName: '{A9E2BC46-B3A0-4243-B315-60D991004455}',
    folderClass: 'IPF.Contact.MOC.ImContactList',
    kind: 'ContactsFolder',
    hidden: true,
  },
];

const HIDDEN: XmlElement = element('ExtendedProperty', [
  element('ExtendedFieldURI', [], { PropertyTag: '0x10f4', PropertyType: 'Boolean' }),
  element('Value', 'true'),
]);

/** Adds a mailbox with all folders that it has from its first day; an address that is known is left as it is. */
export function addMailbox(store: MailboxStore, { email, displayName, created }: MailboxRecord): MailboxRecord {
  const address = email.toLowerCase();
  const known = store.mailboxes.get(address);
  if (known !== undefined) return known;
  for (const { name, parent, displayName: folderName, folderClass = '', kind = 'Folder', hidden = false } of PLANS) {
    const version = store.nextVersion();
    store.putFolder({
      key: keyFor(`${address} ${name}`),
      mailbox: address,
      parent: parent === null ? null : keyFor(`${address} ${parent}`),
      kind,
      distinguished: name,
      folderClass,
      displayName: folderName,
      fields: hidden ? [HIDDEN] : [],
      version,
      bornVersion: version,
    });
  }
  return store.mailboxes.set(address, { email: address, displayName, created });
}

import type { MailboxStore } from '../../mailbox/mailbox-store';
import type { MailboxRecord } from '../../mailbox/records';
import { EwsRefusal } from '../../soap/refusal';
import { childOf, element, textOf, type XmlElement } from '../../wire/element';
import type { DelegateRecord } from '../directory-book';
import { DELEGATE_FOLDERS, levelIn, setLevel } from './delegate-folders';

/**
 * The person that a `UserId` names.
 * @throws EwsRefusal ErrorDelegateNoUser, ErrorMissingUserIdInformation, ErrorDistinguishedUserNotSupported
 */
export function userNamed(store: MailboxStore, id: XmlElement | null): MailboxRecord {
  if (childOf(id, 'DistinguishedUser') !== null) {
    throw new EwsRefusal('ErrorDistinguishedUserNotSupported', 'Distinguished users cannot be delegates.');
  }
  const address = textOf(id, 'PrimarySmtpAddress')?.trim().toLowerCase() ?? '';
  if (address === '') throw new EwsRefusal('ErrorMissingUserIdInformation', 'The user is not named by an address.');
  const user = store.mailboxes.get(address);
  if (user === undefined) throw new EwsRefusal('ErrorDelegateNoUser', 'The delegate does not map to a user.');
  return user;
}

/** `DelegateUser` as answers hold it. */
export function delegateUser(
  store: MailboxStore,
  { owner, withPermissions }: { readonly owner: string; readonly withPermissions: boolean },
  { email, getsMeetingCopies, seesPrivate }: DelegateRecord,
): XmlElement {
  const levels = DELEGATE_FOLDERS.flatMap(([name, distinguished]) => {
    const folder = store.distinguished(owner, distinguished);
    return folder === undefined ? [] : [element(name, levelIn(folder, email))];
  });
  return element('DelegateUser', [
    element('UserId', [
      element('PrimarySmtpAddress', email),
      element('DisplayName', store.mailboxes.get(email)?.displayName ?? email),
    ]),
    withPermissions ? element('DelegatePermissions', levels) : null,
    element('ReceiveCopiesOfMeetingMessages', getsMeetingCopies),
    element('ViewPrivateItems', seesPrivate),
  ]);
}

/** What a request says of a delegate; what it leaves out stays as it was. */
export function delegateAsGiven(given: XmlElement, before: DelegateRecord): DelegateRecord {
  const flag = (name: string, otherwise: boolean): boolean => {
    const text = textOf(given, name);
    return text === null ? otherwise : text === 'true';
  };
  return {
    email: before.email,
    getsMeetingCopies: flag('ReceiveCopiesOfMeetingMessages', before.getsMeetingCopies),
    seesPrivate: flag('ViewPrivateItems', before.seesPrivate),
  };
}

/** @throws EwsRefusal ErrorInvalidDelegatePermission for a level that is only ever told, never set */
export function checkLevels(given: XmlElement): void {
  const levels = childOf(given, 'DelegatePermissions')?.children ?? [];
  if (levels.every(({ text }) => text !== 'Custom')) return;
  throw new EwsRefusal('ErrorInvalidDelegatePermission', 'The permission level Custom cannot be set.');
}

/** Gives a delegate the levels that a request names. */
export function grantLevels(store: MailboxStore, owner: string, { given, user }: Granting): void {
  for (const [name, distinguished] of DELEGATE_FOLDERS) {
    const level = textOf(childOf(given, 'DelegatePermissions'), name);
    const folder = store.distinguished(owner, distinguished);
    if (level === null || folder === undefined) continue;
    const named = { email: user.email, name: user.displayName };
    setLevel(store, folder, { user: named, level: level === 'None' ? null : level });
  }
}

interface Granting {
  readonly given: XmlElement;
  readonly user: MailboxRecord;
}

/** Takes every level away from a delegate. */
export function withdrawLevels(store: MailboxStore, owner: string, user: MailboxRecord): void {
  for (const [, distinguished] of DELEGATE_FOLDERS) {
    const folder = store.distinguished(owner, distinguished);
    if (folder === undefined || levelIn(folder, user.email) === 'None') continue;
    setLevel(store, folder, { user: { email: user.email, name: user.displayName }, level: null });
  }
}

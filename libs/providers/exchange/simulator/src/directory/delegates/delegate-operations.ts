import type { MailboxRecord } from '../../mailbox/records';
import { accessDenied, noMailbox } from '../../mailbox/refusals';
import type { Call, Operation, Operations } from '../../soap/operation';
import { EwsRefusal } from '../../soap/refusal';
import { childOf, element, textOf, type XmlElement } from '../../wire/element';
import type { DirectorySurroundings } from '../directory-around';
import type { DelegateRecord, DelegatesRecord } from '../directory-book';
import { checkLevels, delegateAsGiven, delegateUser, grantLevels, userNamed, withdrawLevels } from './delegate-user';

/** Operations on the delegates of the own mailbox: what they may do is what the permissions of its folders say. */
export function delegateOperations(around: DirectorySurroundings): Operations {
  return {
    GetDelegate: getDelegate(around),
    AddDelegate: putDelegates(around, { name: 'AddDelegate', isNew: true }),
    UpdateDelegate: putDelegates(around, { name: 'UpdateDelegate', isNew: false }),
    RemoveDelegate: removeDelegates(around),
  };
}

/** @throws EwsRefusal ErrorNonExistentMailbox, ErrorAccessDenied */
function ownerOf({ store }: DirectorySurroundings, request: XmlElement, { mailbox }: Call): string {
  const email = textOf(childOf(request, 'Mailbox'), 'EmailAddress')?.trim().toLowerCase() ?? '';
  if (!store.mailboxes.has(email)) throw noMailbox();
  if (email !== mailbox) throw accessDenied();
  return email;
}

/** One message for each delegate; the answer as such succeeds whatever becomes of them. */
function answerOf<T>(
  name: string,
  parts: readonly T[],
  { each, content = [] }: { readonly each: (part: T) => XmlElement | null; readonly content?: readonly XmlElement[] },
): XmlElement {
  const messages = parts.map((part) => {
    try {
      return element('DelegateUserResponseMessageType', [element('ResponseCode', 'NoError'), each(part)], {
        ResponseClass: 'Success',
      });
    } catch (error) {
      if (!(error instanceof EwsRefusal)) throw error;
      return element(
        'DelegateUserResponseMessageType',
        [
          element('MessageText', error.message),
          element('ResponseCode', error.responseCode),
          element('DescriptiveLinkKey', 0),
        ],
        { ResponseClass: 'Error' },
      );
    }
  });
  const list = messages.length === 0 ? null : element('ResponseMessages', messages);
  return element(`${name}Response`, [element('ResponseCode', 'NoError'), list, ...content], {
    ResponseClass: 'Success',
  });
}

function getDelegate(around: DirectorySurroundings): Operation {
  return (request, call) => {
    const owner = ownerOf(around, request, call);
    const { delegates, deliverMeetingRequests } = around.book.delegatesOf(owner);
    const withPermissions = request.attributes['IncludePermissions'] === 'true';
    const asked = childOf(request, 'UserIds')?.children ?? null;
    const shown = (delegate: DelegateRecord): XmlElement =>
      delegateUser(around.store, { owner, withPermissions }, delegate);
    const content = [element('DeliverMeetingRequests', deliverMeetingRequests)];
    if (asked === null) return answerOf('GetDelegate', delegates, { each: shown, content });
    const each = (id: XmlElement): XmlElement => shown(known(delegates, userNamed(around.store, id)));
    return answerOf('GetDelegate', asked, { each, content });
  };
}

/** @throws EwsRefusal ErrorNotDelegate */
function known(delegates: readonly DelegateRecord[], { email }: MailboxRecord): DelegateRecord {
  const found = delegates.find((one) => one.email === email);
  if (found === undefined) throw new EwsRefusal('ErrorNotDelegate', 'The user is not a delegate for the mailbox.');
  return found;
}

interface Putting {
  readonly name: string;
  readonly isNew: boolean;
}

function putDelegates(around: DirectorySurroundings, { name, isNew }: Putting): Operation {
  return (request, call) => {
    const owner = ownerOf(around, request, call);
    const deliver = textOf(request, 'DeliverMeetingRequests');
    const before = around.book.delegatesOf(owner);
    if (deliver !== null) around.book.setDelegates(owner, { ...before, deliverMeetingRequests: deliver });
    return answerOf(name, childOf(request, 'DelegateUsers')?.children ?? [], {
      each: (given) => putDelegate(around, { owner, given, isNew }),
    });
  };
}

/** Who sees what is private is also said where the rights in folders are judged. */
function setDelegates(
  { store, book }: Pick<DirectorySurroundings, 'store' | 'book'>,
  owner: string,
  all: DelegatesRecord,
): void {
  book.setDelegates(owner, all);
  const mailbox = store.mailboxes.get(owner);
  const privateFor = all.delegates.filter(({ seesPrivate }) => seesPrivate).map(({ email }) => email);
  if (mailbox !== undefined) store.mailboxes.set(owner, { ...mailbox, privateFor });
}

interface Given {
  readonly owner: string;
  readonly given: XmlElement;
  readonly isNew: boolean;
}

/** @throws EwsRefusal ErrorDelegateAlreadyExists, ErrorDelegateCannotAddOwner, ErrorNotDelegate, and as {@link userNamed} */
function putDelegate({ store, book }: DirectorySurroundings, { owner, given, isNew }: Given): XmlElement {
  const user = userNamed(store, childOf(given, 'UserId'));
  const { email } = user;
  if (email === owner) throw new EwsRefusal('ErrorDelegateCannotAddOwner', 'The owner cannot be a delegate.');
  const all = book.delegatesOf(owner);
  if (isNew && all.delegates.some((one) => one.email === email)) {
    throw new EwsRefusal('ErrorDelegateAlreadyExists', 'The user is already a delegate for the mailbox.');
  }
  checkLevels(given);
  const before = isNew ? { email, getsMeetingCopies: false, seesPrivate: false } : known(all.delegates, user);
  const delegate = delegateAsGiven(given, before);
  const others = all.delegates.filter((one) => one.email !== email);
  setDelegates({ store, book }, owner, { ...all, delegates: [...others, delegate] });
  grantLevels(store, owner, { given, user });
  return delegateUser(store, { owner, withPermissions: true }, delegate);
}

function removeDelegates(around: DirectorySurroundings): Operation {
  return (request, call) => {
    const owner = ownerOf(around, request, call);
    return answerOf('RemoveDelegate', childOf(request, 'UserIds')?.children ?? [], {
      each: (id) => {
        const user = userNamed(around.store, id);
        const all = around.book.delegatesOf(owner);
        known(all.delegates, user);
        const delegates = all.delegates.filter(({ email }) => email !== user.email);
        setDelegates(around, owner, { ...all, delegates });
        withdrawLevels(around.store, owner, user);
        return null;
      },
    });
  };
}

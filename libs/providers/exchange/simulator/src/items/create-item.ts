import type { FolderRecord, ItemRecord } from '../mailbox/records';
import { folderNotFound } from '../mailbox/refusals';
import { targetFolder } from '../mailbox/named-folders';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';
import { deliver, sentFields } from './deliver';
import type { ItemSurroundings } from './item-around';
import { checkSettable, normalFields } from './item-fields';
import { homeOf, isMessage, itemType } from './item-kinds';
import { itemId } from './named-items';
import type { Fields } from './places';
import { isReply, replyFields } from './reply';
import { storeItem } from './store-item';
import { preparedTask } from './task-view';

/** `CreateItem`: one response message for each item. */
export function createItem(around: ItemSurroundings): Operation {
  return (request, call) =>
    messageForEach('CreateItem', childOf(request, 'Items')?.children ?? [], (given) => {
      const creating: Creating = {
        around,
        call,
        request,
        disposition: request.attributes['MessageDisposition'] ?? null,
      };
      return [element('Items', created(given, creating))];
    });
}

interface Creating {
  readonly around: ItemSurroundings;
  readonly call: Call;
  readonly request: XmlElement;
  readonly disposition: string | null;
}

function created(given: XmlElement, creating: Creating): readonly XmlElement[] {
  const { around, call, disposition } = creating;
  if (isReply(given.name)) {
    const kind = given.name === 'PostReplyItem' ? 'PostItem' : 'Message';
    return message(element(kind, replyFields(around, given, call)), creating);
  }
  if (given.name === 'SuppressReadReceipt') return [];
  if (itemType(given.name) === null) return around.meetings.answer(given, call, disposition ?? 'SaveOnly');
  checkSettable(given.children, given.name);
  if (given.name === 'CalendarItem') return [calendarItem(given, creating)];
  if (isMessage(given.name)) return message(given, creating);
  const fields = normalFields(given.children, given.name, { calendar: around.calendar, call });
  const prepared =
    given.name === 'Task'
      ? preparedTask(
          fields,
          fields.map(({ name }) => name),
          call.now,
        )
      : fields;
  return [stored(given.name, prepared, creating)];
}

/** Where a new item goes. @throws EwsRefusal when no folder, or a folder of another kind, is named */
function folderFor(kind: string, { around: { store }, call, request }: Creating, fallback?: string): FolderRecord {
  const { folder, only, refusal } = homeOf(kind);
  const named = childOf(request, 'SavedItemFolderId');
  const home = store.distinguished(call.mailbox, fallback ?? folder);
  if (named === null && home === undefined) throw folderNotFound();
  const target = named === null || home === undefined ? home : targetFolder(store, named, { call, need: 'create' });
  if (target === undefined) throw folderNotFound();
  if (target.kind === 'SearchFolder' || (only !== null && target.kind !== only)) {
    throw new EwsRefusal(refusal, 'Items of this kind cannot be created in the folder.');
  }
  return target;
}

const answered = ({ around }: Creating, item: ItemRecord): XmlElement =>
  element(item.kind, [itemId(around, { item, day: null })]);

function stored(kind: string, fields: Fields, creating: Creating): XmlElement {
  const folder = folderFor(kind, creating);
  return answered(creating, storeItem(creating.around, { folder, kind, fields }, creating.call));
}

function calendarItem(given: XmlElement, creating: Creating): XmlElement {
  const { around, call, request } = creating;
  const how = request.attributes['SendMeetingInvitations'];
  if (how === undefined) {
    const message = 'SendMeetingInvitations attribute is required for calendar items.';
    throw new EwsRefusal('ErrorSendMeetingInvitationsRequired', message);
  }
  const folder = folderFor(given.name, creating);
  const mailbox = around.store.mailboxes.get(folder.mailbox);
  if (mailbox === undefined) throw folderNotFound();
  const fields = normalFields(given.children, given.name, { calendar: around.calendar, call });
  const sent = fields.map(({ name }) => name);
  const prepared = around.calendar.prepare({ fields, sent }, null, { mailbox, call });
  const item = storeItem(around, { folder, kind: given.name, ...prepared }, call);
  around.meetings.created({ item, day: null }, how, call);
  // The meeting desk may have written to it (that invitations were sent): its id tells of the newest version.
  return answered(creating, around.store.items.get(item.key) ?? item);
}

function message(given: XmlElement, creating: Creating): readonly XmlElement[] {
  const { around, call, disposition } = creating;
  if (disposition === null && given.name !== 'PostItem') {
    const text = 'MessageDisposition attribute is required for messages.';
    throw new EwsRefusal('ErrorMessageDispositionRequired', text);
  }
  const fields = normalFields(given.children, given.name, { calendar: around.calendar, call });
  if (disposition === 'SaveOnly' || disposition === null) {
    const defaults = [element('IsDraft', true), element('IsRead', true)];
    const own = new Set(fields.map(({ name }) => name));
    return [stored(given.name, [...fields, ...defaults.filter(({ name }) => !own.has(name))], creating)];
  }
  const sent = sentFields(around, fields, call);
  deliver(around, { kind: given.name, fields: sent }, call);
  if (disposition === 'SendOnly') return [];
  const folder = folderFor(given.name, creating, 'sentitems');
  storeItem(around, { folder, kind: given.name, fields: sent }, call);
  // Exchange answers no ids of messages that it sends: they are on their way.
  return [];
}

import { effectiveRights, rightsOf } from '../mailbox/access';
import { changeKeyOf, idOf } from '../mailbox/ids';
import type { AttachmentRecord, ItemRecord } from '../mailbox/records';
import { itemNotFound } from '../mailbox/refusals';
import type { Call } from '../soap/operation';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import { wholeContact } from './contact-view';
import type { ItemSurroundings } from './item-around';
import { classOf, isMessage } from './item-kinds';
import { displayOf, wholeMessage } from './message-view';
import type { MeetingTarget } from './meeting-desk';
import { contextOf, itemId, keptOf } from './named-items';
import type { Fields } from './places';
import { isMasked, masked } from './private-items';
import { wholeTask } from './task-view';

/** Epoch milliseconds as Exchange writes them: UTC, whole seconds. */
export const timeText = (instant: number): string => new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** An item, or one occurrence, with everything that can be asked of it except its MIME form. */
export function wholeItem(around: ItemSurroundings, target: MeetingTarget, call: Call): XmlElement {
  const { item } = target;
  const folder = around.store.folders.get(item.folder);
  if (folder === undefined) throw itemNotFound();
  const rights = rightsOf(around.store, folder, call.mailbox);
  const own = ownFields(around, target, call);
  const computed = [
    itemId(around, target),
    element('ParentFolderId', [], { Id: idOf('folder', folder.key), ChangeKey: changeKeyOf('folder', folder.version) }),
    ...attachmentFields(around, item),
    ...timesOf(item),
    effectiveRights(rights),
    element('IsAssociated', item.associated),
    element('LastModifiedName', around.store.mailboxes.get(item.modifiedBy)?.displayName ?? item.modifiedBy),
    element('InstanceKey', Buffer.from(item.key).toString('base64')),
    ...linksOf(item),
  ];
  const whole = element(item.kind, over(withDefaults(item, own), computed));
  return isMasked(whole, rights) ? masked(whole) : whole;
}

/** Fields laid over others: what is computed counts. */
const over = (fields: Fields, computed: readonly (XmlElement | null)[]): XmlElement[] => {
  const given = computed.filter((one): one is XmlElement => one !== null);
  const names = new Set(given.map(({ name }) => name));
  return [...fields.filter(({ name }) => !names.has(name)), ...given];
};

function ownFields(around: ItemSurroundings, { item, day }: MeetingTarget, call: Call): Fields {
  const { kind, fields } = item;
  if (kind === 'CalendarItem') {
    const context = contextOf(around, item, call);
    if (day === null) return around.calendar.whole(keptOf(item), context);
    return around.calendar.occurrence(keptOf(item), day, context);
  }
  if (kind === 'Contact') return wholeContact(fields);
  if (kind === 'Task') return wholeTask(fields, around.store.mailboxes.get(item.mailbox)?.displayName ?? item.mailbox);
  return isMessage(kind) ? wholeMessage(fields, item.key) : fields;
}

function withDefaults({ kind, created }: ItemRecord, fields: Fields): Fields {
  const whole = element(kind, fields);
  const to = childOf(whole, 'ToRecipients') ?? childOf(whole, 'RequiredAttendees');
  const cc = childOf(whole, 'CcRecipients') ?? childOf(whole, 'OptionalAttendees');
  const defaults = [
    element('ItemClass', classOf(kind)),
    element('Sensitivity', 'Normal'),
    element('Importance', 'Normal'),
    element('IsSubmitted', false),
    element('IsDraft', false),
    element('IsFromMe', false),
    element('IsResend', false),
    element('IsUnmodified', false),
    element('ReminderIsSet', false),
    element('ReminderMinutesBeforeStart', 0),
    element('DateTimeReceived', timeText(created)),
    element('DateTimeSent', timeText(created)),
    element('DisplayTo', displayOf(to)),
    element('DisplayCc', displayOf(cc)),
    element('Culture', 'en-US'),
  ];
  const own = new Set(fields.map(({ name }) => name));
  return [...fields, ...defaults.filter(({ name }) => !own.has(name))];
}

const timesOf = ({ created, modified }: ItemRecord): XmlElement[] => [
  element('DateTimeCreated', timeText(created)),
  element('LastModifiedTime', timeText(modified)),
];

function linksOf({ key, kind }: ItemRecord): XmlElement[] {
  const id = encodeURIComponent(idOf('item', key));
  const form = (action: string): string => `?ItemID=${id}&exvsurl=1&viewmodel=${kind}&action=${action}`;
  return [element('WebClientReadFormQueryString', form('read')), element('WebClientEditFormQueryString', form('edit'))];
}

function attachmentFields(around: ItemSurroundings, item: ItemRecord): XmlElement[] {
  const attachments = around.store.attachmentsOf(item.key);
  const bytes = sizeOf(item.fields) + attachments.reduce((sum, one) => sum + sizeOf(one.fields), 0);
  const listed = attachments.map(listedAttachment);
  const visible = attachments.filter(({ fields }) => textOf(element('', fields), 'IsInline') !== 'true');
  return [
    element('Size', Math.min(bytes, 2 ** 31 - 1)),
    element('HasAttachments', visible.length > 0),
    ...(listed.length === 0 ? [] : [element('Attachments', listed)]),
  ];
}

const EMPTY_SIZE = 300;

function sizeOf(fields: Fields): number {
  const size = ({ text, children }: XmlElement): number =>
    text.length + children.reduce((sum, one) => sum + size(one), 20);
  return fields.reduce((sum, field) => sum + size(field), EMPTY_SIZE);
}

export const attachmentId = ({ key }: AttachmentRecord): XmlElement =>
  element('AttachmentId', [], { Id: idOf('attachment', key) });

/** What an item says of an attachment: everything but its content. */
export function listedAttachment(attachment: AttachmentRecord): XmlElement {
  const described = new Set(['Name', 'ContentType', 'ContentId', 'ContentLocation', 'IsInline', 'IsContactPhoto']);
  const own = attachment.fields.filter(({ name }) => described.has(name));
  const content = attachment.fields.find(({ name }) => name === 'Content')?.text.length ?? 0;
  const isInline = own.some(({ name }) => name === 'IsInline');
  return element(attachment.kind, [
    attachmentId(attachment),
    ...own,
    element('Size', Math.floor((content * 3) / 4)),
    element('LastModifiedTime', timeText(attachment.modified)),
    isInline ? null : element('IsInline', false),
  ]);
}

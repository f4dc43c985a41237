import { changeKeyOf, idOf, readId } from '../mailbox/ids';
import type { AttachmentRecord, ItemRecord } from '../mailbox/records';
import type { Rights } from '../mailbox/access';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';
import type { ItemSurroundings } from './item-around';
import { attachmentId, listedAttachment } from './item-view';
import { itemNamed } from './named-items';
import { attachmentOf, changeItem } from './store-item';

/** Of one attachment, in signs of base64: servers take 25 MB unless told otherwise. */
const MOST_CONTENT = Math.ceil((25 * 1024 * 1024 * 4) / 3);

/** `CreateAttachment`: one response message for each attachment; the id of the item's new version comes with it. */
export function createAttachment(around: ItemSurroundings): Operation {
  return (request, call) => {
    const parent = childOf(request, 'ParentItemId') ?? element('ParentItemId');
    const { item } = itemNamed(around, { ...parent, name: 'ItemId' }, { call, need: 'modify' });
    return messageForEach('CreateAttachment', childOf(request, 'Attachments')?.children ?? [], (given) => {
      if ((childOf(given, 'Content')?.text.length ?? 0) > MOST_CONTENT) {
        throw new EwsRefusal('ErrorAttachmentSizeLimitExceeded', 'The attachment is too large.');
      }
      const { store } = around;
      const attachment = store.putAttachment(
        attachmentOf(given, { key: store.keys.next(), item: item.key, now: call.now }),
      );
      const root = touched(around, item.key, call);
      return [element('Attachments', [element(attachment.kind, [withRoot(attachmentId(attachment), root)])])];
    });
  };
}

/** A new version of an item whose attachments are others. */
function touched(around: ItemSurroundings, key: string, call: Call): ItemRecord {
  const item = around.store.items.get(key);
  if (item === undefined) throw notFound();
  return changeItem(around, item, { change: { ...item, onlyReadFlag: false }, call });
}

const rootAttributes = ({ key, version }: ItemRecord): Readonly<Record<string, string>> => ({
  RootItemId: idOf('item', key),
  RootItemChangeKey: changeKeyOf('item', version),
});

const withRoot = (id: XmlElement, root: ItemRecord): XmlElement => ({
  ...id,
  attributes: { ...id.attributes, ...rootAttributes(root) },
});

const notFound = (): EwsRefusal => new EwsRefusal('ErrorInvalidAttachmentId', 'The attachment was not found.');

/** `GetAttachment`: one response message for each id, contents included. */
export function getAttachment(around: ItemSurroundings): Operation {
  return (request, call) =>
    messageForEach('GetAttachment', childOf(request, 'AttachmentIds')?.children ?? [], (id) => {
      const { attachment } = named(around, id, { call, need: 'read' });
      const listed = listedAttachment(attachment);
      const names = new Set(listed.children.map(({ name }) => name));
      const rest = attachment.fields.filter(({ name }) => !names.has(name));
      return [element('Attachments', [{ ...listed, children: [...listed.children, ...rest] }])];
    });
}

/** `DeleteAttachment`: one response message for each id, with the id of the item's new version. */
export function deleteAttachment(around: ItemSurroundings): Operation {
  return (request, call) =>
    messageForEach('DeleteAttachment', childOf(request, 'AttachmentIds')?.children ?? [], (id) => {
      const { attachment, item } = named(around, id, { call, need: 'modify' });
      around.store.removeAttachment(attachment);
      return [element('RootItemId', [], rootAttributes(touched(around, item.key, call)))];
    });
}

function named(
  around: ItemSurroundings,
  id: XmlElement,
  asking: { readonly call: Call; readonly need: keyof Rights },
): { readonly attachment: AttachmentRecord; readonly item: ItemRecord } {
  const name = readId(id.attributes['Id'] ?? '');
  const attachment = name?.kind === 'attachment' ? around.store.attachments.get(name.key) : undefined;
  if (attachment === undefined) throw notFound();
  const parent = element('ItemId', [], { Id: idOf('item', attachment.item) });
  return { attachment, item: itemNamed(around, parent, asking).item };
}

import type { Call, Operation } from '../soap/operation';
import { messageForEach } from '../soap/response-messages';
import { childOf, element, type XmlElement } from '../wire/element';
import { itemAnswer } from './item-answer';
import type { ItemSurroundings } from './item-around';
import { readItemShape } from './item-shape';
import { itemsNamed } from './named-items';

/** `GetItem`: one response message for each id. */
export function getItem(around: ItemSurroundings): Operation {
  return (request, call) => {
    const shape = readItemShape(childOf(request, 'ItemShape'));
    return messageForEach('GetItem', childOf(request, 'ItemIds')?.children ?? [], (id) => {
      const targets = itemsNamed(around, id, { call, need: 'read' });
      const items = targets.map((target) => itemAnswer(around, target, { shape, isList: false, call }));
      noteServed(around, items, call);
      return [element('Items', items)];
    });
  };
}

/** Notes which versions an answer holds. */
export function noteServed({ served }: ItemSurroundings, items: readonly XmlElement[], call: Call): void {
  const rows = items.flatMap((item) => {
    const id = childOf(item, 'ItemId');
    return id === null ? [] : [{ id: id.attributes['Id'] ?? '', etag: id.attributes['ChangeKey'] ?? '' }];
  });
  if (rows.length > 0) served(call.mailbox, rows);
}

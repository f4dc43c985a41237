import type { ItemRecord } from '../mailbox/records';
import type { Call } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import type { ItemSurroundings } from './item-around';
import type { Fields } from './places';
import { storeItem } from './store-item';
import { timeText } from './item-view';

const LISTS = ['ToRecipients', 'CcRecipients', 'BccRecipients'];

/** A mailbox as messages name it: `Mailbox` in an element of this name. */
export function mailboxElement({ store }: ItemSurroundings, email: string, name: string): XmlElement {
  return element(name, [
    element('Mailbox', [
      element('Name', store.mailboxes.get(email)?.displayName ?? email),
      element('EmailAddress', email),
      element('RoutingType', 'SMTP'),
    ]),
  ]);
}

/** Fields of a message that is being sent: from whom and when. */
export function sentFields(around: ItemSurroundings, fields: Fields, call: Call): Fields {
  const set = new Set(['Sender', 'IsDraft', 'IsSubmitted', 'DateTimeSent', 'IsRead']);
  const hasFrom = fields.some(({ name }) => name === 'From');
  return [
    ...fields.filter(({ name }) => !set.has(name)),
    mailboxElement(around, call.mailbox, 'Sender'),
    ...(hasFrom ? [] : [mailboxElement(around, call.mailbox, 'From')]),
    element('IsDraft', false),
    element('DateTimeSent', timeText(call.now)),
    element('IsRead', true),
  ];
}

/**
 * Sends a message: a copy lands in the inbox of each recipient who has a mailbox here.
 * @throws EwsRefusal ErrorInvalidRecipients without any recipient
 */
export function deliver(around: ItemSurroundings, message: Pick<ItemRecord, 'kind' | 'fields'>, call: Call): void {
  const whole = element(message.kind, message.fields);
  const addresses = [...new Set(LISTS.flatMap((list) => addressesIn(childOf(whole, list))))];
  if (addresses.length === 0) {
    throw new EwsRefusal('ErrorInvalidRecipients', 'At least one recipient is needed.');
  }
  const received = message.fields.filter(({ name }) => !['BccRecipients', 'IsRead', 'DateTimeReceived'].includes(name));
  for (const to of addresses) {
    around.sent({ from: call.mailbox, to, subject: textOf(whole, 'Subject') ?? '' });
    const folder = around.store.distinguished(to, 'inbox');
    if (folder === undefined) continue;
    const fields = [...received, element('IsRead', false), element('DateTimeReceived', timeText(call.now))];
    const item = storeItem(around, { folder, kind: message.kind, fields }, call);
    around.store.tell({ kind: 'NewMail', item });
  }
}

const addressesIn = (list: XmlElement | null): readonly string[] =>
  (list?.children ?? []).flatMap((mailbox) => {
    const address = textOf(mailbox, 'EmailAddress')?.trim().toLowerCase();
    return address === undefined || address === '' ? [] : [address];
  });

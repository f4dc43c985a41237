import { itemNotFound } from '../mailbox/refusals';
import type { Call } from '../soap/operation';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import { bodyIn } from './body-text';
import type { ItemSurroundings } from './item-around';
import { wholeItem } from './item-view';
import { itemNamed } from './named-items';
import type { Fields } from './places';

const PREFIXES: Readonly<Record<string, string>> = {
  ReplyToItem: 'RE: ',
  ReplyAllToItem: 'RE: ',
  ForwardItem: 'FW: ',
  PostReplyItem: 'RE: ',
};

/** Whether an element of `CreateItem` answers a message with another one. */
export const isReply = (name: string): boolean => Object.hasOwn(PREFIXES, name);

/** Fields of the message that a `ReplyToItem`, `ReplyAllToItem` or `ForwardItem` makes. @throws EwsRefusal when there is nothing to answer */
export function replyFields(around: ItemSurroundings, reply: XmlElement, call: Call): Fields {
  const reference = childOf(reply, 'ReferenceItemId');
  if (reference === null) throw itemNotFound();
  const original = wholeItem(around, itemNamed(around, { ...reference, name: 'ItemId' }, { call, need: 'read' }), call);
  const subject = textOf(original, 'Subject') ?? '';
  const prefix = PREFIXES[reply.name] ?? '';
  const written = childOf(reply, 'NewBodyContent') ?? childOf(reply, 'Body');
  const given = reply.children.filter(({ name }) => !['ReferenceItemId', 'NewBodyContent', 'Body'].includes(name));
  const made = [
    element('Subject', subject.startsWith(prefix) ? subject : `${prefix}${subject}`),
    joinedBody(written, childOf(original, 'Body')),
    ...recipients(reply.name, original, call.mailbox),
  ];
  const own = new Set(given.map(({ name }) => name));
  return [...given, ...made.filter(({ name }) => !own.has(name))];
}

function joinedBody(written: XmlElement | null, original: XmlElement | null): XmlElement {
  const type = written?.attributes['BodyType'] ?? original?.attributes['BodyType'] ?? 'Text';
  const quoted = bodyIn(original, type, null)?.text ?? '';
  const line = type === 'HTML' ? '<hr>' : '\r\n________________________________\r\n';
  return element('Body', `${written?.text ?? ''}${line}${quoted}`, { BodyType: type });
}

function recipients(kind: string, original: XmlElement, own: string): XmlElement[] {
  if (kind === 'ForwardItem' || kind === 'PostReplyItem') return [];
  const from = childOf(childOf(original, 'From'), 'Mailbox');
  const others = kind === 'ReplyAllToItem' ? (childOf(original, 'ToRecipients')?.children ?? []) : [];
  const copies = kind === 'ReplyAllToItem' ? (childOf(original, 'CcRecipients')?.children ?? []) : [];
  const foreign = (one: XmlElement): boolean => textOf(one, 'EmailAddress')?.toLowerCase() !== own;
  return [
    element('ToRecipients', [from, ...others.filter(foreign)]),
    ...(copies.length === 0 ? [] : [element('CcRecipients', copies.filter(foreign))]),
  ];
}

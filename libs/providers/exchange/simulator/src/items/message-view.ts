import { createHash } from 'node:crypto';
import { childOf, element, textOf, type XmlElement } from '../wire/element';
import type { Fields } from './places';

/** What the server adds to a message; `key` makes ids that stay the same. */
export function wholeMessage(fields: Fields, key: string): Fields {
  const own = new Set(fields.map(({ name }) => name));
  const topic = topicOf(textOf(element('Message', fields), 'Subject') ?? '');
  const defaults = [
    element('IsRead', true),
    element('IsReadReceiptRequested', false),
    element('IsDeliveryReceiptRequested', false),
    element('IsResponseRequested', false),
    element('ConversationTopic', topic),
    element('ConversationIndex', hash(`index ${topic}`).toString('base64')),
    element('ConversationId', [], { Id: `AAQkADQ2ZGI3${hash(`conversation ${topic}`).toString('base64')}` }),
    element('InternetMessageId', `<${hash(key).toString('hex')}@exchange.example>`),
  ];
  return [...fields, ...defaults.filter(({ name }) => !own.has(name))];
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 24);

/** The subject without `RE:` and its kin. */
const topicOf = (subject: string): string => subject.replace(/^(?:(?:re|fw|fwd|aw|wg):\s{0,9}){1,9}/i, '');

/** Names of recipients in one line, as `DisplayTo` has them. */
export function displayOf(recipients: XmlElement | null): string {
  const mailboxes = recipients?.children.map((one) => childOf(one, 'Mailbox') ?? one) ?? [];
  return mailboxes.map((one) => textOf(one, 'Name') ?? textOf(one, 'EmailAddress') ?? '').join('; ');
}

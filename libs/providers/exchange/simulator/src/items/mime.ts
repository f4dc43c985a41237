import { childOf, element, textOf, type XmlElement } from '../wire/element';

/** A plain message of an item: headers and body, without attachments. `MimeContent` holds it in base64. */
export function mimeOf(whole: XmlElement): XmlElement {
  const body = childOf(whole, 'Body');
  const type = body?.attributes['BodyType'] === 'HTML' ? 'text/html' : 'text/plain';
  const sent = Date.parse(textOf(whole, 'DateTimeSent') ?? '');
  const headers = [
    ['From', mailboxes(childOf(whole, 'From') ?? childOf(whole, 'Organizer'))],
    ['To', mailboxes(childOf(whole, 'ToRecipients'))],
    ['Cc', mailboxes(childOf(whole, 'CcRecipients'))],
    ['Subject', encoded(textOf(whole, 'Subject') ?? '')],
    ['Message-ID', textOf(whole, 'InternetMessageId') ?? ''],
    ['Date', Number.isNaN(sent) ? '' : new Date(sent).toUTCString().replace('GMT', '+0000')],
    ['MIME-Version', '1.0'],
    ['Content-Type', `${type}; charset="utf-8"`],
    ['Content-Transfer-Encoding', 'base64'],
  ] as const;
  const lines = headers.flatMap(([name, text]) => (text === '' ? [] : [`${name}: ${text.replace(/[\r\n]/g, ' ')}`]));
  const content = Buffer.from(body?.text ?? '')
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  const mime = `${lines.join('\r\n')}\r\n\r\n${content}\r\n`;
  return element('MimeContent', Buffer.from(mime).toString('base64'), { CharacterSet: 'UTF-8' });
}

function mailboxes(list: XmlElement | null): string {
  const texts = (list?.children ?? []).map((mailbox) => {
    const address = textOf(mailbox, 'EmailAddress') ?? '';
    const name = textOf(mailbox, 'Name') ?? '';
    return name === '' ? address : `${encoded(name)} <${address}>`;
  });
  return texts.join(', ');
}

/** A header's text; what is not ASCII goes as an encoded word (RFC 2047). */
const encoded = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

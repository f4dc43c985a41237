import { element, type XmlElement } from '../wire/element';
import { escapeText } from '../wire/write-xml';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** The words of HTML, a line for each block. Takes time in proportion to the text, whatever it holds. */
export function textOfHtml(html: string): string {
  return withAddresses(withoutBlocks(html))
    .replace(/>(?:\r?\n)+/g, '>')
    .replace(/\r?\n/g, ' ')
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^<>]*>/gi, '\r\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => signOf(name) ?? whole)
    .trim();
}

/** HTML without what holds no words; a block that does not end takes the rest with it. */
function withoutBlocks(html: string): string {
  const lower = html.toLowerCase();
  const starts = /<(style|script|head)\b/g;
  const kept: string[] = [];
  let from = 0;
  for (let start = starts.exec(lower); start !== null; start = starts.exec(lower)) {
    const end = lower.indexOf(`</${start[1] ?? ''}`, start.index);
    const close = end < 0 ? -1 : lower.indexOf('>', end);
    kept.push(html.slice(from, start.index));
    from = close < 0 ? html.length : close + 1;
    starts.lastIndex = from;
    if (close < 0) break;
  }
  return [...kept, html.slice(from)].join('');
}

/** A link's address stands behind its words where it is not the same: `Join<https://…>`, as in the text of invitations to Teams. */
function withAddresses(html: string): string {
  let link = { address: '', from: 0 };
  return html.replace(/<a(?=[\s>])([^<>]*)>|<\/a>/gi, (tag, attributes: string | undefined, at: number) => {
    const { address, from } = link;
    link = { address: attributes === undefined ? '' : addressIn(attributes), from: at + tag.length };
    const isTold = attributes === undefined && address !== '' && address !== html.slice(from, at);
    return isTold ? `&lt;${address}&gt;` : '';
  });
}

function addressIn(attributes: string): string {
  const [, quoted, other] = /\shref=(?:"([^"]*)"|'([^']*)')/i.exec(attributes) ?? [];
  return quoted ?? other ?? '';
}

function signOf(name: string): string | null {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? null;
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** Plain text as the page that Exchange makes of it. */
export const htmlOfText = (text: string): string =>
  '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n' +
  `<div class="PlainText">${escapeText(text).replace(/&#xD;\n|\n/g, '<br>\r\n')}</div>\r\n</body>\r\n</html>\r\n`;

/** A body in the type that is asked for (`Best`, `HTML`, `Text`), no longer than asked for; null without a body. */
export function bodyIn(body: XmlElement | null, wanted: string, most: number | null): XmlElement | null {
  if (body === null) return null;
  const type = wanted === 'Best' ? (body.attributes['BodyType'] ?? 'Text') : wanted;
  const isSame = type === body.attributes['BodyType'];
  const text = isSame ? body.text : type === 'Text' ? textOfHtml(body.text) : htmlOfText(body.text);
  const isTruncated = most !== null && most > 0 && text.length > most;
  return element('Body', isTruncated ? text.slice(0, most) : text, {
    BodyType: type,
    ...(most === null ? {} : { IsTruncated: isTruncated }),
  });
}

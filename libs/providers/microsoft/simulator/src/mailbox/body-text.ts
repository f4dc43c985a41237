const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const HEAD = '<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>';
const PREVIEW_LENGTH = 255;

/** What Exchange makes of a sent body: always a whole HTML document, so that it reads otherwise than it was written. */
export function storedBody(sent: { contentType: 'text' | 'html'; content: string }): string {
  if (sent.content === '') return '';
  if (sent.contentType === 'text') {
    return `<html>${HEAD}<body>\r\n<div class="PlainText">${escape(sent.content).replace(/\r?\n/g, '<br>\r\n')}</div>\r\n</body></html>\r\n`;
  }
  if (/<html[\s>]/i.test(sent.content)) return sent.content;
  const inner = /<body[\s>]/i.test(sent.content) ? sent.content : `<body>\r\n${sent.content}\r\n</body>`;
  return `<html>${HEAD}${inner}</html>\r\n`;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The text of an HTML body, as `outlook.body-content-type="text"` gives it. */
export function textOf(html: string): string {
  return html
    .replace(/<head[\s>][\s\S]*?<\/head>/gi, '')
    .replace(/<(style|script)[\s>][\s\S]*?<\/\1>/gi, '')
    .replace(/\r?\n/g, '')
    .replace(/<br\s*\/?>|<\/(p|div|tr|li|h\d)>/gi, '\r\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => entity(name) ?? whole)
    .trim();
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

export const previewOf = (html: string): string => textOf(html).slice(0, PREVIEW_LENGTH);

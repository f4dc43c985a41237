type Content = string | readonly Markup[];

/** Markup that is already escaped: only `tag` makes it. */
export interface Markup {
  readonly markup: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 cannot hold at all, section 2.2. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** An element of text or of elements. Names are our own; texts and values of attributes are escaped. */
export function tag(name: string, content: Content = '', attributes: Readonly<Record<string, string>> = {}): Markup {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = typeof content === 'string' ? escaped(content) : content.map(({ markup }) => markup).join('');
  const start = `<${name}${given.join('')}`;
  return { markup: inner === '' ? `${start} />` : `${start}>${inner}</${name}>` };
}

export function xmlDocument(root: Markup): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.markup}`;
}

function escaped(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}

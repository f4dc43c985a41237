/** Markup that is escaped already; only `markup` makes it, so that no text gets into a request unescaped. */
export interface Markup {
  readonly markup: string;
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;',
};

/** What XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const LONE_HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** An element with other elements or with a text in it; its name brings its prefix along. */
export function markup(name: string, attributes: Attributes, content: readonly Markup[] | string = []): Markup {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value), /[&<>"\r\n\t]/g)}"`);
  const inner =
    typeof content === 'string' ? escaped(content, /[&<>\r]/g) : content.map((part) => part.markup).join('');
  const start = `<${name}${told.join('')}`;
  return { markup: inner === '' ? `${start}/>` : `${start}>${inner}</${name}>` };
}

function escaped(text: string, signs: RegExp): string {
  return text
    .replace(UNWRITABLE, '')
    .replace(LONE_HALF, '\ufffd')
    .replace(signs, (sign) => ESCAPES[sign] ?? sign);
}

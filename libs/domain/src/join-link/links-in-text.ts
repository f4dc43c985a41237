/**
 * Links in plain text or HTML, in order. One pass over the text: `http(s)://` and everything up to a character that no
 * link holds; attribute values need no HTML parser for that. Bounded in text, number and length.
 */

const MAX_TEXT = 524_288;
const MAX_LINKS = 500;
const MAX_LINK = 8192;

// Ends a link: white space, quotes, angle brackets, invisible and CJK punctuation. A backslash or control character stays
// in, so that the judge sees it and refuses the link.
const END = '\\s"\'<>`\\u200b-\\u200f\\u2028-\\u202f\\u2060-\\u2064\\ufeff\\u3000-\\u303f\\uff00-\\uffef';
const ABSOLUTE = `https?://[^${END}]{1,${MAX_LINK}}`;
const ABSOLUTE_LINKS = new RegExp(ABSOLUTE, 'gi');
const END_CLASS = new RegExp(`[${END}]`);
const TRAILING = /[.,;:!?)\]}*_~|…»”’]$/;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['colon', ':'],
  ['sol', '/'],
  ['period', '.'],
  ['num', '#'],
  ['equals', '='],
  ['quest', '?'],
]);

function codePoint(value: number): string {
  return value > 0 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff) ? String.fromCodePoint(value) : ' ';
}

/** Decodes the character references of HTML that occur in links and short texts. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,8}));/g, (whole, decimal, hex, name) => {
    if (typeof decimal === 'string') return codePoint(Number(decimal));
    if (typeof hex === 'string') return codePoint(parseInt(hex, 16));
    return ENTITIES.get(String(name)) ?? whole;
  });
}

/** Text without tags and character references, for reading labels such as `Passcode:`. */
export function plainText(text: string): string {
  const cut = text.slice(0, MAX_TEXT);
  // A tag never holds another `<`: this keeps the match linear on text full of them.
  const withoutTags = cut.includes('<') ? cut.replace(/<[^<>]{0,4096}>/g, ' ') : cut;
  return decodeEntities(withoutTags);
}

/** Undoes references (also doubled ones) and cuts what they turn out to be the end of. */
function tidy(found: string): string {
  let link = found;
  for (let round = 0; round < 3 && link.includes('&'); round += 1) {
    const decoded = decodeEntities(link);
    if (decoded === link) break;
    link = decoded;
  }
  const end = link.search(END_CLASS);
  if (end >= 0) link = link.slice(0, end);
  let length = link.length;
  while (length > 0 && TRAILING.test(link.slice(length - 1, length))) length -= 1;
  return link.slice(0, length);
}

/** A head such as `us02web.` in front of a bare host; it must begin the word. */
function bareHead(text: string, at: number): string | null {
  let from = at;
  while (from > 0 && at - from < 200 && /[A-Za-z0-9.-]/.test(text.charAt(from - 1))) from -= 1;
  const before = text.charAt(from - 1);
  if (from > 0 && !/[\s"'<>(,;:[|]/.test(before)) return null;
  const head = text.slice(from, at);
  return head === '' || /^(?:[A-Za-z0-9-]{1,63}\.){1,4}$/.test(head) ? head : null;
}

/** A pattern for hosts that people also write without `https://`. */
export function bareHostPattern(hosts: readonly string[]): RegExp {
  const names = hosts.map((host) => host.replaceAll('.', '\\.')).join('|');
  return new RegExp(`(?:${names})/[^${END}]{1,${MAX_LINK}}`, 'gi');
}

const NO_LINKS: readonly string[] = Object.freeze([]);

interface Found {
  readonly at: number;
  readonly end: number;
  readonly url: string;
}

function absoluteLinks(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(ABSOLUTE_LINKS)) {
    found.push({ at: match.index, end: match.index + match[0].length, url: tidy(match[0]) });
    if (found.length >= MAX_LINKS) break;
  }
  return found;
}

/** Links of a text in order; those without a scheme only for hosts of `bare`, given back with `https://`. */
export function linksInText(text: string, bare: RegExp): readonly string[] {
  // Every link has a slash, most titles of rooms and many notes have none.
  if (!text.includes('/')) return NO_LINKS;
  const cut = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  const hasAbsolute = /https?:/i.test(cut);
  if (cut.search(bare) < 0) return hasAbsolute ? absoluteLinks(cut).map(({ url }) => url) : [];
  const found = hasAbsolute ? absoluteLinks(cut) : [];
  const absolute = found.length;
  let next = 0;
  let tried = 0;
  for (const match of cut.matchAll(bare)) {
    if ((tried += 1) > MAX_LINKS) break;
    while (next < absolute && (found[next]?.end ?? 0) <= match.index) next += 1;
    if (next < absolute && (found[next]?.at ?? 0) <= match.index) continue;
    const head = bareHead(cut, match.index);
    if (head === null) continue;
    found.push({ at: match.index, end: match.index, url: `https://${head}${tidy(match[0])}` });
  }
  return found.sort((a, b) => a.at - b.at).map(({ url }) => url);
}

/**
 * Judges one link: ours, another vendor's, a trick, or nothing to do with meetings. Only an exact host of the table over
 * https counts; whatever the parser of a browser would silently repair (user info, odd ports, backslashes, look-alike
 * letters) is refused.
 */
import type { JoinLoss } from './join-finding';
import type { LinkRule, Vendor } from './rules';
import { unwrapLink } from './unwrap-link';

/** A link that leads to a meeting of some vendor. */
export interface MeetingLink {
  readonly type: 'meeting';
  readonly url: string;
  readonly vendor: Vendor;
  readonly rule: LinkRule;
  /** The rule's name and the wrappers passed: `zoom.join via safelinks`. */
  readonly because: string;
  readonly number: string | null;
  readonly passcode: string | null;
}

export type Verdict =
  | MeetingLink
  | { readonly type: 'refused'; readonly lost: JoinLoss; readonly provider: string | null; readonly rule: string }
  /** Not worth a word. */
  | { readonly type: 'unrelated' };

const UNRELATED: Verdict = { type: 'unrelated' };
const MAX_LENGTH = 8192;
// Spaces, control characters and backslashes: browsers drop or repair them, so they hide what a link is.
const FORBIDDEN = new RegExp('[\\u0000-\\u0020\\u007f-\\u009f\\\\]');
const AUTHORITY = /^https?:\/\/([^/?#\\]*)/i;

/** Letters that pass for others in a careless look. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'l'],
  ['3', 'e'],
  ['5', 's'],
  ['а', 'a'],
  ['е', 'e'],
  ['о', 'o'],
  ['ο', 'o'],
  ['օ', 'o'],
  ['ѕ', 's'],
  ['і', 'i'],
  ['м', 'm'],
  ['ᴢ', 'z'],
  ['ⅿ', 'm'],
]);

function onHost(vendor: Vendor, hostname: string): boolean {
  return vendor.hosts.some(
    ({ host, subdomains }) => hostname === host || (subdomains && hostname.endsWith(`.${host}`)),
  );
}

function names(text: string, vendor: Vendor): boolean {
  return vendor.hosts.some(({ host }) => text.includes(host));
}

function skeleton(host: string): string {
  const letters = Array.from(host.normalize('NFKC'), (letter) => LOOKALIKES.get(letter) ?? letter);
  return letters.join('').replaceAll('rn', 'm').replaceAll('vv', 'w');
}

/** Whether `wanted` stands in the text and no longer word goes on behind it (`zoom.company` is not `zoom.com`). */
function holdsWord(text: string, wanted: string): boolean {
  const at = text.indexOf(wanted);
  return at >= 0 && !/[a-z0-9]/.test(text.charAt(at + wanted.length));
}

/** Whether a foreign host wants to be taken for the vendor's: its name inside, hyphens for dots, or similar letters. */
function resembles(rawHost: string, vendor: Vendor): boolean {
  const bare = skeleton(rawHost);
  return vendor.hosts.some(({ host }) => {
    const wanted = skeleton(host);
    return holdsWord(bare, wanted) || holdsWord(bare.replaceAll('-', '.'), wanted);
  });
}

function refused(lost: JoinLoss, vendor: Vendor | null, rule: string): Verdict {
  return { type: 'refused', lost, provider: vendor?.name ?? null, rule };
}

function matchRule(vendor: Vendor, url: URL, via: string): MeetingLink | null {
  for (const rule of vendor.rules) {
    const match = rule.path.exec(url.pathname);
    if (!match || !(rule.needs ?? []).every((name) => url.searchParams.has(name))) continue;
    const parameter = (name: string | undefined): string | null =>
      name === undefined ? null : url.searchParams.get(name);
    return {
      type: 'meeting',
      url: url.href,
      vendor,
      rule,
      because: rule.name + via,
      number: match.groups?.['number'] ?? parameter(rule.numberIn),
      passcode: (match.groups?.['passcode'] ?? parameter(rule.passcodeIn)) || null,
    };
  }
  return null;
}

/** A link on no vendor's host: a disguise of ours, a carrier of our link, or nothing. */
function judgeForeign(lower: string, rawHost: string, ours: Vendor): Verdict {
  if (resembles(rawHost, ours)) return refused('lookalike_host', ours, 'host');
  const rest = lower.slice(lower.indexOf(rawHost) + rawHost.length);
  if (names(rest, ours)) return refused('redirect_parameter', ours, 'host');
  return UNRELATED;
}

/** The vendor a link is on, tricks aside; null when it is nobody's. */
function vendorOn(hostname: string, vendors: readonly Vendor[]): Vendor | null {
  return vendors.find((vendor) => onHost(vendor, hostname)) ?? null;
}

function judgeOpened(raw: string, via: string, ours: Vendor, vendors: readonly Vendor[]): Verdict {
  const lower = raw.toLowerCase();
  const authority = (AUTHORITY.exec(lower)?.[1] ?? '').trim();
  const suspicious = (lost: JoinLoss, rule: string): Verdict =>
    names(lower, ours) ? refused(lost, ours, rule + via) : UNRELATED;
  if (authority.includes('@')) return suspicious('user_info', 'address');
  if (raw.length > MAX_LENGTH || FORBIDDEN.test(raw) || !URL.canParse(raw)) return suspicious('malformed', 'address');
  const url = new URL(raw);
  const vendor = vendorOn(url.hostname, vendors);
  if (url.username !== '' || url.password !== '') return suspicious('user_info', 'address');
  const rawHost = authority.replace(/:\d*$/, '');
  if (!vendor) return judgeForeign(lower, rawHost, ours);
  // What a browser would repair into the vendor's host was written by somebody who did not want to write that host.
  if (rawHost !== url.hostname) return refused('lookalike_host', vendor, 'host');
  if (url.protocol !== 'https:') return refused('not_https', vendor, 'scheme' + via);
  if (url.port !== '') return refused('odd_port', vendor, 'port' + via);
  const link = matchRule(vendor, url, via);
  if (link) return link;
  return vendor === ours ? refused('not_a_join_link', ours, 'path' + via) : UNRELATED;
}

/** Opens and judges one link. `ours` is the vendor of the deployment's brand. */
export function judgeLink(raw: string, ours: Vendor, vendors: readonly Vendor[]): Verdict {
  const { url, by } = unwrapLink(raw);
  const via = by.length > 0 ? ` via ${by.join(', ')}` : '';
  const verdict = judgeOpened(url, via, ours, vendors);
  if (verdict.type === 'meeting') return verdict;
  // Text may go on right behind a link: `https://…/j/123456789,Room 5`.
  const cut = url.search(/[,;|()[\]{}]/);
  if (cut < 0 || (verdict.type === 'refused' && verdict.lost !== 'not_a_join_link')) return verdict;
  const shorter = judgeOpened(url.slice(0, cut), via, ours, vendors);
  return shorter.type === 'meeting' ? shorter : verdict;
}

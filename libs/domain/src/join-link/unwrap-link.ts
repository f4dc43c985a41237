/** Opens wrapped links, layer by layer, without any network call. What comes out is judged like any other link. */
import { type TargetPlace, type Wrapper, WRAPPERS } from './wrappers';

export interface UnwrappedLink {
  /** The innermost target; the given link when it is not wrapped. */
  readonly url: string;
  /** Names of the wrappers passed, outermost first. */
  readonly by: readonly string[];
}

const MAX_LAYERS = 6;
const MAX_LENGTH = 8192;
const BASE64_RUNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Bytes of base64 or base64url text, as one character each; null when it is neither. */
function base64Bytes(text: string): string | null {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return null;
  }
}

function utf8(bytes: string): string | null {
  return percentDecoded(Array.from(bytes, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''));
}

/** The raw text of a query parameter, as long as nothing else decoded it. */
function rawParameter(search: string, name: string): string | null {
  for (const piece of search.replace(/^\?/, '').split('&')) {
    if (piece.startsWith(`${name}=`)) return piece.slice(name.length + 1);
  }
  return null;
}

/** `https-3A__zoom.us_j_1`: hyphens stand for percent signs, underscores for slashes. */
function proofpointV2(url: URL): string | null {
  const coded = rawParameter(url.search, 'u');
  return coded === null ? null : percentDecoded(coded.replaceAll('-', '%').replaceAll('_', '/'));
}

/**
 * `/v3/__https://host/a*b__;Iw!!…`: each `*` stands for the next character of the base64 text after the semicolon,
 * `**X` for as many as X says (A = 2). A `//` may have been collapsed to one slash on the way.
 */
function proofpointV3(raw: string): string | null {
  const start = raw.indexOf('/v3/__') + 6;
  const end = raw.lastIndexOf('__;');
  if (start < 6 || end <= start) return null;
  const coded = raw.slice(start, end).replace(/^(https?:\/)(?!\/)/i, '$1/');
  const replaced = utf8(base64Bytes(raw.slice(end + 3).split('!')[0] ?? '') ?? '');
  if (replaced === null) return null;
  const characters = [...replaced];
  let next = 0;
  const take = (amount: number): string => {
    next += amount;
    return characters.slice(next - amount, next).join('');
  };
  const target = coded.replace(/\*\*([A-Za-z0-9_-])|\*/g, (_, run: string | undefined) =>
    take(run === undefined ? 1 : BASE64_RUNS.indexOf(run) + 2),
  );
  return next <= characters.length ? target : null;
}

/** The path after its first part: `/token/https%3A%2F%2Fzoom.us%2Fj%2F1`. */
function lastOfPath(url: URL): string | null {
  const at = url.pathname.indexOf('/', 1);
  return at < 0 ? null : percentDecoded(url.pathname.slice(at + 1) + url.search);
}

function targetOf(place: TargetPlace, url: URL, raw: string): string | null {
  switch (place.in) {
    case 'parameter':
      for (const name of place.names) {
        const value = url.searchParams.get(name);
        if (value !== null) return value;
      }
      return null;
    case 'base64': {
      const bytes = base64Bytes(url.searchParams.get(place.name)?.replaceAll(' ', '+') ?? '');
      return bytes === null ? null : utf8(bytes);
    }
    case 'path':
      return lastOfPath(url);
    case 'proofpoint-v2':
      return proofpointV2(url);
    case 'proofpoint-v3':
      return proofpointV3(raw);
  }
}

const HOSTS_WORTH_A_LOOK = /safelinks|google|urldefense|mimecast|cudasvc|cisco|fireeye|symantec|trendmicro|sophos/i;

function wrapperOf(url: URL): Wrapper | undefined {
  return WRAPPERS.find(({ host, path }) => host.test(url.hostname) && path.test(url.pathname));
}

function openOnce(raw: string): { readonly target: string; readonly name: string } | null {
  if (raw.length > MAX_LENGTH || !HOSTS_WORTH_A_LOOK.test(raw) || !URL.canParse(raw)) return null;
  const url = new URL(raw);
  const plainPort = url.port === '' || url.port === '443';
  if (!/^https?:$/.test(url.protocol) || !plainPort || url.username !== '' || url.password !== '') return null;
  const wrapper = wrapperOf(url);
  const target = wrapper ? targetOf(wrapper.target, url, raw) : null;
  return wrapper && target !== null && /^https?:\/\//i.test(target) ? { target, name: wrapper.name } : null;
}

/** Opens every known layer around a link, six at most. */
export function unwrapLink(url: string): UnwrappedLink {
  const by: string[] = [];
  let current = url;
  while (by.length < MAX_LAYERS) {
    const opened = openOnce(current);
    if (!opened) break;
    by.push(opened.name);
    current = opened.target;
  }
  return { url: current, by };
}

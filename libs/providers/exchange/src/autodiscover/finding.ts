/** What asking one place for a mailbox came to. */
export type Finding =
  /** Addresses of web services, the best first. */
  | { readonly type: 'services'; readonly urls: readonly URL[] }
  /** The mailbox goes by another address now. */
  | { readonly type: 'address'; readonly email: string }
  /** Another place knows, where the mailbox may go by another address. */
  | { readonly type: 'place'; readonly origin: URL; readonly email: string | null }
  /** A place that knows mailboxes, but not this one. */
  | { readonly type: 'unknown' }
  | { readonly type: 'nothing' }
  /** Nobody answers, or nobody that may be spoken to: there is no other way to ask either. */
  | { readonly type: 'silent' }
  /** Not asked: somebody in between may have named it, and it is none that is known otherwise. */
  | { readonly type: 'unconfirmed' }
  | { readonly type: 'refused' };

export const NOTHING: Finding = { type: 'nothing' };

const MOST_URLS = 4;

/** In their order, each once; what is no web address is left out. */
export function servicesAt(texts: readonly string[]): Finding {
  const urls = texts.map((text) => text.trim()).filter((text) => /^https?:\/\//i.test(text) && URL.canParse(text));
  const distinct = [...new Set(urls.map((text) => new URL(text).href))].slice(0, MOST_URLS);
  return distinct.length === 0 ? NOTHING : { type: 'services', urls: distinct.map((href) => new URL(href)) };
}

/** Only over https, and only to where mailboxes are asked for: a page of a web site leads nowhere. */
export function placeAt(text: string, from?: URL): Finding {
  if (text === '' || !URL.canParse(text, from?.href)) return NOTHING;
  const { protocol, pathname, origin, searchParams, username, password } = new URL(text, from);
  if (protocol !== 'https:' || username !== '' || password !== '' || !/^\/autodiscover\//i.test(pathname))
    return NOTHING;
  return { type: 'place', origin: new URL(origin), email: searchParams.get('Email') };
}

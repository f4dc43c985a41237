import { asText, type ProviderAccess, ProviderError } from '@daybook/provider-port';

/** What a mailbox is reached with. `user` is a name beside a domain, an address or UPN without one. */
export interface ExchangeAccess {
  /** Of the web services: `https://mail.example.com/EWS/Exchange.asmx`. */
  readonly url: string;
  readonly user: string;
  /** Null where the user names none. */
  readonly domain: string | null;
  readonly password: string;
  /** The schema that requests are written in: a value of `RequestServerVersion`. */
  readonly version: string;
}

const KIND = 'ews1';
const LONGEST = 4096;

/** The opaque text that goes through the engine as a token does. It holds the password and lives in memory only. */
export function writeAccess({ url, user, domain, password, version }: ExchangeAccess): ProviderAccess {
  const text = JSON.stringify([url, user, domain, password, version]);
  return { token: `${KIND}.${Buffer.from(text).toString('base64url')}` };
}

/** @throws ProviderError AccessExpired for what is no such text: only whoever made it can make another one */
export function readAccess({ token }: ProviderAccess): ExchangeAccess {
  const [kind, text = ''] = token.split('.');
  const parts = kind === KIND ? parsed(Buffer.from(text, 'base64url').toString()) : null;
  if (!Array.isArray(parts)) throw unknown();
  const [url, user, domain, password, version] = parts.map((part: unknown) =>
    part === null ? null : asText(part, LONGEST),
  );
  if (!url || !user || password === undefined || password === null || !version || !isAddress(url)) throw unknown();
  return { url, user, domain: domain || null, password, version };
}

const isAddress = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const unknown = (): ProviderError => new ProviderError('AccessExpired', { detail: 'access of another kind' });

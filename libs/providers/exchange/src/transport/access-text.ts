import { randomBytes } from 'node:crypto';
import { asText, listOf, type ProviderAccess, ProviderError, type ProviderHttpTrust } from '@daybook/provider-port';

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
  /** Which certificates are taken besides the usual ones. */
  readonly trust?: ProviderHttpTrust;
}

const KIND = 'ews1';
const LONGEST = 4096;
const LONGEST_AUTHORITY = 65_536;
const MOST_AUTHORITIES = 32;
const RANDOM_BYTES = 12;

/**
 * The opaque text that goes through the engine as a token does. It holds the password and lives in memory only. Two texts of the
 * same access are never equal, so that the refusal of one says nothing of the next sign-in with the same password.
 */
export function writeAccess({ url, user, domain, password, version, trust = {} }: ExchangeAccess): ProviderAccess {
  const { authorities = [], skipChecks = false } = trust;
  const once = randomBytes(RANDOM_BYTES).toString('base64url');
  const text = JSON.stringify([url, user, domain, password, version, authorities, skipChecks, once]);
  return { token: `${KIND}.${Buffer.from(text).toString('base64url')}` };
}

/** @throws ProviderError AccessExpired for what is no such text: only whoever made it can make another one */
export function readAccess({ token }: ProviderAccess): ExchangeAccess {
  const access = accessIn(token);
  if (access === null) throw new ProviderError('AccessExpired', { detail: 'access of another kind' });
  return access;
}

/** The same, or null. */
export function accessIn(token: string): ExchangeAccess | null {
  const [kind, text = ''] = token.split('.');
  const parts = kind === KIND ? listOf(parsed(Buffer.from(text, 'base64url').toString())) : [];
  const [url, user, domain, password, version] = parts.map((part) => asText(part, LONGEST));
  if (!url || !user || password === undefined || !version || !isAddress(url)) return null;
  return { url, user, domain: domain || null, password, version, ...trustIn(parts[5], parts[6]) };
}

function trustIn(told: unknown, skipChecks: unknown): Pick<ExchangeAccess, 'trust'> {
  const authorities = listOf(told)
    .slice(0, MOST_AUTHORITIES)
    .map((one) => asText(one, LONGEST_AUTHORITY));
  if (authorities.length === 0 && skipChecks !== true) return {};
  return {
    trust: {
      ...(authorities.length === 0 ? {} : { authorities }),
      ...(skipChecks === true ? { skipChecks: true } : {}),
    },
  };
}

const isAddress = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

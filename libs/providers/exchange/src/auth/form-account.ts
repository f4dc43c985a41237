import type { SignInForm } from '@daybook/provider-port';

/** Who signs in, as it was typed: other spellings of a name are never tried, each would count as a wrong password. */
export interface FormAccount {
  readonly user: string;
  readonly domain: string | null;
  readonly password: string;
  /** The mailbox as far as it is known: what its server is found by. */
  readonly email: string | null;
}

export function accountOf({ email, username, password, url }: SignInForm): FormAccount {
  const typedAddress = url !== undefined && isMailAddress(url) ? url : null;
  const name = username ?? email ?? typedAddress ?? '';
  const cut = name.indexOf('\\');
  const login = cut > 0 ? { domain: name.slice(0, cut), user: name.slice(cut + 1) } : { domain: null, user: name };
  return { ...login, password, email: email ?? typedAddress ?? (isMailAddress(name) ? name : null) };
}

/** `DOMAIN\\name`, or the name alone. */
export const loginName = ({ user, domain }: Pick<FormAccount, 'user' | 'domain'>): string =>
  domain === null ? user : `${domain}\\${user}`;

export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@\\/:]+@[^\s@\\/:]+$/.test(text);
}

/** What stands behind the last `@` as the origin it would have on the web; null where it names no host. */
export function domainOf(email: string): string | null {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const text = `https://${domain}`;
  if (!URL.canParse(text)) return null;
  const { hostname, host, pathname, search, hash } = new URL(text);
  return hostname !== '' && host === hostname && pathname === '/' && search === '' && hash === '' ? hostname : null;
}

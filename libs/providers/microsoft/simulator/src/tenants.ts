import { createHash } from 'node:crypto';

/** The tenant of all personal accounts, the same everywhere. Source: learn.microsoft.com/entra/identity-platform/id-token-claims-reference. */
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';
/** Domains whose accounts are personal ones. */
const PERSONAL_DOMAINS = new Set(['outlook.com', 'outlook.example', 'hotmail.com', 'live.com', 'msn.com']);

/** The tenant an address lives in: personal accounts share one, every other domain is an organisation of its own. */
export function tenantOf(email: string): string {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return PERSONAL_DOMAINS.has(domain) ? PERSONAL_TENANT : uuidOf(`tenant ${domain}`);
}

/** The object id of an account: the same address is always the same person. */
export const objectIdOf = (email: string): string => uuidOf(`account ${email}`);

/** A UUID that is always the same for a text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

import type { Mailbox } from '../mailbox/mailbox';
import { PERSONAL_TENANT } from '../tenants';
import type { Directory } from './directory';
import { entraRefusals } from './entra-error';

/** Whom the first part of an address lets in: `common`, `organizations`, `consumers` or one tenant. */
export interface Authority {
  /** As it stands in the address. */
  readonly name: string;
  /** Null where it stands for several tenants. */
  readonly tenantId: string | null;
}

const SEVERAL = ['common', 'organizations'];
const TENANT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** @throws EntraError AADSTS90002 for a tenant nobody lives in */
export function readAuthority(text: string, directory: Directory): Authority {
  const name = text.toLowerCase();
  if (SEVERAL.includes(name)) return { name, tenantId: null };
  if (name === 'consumers' || name === PERSONAL_TENANT) return { name, tenantId: PERSONAL_TENANT };
  const tenantId = DOMAIN.test(name) ? tenantOfDomain(name, directory) : name;
  if (tenantId === null || !TENANT.test(tenantId) || !directory.hasTenant(tenantId)) {
    throw entraRefusals.unknownTenant(text.slice(0, 100));
  }
  return { name, tenantId };
}

/** May somebody sign in here? */
export function letsIn({ name, tenantId }: Authority, person: Mailbox): boolean {
  if (tenantId !== null) return person.tenantId === tenantId;
  return name === 'common' || person.tenantId !== PERSONAL_TENANT;
}

const tenantOfDomain = (domain: string, directory: Directory): string | null =>
  directory.people().find(({ email }) => email.endsWith(`@${domain}`))?.tenantId ?? null;

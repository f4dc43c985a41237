import { createHash } from 'node:crypto';
import type { AutodiscoverServer } from './around';

const GROUP = 'ou=Exchange Administrative Group (FYDIBOHF23SPDLT)';

/** The name of a mailbox in the directory of old, the same at every call. */
export function legacyDn({ organization }: AutodiscoverServer, email: string): string {
  const local = email.slice(0, email.indexOf('@'));
  return `/o=${organization}/${GROUP}/cn=Recipients/cn=${digest(email).slice(0, 32)}-${local}`;
}

export function serverDn({ organization, hostName }: AutodiscoverServer): string {
  const [computer = hostName] = hostName.split('.');
  return `/o=${organization}/${GROUP}/cn=Configuration/cn=Servers/cn=${computer}`;
}

export function mailboxDn(server: AutodiscoverServer): string {
  return `${serverDn(server)}/cn=Microsoft Private MDB`;
}

/** A GUID that belongs to the organization. */
export function deploymentId({ organization }: AutodiscoverServer): string {
  const hex = digest(organization);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text.toLowerCase()).digest('hex');
}

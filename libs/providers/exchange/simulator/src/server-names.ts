import type { AutodiscoverServer } from './autodiscover/around';
import type { SignInSetting } from './auth/sign-in-setting';
import type { DirectoryDomain } from './auth/account';
import type { ServerSettings } from './server-settings';
import { isAtLeast, SCHEMA_VERSIONS, SERVER_VERSIONS } from './soap/server-version';

const COMPUTER = 'EXCH01';
const NO_DOMAIN: DirectoryDomain = { netBios: 'EXAMPLE', dns: 'example.com' };

/** On every answer of the server, whatever it is about. */
export const SERVER_HEADERS: Readonly<Record<string, string>> = {
  server: 'Microsoft-IIS/10.0',
  'x-powered-by': 'ASP.NET',
  'x-feserver': COMPUTER,
};

/** The server as Autodiscover tells of it. */
export function autodiscoverServer(
  { version }: ServerSettings,
  { dns }: DirectoryDomain = NO_DOMAIN,
): AutodiscoverServer {
  const server = SERVER_VERSIONS[version];
  const schemas = SCHEMA_VERSIONS.filter((schema) => isAtLeast(server.newest, schema));
  return { ...server, schemas, hostName: `${COMPUTER}.${dns}`, organization: 'Example' };
}

export interface SignInFacts {
  readonly settings: ServerSettings;
  /** The first domain that has people in it. */
  readonly domain: DirectoryDomain | undefined;
  /** `localhost` */
  readonly host: string;
  /** As DER; null of a server without https. */
  readonly certificate: Uint8Array | null;
}

/** The server as it introduces itself to people who sign in. */
export function signInSetting({ settings, domain = NO_DOMAIN, host, certificate }: SignInFacts): SignInSetting {
  const { signIn, extendedProtection } = settings;
  const required = extendedProtection === 'require';
  const isChecked = required || (extendedProtection === 'allow' && certificate !== null);
  return {
    schemes: signIn,
    realm: host,
    names: {
      netBiosDomain: domain.netBios,
      netBiosComputer: COMPUTER,
      dnsDomain: domain.dns,
      dnsComputer: `${COMPUTER.toLowerCase()}.${domain.dns}`,
    },
    ...(isChecked ? { protection: { required, certificate: certificate ?? new Uint8Array() } } : {}),
  };
}

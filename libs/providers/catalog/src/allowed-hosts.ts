import type { CatalogSettings } from './catalog';

/**
 * Hosts with ports that providers may be called at although they are plain http or private addresses: the base addresses
 * the operator set. Public hosts need no entry. Feed it to the http client's address guard.
 * @throws TypeError when a base address is none
 */
export function allowedHosts(settings: Pick<CatalogSettings, 'google' | 'microsoft'>): readonly string[] {
  const { google, microsoft } = settings;
  const bases = [google.baseUrl, microsoft.loginUrl, microsoft.graphUrl].filter((base) => base !== null);
  return [...new Set(bases.map((base) => hostWithPort(new URL(base))))];
}

function hostWithPort(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname}:${port}`;
}

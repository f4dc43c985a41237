import type { ServerRules } from '@daybook/provider-port';

/** Whether an administrator lets people name this server. Which addresses may be called at all, the http client's guard knows. */
export function isAllowedHost(url: URL, { allowedHosts }: Pick<ServerRules, 'allowedHosts'>): boolean {
  return allowedHosts.length === 0 || isListed(url, allowedHosts);
}

/** @param entries as `ServerRules.allowedHosts` */
export function isListed({ hostname, port, protocol }: URL, entries: readonly string[]): boolean {
  const realPort = port === '' ? (protocol === 'http:' ? '80' : '443') : port;
  return entries.some((entry) => matches(entry.trim().toLowerCase(), hostname.toLowerCase(), realPort));
}

/** `host`, `host:8443`, `*.example.com` for all below, which `example.com` itself is not. */
function matches(entry: string, hostname: string, port: string): boolean {
  const [, name = entry, wantedPort] = /^(.*?)(?::(\d{1,5}))?$/.exec(withoutBareColons(entry)) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  return name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name;
}

/** An IPv6 address without brackets has no port behind it. */
function withoutBareColons(entry: string): string {
  const colons = entry.split(':').length - 1;
  return colons > 1 && !entry.startsWith('[') ? `[${entry}]` : entry;
}

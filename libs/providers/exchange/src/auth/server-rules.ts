import type { ServerRules } from '@daybook/provider-port';

/** Whether an administrator lets people name this server. Which addresses may be called at all, the http client's guard knows. */
export function isAllowedHost({ hostname, port, protocol }: URL, { allowedHosts }: Pick<ServerRules, 'allowedHosts'>) {
  if (allowedHosts.length === 0) return true;
  const realPort = port === '' ? (protocol === 'http:' ? '80' : '443') : port;
  return allowedHosts.some((entry) => matches(entry.trim().toLowerCase(), hostname.toLowerCase(), realPort));
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

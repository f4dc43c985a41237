import type { AutodiscoverEntry, AutodiscoverServer } from '../around';
import { deploymentId, legacyDn, mailboxDn, serverDn } from '../legacy-names';
import { tag, type Markup } from '../write-markup';

export interface PoxSettings {
  readonly entry: AutodiscoverEntry;
  readonly ewsUrl: string;
  readonly server: AutodiscoverServer;
}

/**
 * The content of `Response`: who it is for, and inside (EXCH), outside (EXPR) and in a browser (WEB) where to find it.
 * https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/pox-autodiscover-response-for-exchange
 */
export function settingsOf(settings: PoxSettings): readonly Markup[] {
  const { entry, server } = settings;
  return [
    tag('User', [
      tag('DisplayName', entry.displayName),
      tag('LegacyDN', legacyDn(server, entry.email)),
      tag('AutoDiscoverSMTPAddress', entry.email),
      tag('DeploymentId', deploymentId(server)),
    ]),
    tag('Account', [
      tag('AccountType', 'email'),
      tag('Action', 'settings'),
      tag('MicrosoftOnline', 'False'),
      inside(settings),
      outside(settings),
      browser(settings),
    ]),
  ];
}

function inside({ entry, ewsUrl, server }: PoxSettings): Markup {
  return tag('Protocol', [
    tag('Type', 'EXCH'),
    tag('Server', server.hostName),
    tag('ServerDN', serverDn(server)),
    tag('ServerVersion', serverVersion(server)),
    tag('MdbDN', mailboxDn(server)),
    ...servicesAt(entry.internalEwsUrl ?? ewsUrl),
  ]);
}

function outside({ ewsUrl }: PoxSettings): Markup {
  const { hostname, protocol } = new URL(ewsUrl);
  return tag('Protocol', [
    tag('Type', 'EXPR'),
    tag('Server', hostname),
    tag('SSL', protocol === 'https:' ? 'On' : 'Off'),
    tag('AuthPackage', 'Ntlm'),
    ...servicesAt(ewsUrl),
  ]);
}

function browser({ entry, ewsUrl }: PoxSettings): Markup {
  return tag('Protocol', [
    tag('Type', 'WEB'),
    tag('External', webAt(ewsUrl, 'EXPR')),
    tag('Internal', webAt(entry.internalEwsUrl ?? ewsUrl, 'EXCH')),
  ]);
}

function webAt(ewsUrl: string, type: string): readonly Markup[] {
  const owa = new URL('/owa/', ewsUrl).href;
  return [
    tag('OWAUrl', owa, { AuthenticationMethod: 'Basic, Fba' }),
    tag('Protocol', [tag('Type', type), tag('ASUrl', ewsUrl)]),
  ];
}

/** Availability (AS), out of office and everything else are one service. */
function servicesAt(ewsUrl: string): readonly Markup[] {
  return ['ASUrl', 'EwsUrl', 'EmwsUrl', 'OOFUrl'].map((name) => tag(name, ewsUrl));
}

/**
 * Bits as the example of this page takes them apart: 4 of the structure, 6 major, 6 minor, a flag, 15 build.
 * https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/serverversion-pox
 */
export function serverVersion({ major, minor, majorBuild }: AutodiscoverServer): string {
  const bits = (0x7 << 28) | ((major & 0x3f) << 22) | ((minor & 0x3f) << 16) | 0x8000 | (majorBuild & 0x7fff);
  return (bits >>> 0).toString(16).toUpperCase().padStart(8, '0');
}

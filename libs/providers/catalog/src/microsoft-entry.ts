import type { Provider } from '@daybook/provider-port';
import { createMicrosoftProvider } from '@daybook/providers/microsoft';
import type { CatalogEntry, CatalogSurroundings, MethodOffer, ServiceOffer } from './catalog';
import { OFFICE_BY_PASSWORD } from './exchange-entry';
import { hookAddress } from './hook-address';

export interface MicrosoftSettings {
  /** Null: this deployment is not registered with Microsoft. */
  readonly clientId: string | null;
  /** Only the service that signs people in needs it; null elsewhere. */
  readonly clientSecret: string | null;
  /** In place of Microsoft's sign-in and of Microsoft Graph; null for the public ones. */
  readonly loginUrl: string | null;
  readonly graphUrl: string | null;
}

const BY_GRAPH: MethodOffer = {
  method: 'oauth2',
  label: 'Authorize with OAuth 2.0 (recommended)',
  recommended: true,
  fields: [],
};

const OFFER: Omit<ServiceOffer, 'methods'> = {
  service: 'office365',
  label: 'Office 365',
  permissions: [{ part: 'calendar', choices: ['none', 'read', 'readWrite'] }],
  reason: null,
};

export interface MicrosoftPlace {
  readonly publicUrl: string;
  /** Of mailboxes that are reached with a password. */
  readonly byPassword: Provider;
}

/** Without a client at Microsoft, people can still sign in with a password. @throws TypeError when an address among the settings is none */
export function microsoftEntry(
  settings: MicrosoftSettings,
  { publicUrl, byPassword }: MicrosoftPlace,
  surroundings: CatalogSurroundings,
): CatalogEntry {
  const { clientId, graphUrl } = settings;
  if (clientId === null) return { offer: { ...OFFER, methods: [OFFICE_BY_PASSWORD] }, providers: { ews: byPassword } };
  const address = hookAddress('microsoft', publicUrl, graphUrl === null);
  const provider = createMicrosoftProvider({ ...surroundings, ...settings, clientId, hookAddress: address });
  return {
    offer: { ...OFFER, methods: [BY_GRAPH, OFFICE_BY_PASSWORD] },
    providers: { oauth2: provider, ews: byPassword },
  };
}

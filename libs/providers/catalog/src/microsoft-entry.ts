import { createMicrosoftProvider } from '@daybook/providers/microsoft';
import type { CatalogEntry, CatalogSurroundings, ServiceOffer } from './catalog';
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

const OFFER: Omit<ServiceOffer, 'reason'> = {
  service: 'office365',
  label: 'Office 365',
  methods: [{ method: 'oauth2', label: 'Sign in with Microsoft', recommended: true, fields: [] }],
  permissions: [{ part: 'calendar', choices: ['none', 'read', 'readWrite'] }],
};

const NOT_CONFIGURED = {
  code: 'capability_not_available',
  detail: 'Office 365 is not set up here: an administrator has to register a client and set MICROSOFT_CLIENT_ID.',
} as const;

/** @throws TypeError when an address among the settings is none */
export function microsoftEntry(
  settings: MicrosoftSettings,
  publicUrl: string,
  surroundings: CatalogSurroundings,
): CatalogEntry {
  const { clientId, graphUrl } = settings;
  if (clientId === null) return { offer: { ...OFFER, reason: NOT_CONFIGURED }, providers: {} };
  const address = hookAddress('microsoft', publicUrl, graphUrl === null);
  const provider = createMicrosoftProvider({ ...surroundings, ...settings, clientId, hookAddress: address });
  return { offer: { ...OFFER, reason: null }, providers: { oauth2: provider } };
}

import { createGoogleProvider } from '@daybook/providers/google';
import type { CatalogEntry, CatalogSurroundings, ServiceOffer } from './catalog';
import { hookAddress } from './hook-address';

export interface GoogleSettings {
  /** Null: this deployment is not registered with Google. */
  readonly clientId: string | null;
  /** Only the service that signs people in needs it; null elsewhere. */
  readonly clientSecret: string | null;
  /** One address that stands for all of Google's hosts; null for the public ones. */
  readonly baseUrl: string | null;
}

const OFFER: Omit<ServiceOffer, 'reason'> = {
  service: 'google',
  label: 'Google',
  methods: [{ method: 'oauth2', label: 'Sign in with Google', recommended: true, fields: [] }],
  permissions: [{ part: 'calendar', choices: ['none', 'read', 'readWrite'] }],
};

const NOT_CONFIGURED = {
  code: 'capability_not_available',
  detail: 'Google is not set up here: an administrator has to register a client and set GOOGLE_CLIENT_ID.',
} as const;

/** @throws TypeError when an address among the settings is none */
export function googleEntry(
  settings: GoogleSettings,
  publicUrl: string,
  surroundings: CatalogSurroundings,
): CatalogEntry {
  const { clientId, clientSecret, baseUrl } = settings;
  if (clientId === null) return { offer: { ...OFFER, reason: NOT_CONFIGURED }, providers: {} };
  const address = hookAddress('google', publicUrl, baseUrl === null);
  const provider = createGoogleProvider({ ...surroundings, clientId, clientSecret, baseUrl, hookAddress: address });
  return { offer: { ...OFFER, reason: null }, providers: { oauth2: provider } };
}

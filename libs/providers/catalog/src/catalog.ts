/**
 * The only list of providers. A connection is made to a service by a method; the pair names a provider. Everything
 * outside asks here instead of knowing a provider's name. Makes no call and reads no setting by itself.
 */
import type { Permission } from '@daybook/domain';
import type { Clock, FindServers, Provider, ProviderHttp, ProviderLog } from '@daybook/provider-port';
import { exchangeEntry, exchangeProvider, type ExchangeSettings } from './exchange-entry';
import { googleEntry, type GoogleSettings } from './google-entry';
import { microsoftEntry, type MicrosoftSettings } from './microsoft-entry';

export type CatalogService = 'google' | 'office365' | 'exchange';
export type CatalogMethod = 'oauth2' | 'ews';
export type CatalogPart = 'calendar' | 'contacts';

/** What providers are handed instead of reaching for it. */
export interface CatalogSurroundings {
  /** For addresses that the operator or this project named. */
  readonly http: ProviderHttp;
  /** For addresses that people type or strangers name: its guard lets out public hosts and what `EWS_ALLOWED_HOSTS` lists. */
  readonly typedHttp: ProviderHttp;
  readonly findServers: FindServers;
  readonly clock: Clock;
  readonly log: ProviderLog;
}

export interface CatalogSettings {
  /** Where the world reaches this deployment, such as `https://daybook.example.com`. */
  readonly publicUrl: string;
  readonly google: GoogleSettings;
  readonly microsoft: MicrosoftSettings;
  readonly exchange: ExchangeSettings;
}

/** A field of a method that is filled in by hand instead of on the provider's pages. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'email' | 'password' | 'url' | 'select';
  readonly required: boolean;
  readonly default?: string;
  readonly options?: string[];
}

export interface MethodOffer {
  readonly method: CatalogMethod;
  readonly label: string;
  readonly recommended: boolean;
  readonly fields: readonly FormField[];
}

export interface ServiceOffer {
  readonly service: CatalogService;
  /** As people know it: `Google`. */
  readonly label: string;
  readonly methods: readonly MethodOffer[];
  /** Only parts that something works behind. */
  readonly permissions: readonly { readonly part: CatalogPart; readonly choices: readonly Permission[] }[];
  /** Why nobody can connect it here; null where one can. `code` is a problem code. */
  readonly reason: { readonly code: 'capability_not_available'; readonly detail: string } | null;
}

export interface Catalog {
  /** What this version can connect, in the order of display; those without settings are there with a `reason`. */
  services(): readonly ServiceOffer[];
  /** Null for a pair that does not exist or is not configured. */
  providerFor(service: string, method: string): Provider | null;
  /** By `Provider.key`, as in the address of hooks and browser legs; null when unknown or not configured. */
  providerByKey(key: string): Provider | null;
  /** The configured providers, each once. */
  providers(): readonly Provider[];
}

/** One line of the list: a service with the provider of each of its methods. */
export interface CatalogEntry {
  readonly offer: ServiceOffer;
  readonly providers: Readonly<Partial<Record<CatalogMethod, Provider>>>;
}

function entriesOf(settings: CatalogSettings, surroundings: CatalogSurroundings): readonly CatalogEntry[] {
  const { publicUrl, google, microsoft, exchange } = settings;
  const byPassword = exchangeProvider(exchange, surroundings);
  return [
    googleEntry(google, publicUrl, surroundings),
    microsoftEntry(microsoft, { publicUrl, byPassword }, surroundings),
    exchangeEntry(byPassword),
  ];
}

/** @throws TypeError when an address among the settings is none, Error when two providers share a key */
export function createCatalog(settings: CatalogSettings, surroundings: CatalogSurroundings): Catalog {
  const entries = entriesOf(settings, surroundings);
  const byKey = new Map<string, Provider>();
  const byPair = new Map<string, Provider>();
  for (const { offer, providers } of entries) {
    for (const [method, provider] of Object.entries(providers)) {
      const known = byKey.get(provider.key);
      if (known !== undefined && known !== provider) throw new Error(`two providers are called ${provider.key}`);
      byKey.set(provider.key, provider);
      byPair.set(`${offer.service}/${method}`, provider);
    }
  }
  const offers = entries.map((entry) => entry.offer);
  return {
    services: () => offers,
    providerFor: (service, method) => byPair.get(`${service}/${method}`) ?? null,
    providerByKey: (key) => byKey.get(key) ?? null,
    providers: () => [...byKey.values()],
  };
}

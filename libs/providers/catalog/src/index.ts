export { allowedHosts } from './allowed-hosts';
export {
  type Catalog,
  type CatalogMethod,
  type CatalogPart,
  type CatalogService,
  type CatalogSettings,
  type CatalogSurroundings,
  createCatalog,
  type FormField,
  type MethodOffer,
  type ServiceOffer,
} from './catalog';
export type { ExchangeSettings } from './exchange-entry';
export type { GoogleSettings } from './google-entry';
export type { MicrosoftSettings } from './microsoft-entry';

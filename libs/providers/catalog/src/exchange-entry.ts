import type { Provider } from '@daybook/provider-port';
import { createExchangeProvider } from '@daybook/providers/exchange';
import type { CatalogEntry, CatalogSurroundings, MethodOffer, ServiceOffer } from './catalog';

export interface ExchangeSettings {
  /** Where mailboxes of a domain are looked for first: `example.com=https://mail.internal`, `*=…` for all others. */
  readonly autodiscoverHosts: readonly string[];
  /** Servers that the operator has named, `host:port` or `host`: a password may go there however they were found. */
  readonly listedHosts?: readonly string[];
}

/** By the names that people know their servers by; `auto` finds it out. */
const VERSIONS = [
  'auto',
  'Exchange2010_SP2',
  'Exchange2010_SP3',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2016',
  'Exchange2019',
  'ExchangeSE',
];

const OFFER: ServiceOffer = {
  service: 'exchange',
  label: 'Exchange',
  methods: [
    {
      method: 'ews',
      label: 'EWS with password',
      recommended: true,
      fields: [
        { name: 'username', label: 'Exchange login username or UPN', type: 'text', required: true },
        { name: 'email', label: 'Email address', type: 'email', required: false },
        { name: 'password', label: 'Exchange login password', type: 'password', required: true },
        {
          name: 'version',
          label: 'Exchange version',
          type: 'select',
          required: true,
          default: 'auto',
          options: VERSIONS,
        },
        { name: 'url', label: 'EWS URL', type: 'text', required: false },
      ],
    },
  ],
  permissions: [{ part: 'calendar', choices: ['none', 'read', 'readWrite'] }],
  reason: null,
};

/** How mailboxes of Office 365 are reached by the same provider: their server is known. */
export const OFFICE_BY_PASSWORD: MethodOffer = {
  method: 'ews',
  label: 'EWS with password',
  recommended: false,
  fields: [
    { name: 'email', label: 'Office 365 account email address', type: 'email', required: true },
    { name: 'password', label: 'Password', type: 'password', required: true },
    {
      name: 'url',
      label: 'EWS URL',
      type: 'url',
      required: true,
      default: 'https://outlook.office365.com/EWS/Exchange.asmx',
    },
  ],
};

/** One value for every service that people reach with a name and a password. @throws TypeError when a setting is none */
export function exchangeProvider(
  { autodiscoverHosts, listedHosts = [] }: ExchangeSettings,
  { typedHttp, clock, log, findServers }: CatalogSurroundings,
): Provider {
  return createExchangeProvider({ http: typedHttp, clock, log, findServers, autodiscoverHosts, listedHosts });
}

export function exchangeEntry(provider: Provider): CatalogEntry {
  return { offer: OFFER, providers: { ews: provider } };
}

import type { Provider } from '@daybook/provider-port';
import type { Catalog, ServiceOffer } from '@daybook/providers/catalog';
import { FORM_OFFERS, type FakeForms } from './fake-forms';
import type { TroubledAuth } from './troubled-provider';

const OFFER: ServiceOffer = {
  service: 'google',
  label: 'Fake',
  methods: [{ method: 'oauth2', label: 'Sign in', recommended: true, fields: [] }],
  permissions: [{ part: 'calendar', choices: ['none', 'read', 'readWrite'] }],
  reason: null,
};

/** A catalog with one service behind which the fake provider stands, and with what `forms` offers as soon as it does. */
export function catalogOf(auth: TroubledAuth, forms: FakeForms): Catalog {
  const provider: Provider = { key: 'fake', describe: { label: 'Fake', pollEveryMs: 60_000 }, auth };
  const offered = () => (forms.areOffered ? forms.pairs : new Map<string, Provider>());
  const all = () => [...new Set([provider, ...offered().values()])];
  return {
    services: () => (forms.areOffered ? [OFFER, ...FORM_OFFERS] : [OFFER]),
    providerFor: (service, method) =>
      service === OFFER.service && method === 'oauth2' ? provider : (offered().get(`${service}/${method}`) ?? null),
    providerByKey: (key) => all().find((one) => one.key === key) ?? null,
    providers: all,
  };
}

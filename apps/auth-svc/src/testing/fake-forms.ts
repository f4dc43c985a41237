import type { Provider } from '@daybook/provider-port';
import type { ServiceOffer } from '@daybook/providers/catalog';
import { FakeFormAuth } from '@daybook/testing/fakes';
import { TroubledAuth } from './troubled-provider';

const fields = [{ name: 'password', label: 'Password', type: 'password', required: true }] as const;
const byForm = { method: 'ews', label: 'With a password', recommended: false, fields } as const;
const onPages = { method: 'oauth2', label: 'Sign in', recommended: true, fields: [] } as const;
const permissions = [{ part: 'calendar', choices: ['none', 'read', 'readWrite'] }] as const;

/** Two services that are signed in to with a form; one of them on pages of another provider as well. */
export const FORM_OFFERS: readonly ServiceOffer[] = [
  { service: 'office365', label: 'Fake cloud', methods: [onPages, byForm], permissions, reason: null },
  { service: 'exchange', label: 'Fake server', methods: [byForm], permissions, reason: null },
];

/** The providers behind them. Nothing of it is there before it is offered. */
export class FakeForms {
  areOffered = false;
  readonly auth = new FakeFormAuth();
  readonly cloud: TroubledAuth;
  readonly pairs: ReadonlyMap<string, Provider>;

  constructor(clock: { now(): number }) {
    this.cloud = new TroubledAuth(clock);
    const describe = { label: 'Fake', pollEveryMs: 60_000 };
    const server: Provider = { key: 'fake-server', describe, auth: this.auth };
    const cloud: Provider = { key: 'fake-cloud', describe, auth: this.cloud };
    this.pairs = new Map([
      ['office365/oauth2', cloud],
      ['office365/ews', server],
      ['exchange/ews', server],
    ]);
  }
}

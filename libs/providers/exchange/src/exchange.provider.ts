import type { AuthPort, Clock, Provider, ProviderHttp } from '@daybook/provider-port';
import { createExchangeCalendar } from './calendar/exchange-calendar';
import { createEwsClient } from './transport/ews-client';

export interface ExchangeProviderOptions {
  readonly http: ProviderHttp;
  readonly clock: Clock;
  readonly auth: AuthPort;
}

const MINUTE = 60_000;

/** Exchange Server and Exchange Online over Exchange Web Services, with a name and a password. */
export function createExchangeProvider({ http, clock, auth }: ExchangeProviderOptions): Provider {
  const client = createEwsClient({ http, clock });
  return {
    key: 'exchange',
    describe: { label: 'Exchange', pollEveryMs: 15 * MINUTE },
    auth,
    calendar: createExchangeCalendar(client),
  };
}

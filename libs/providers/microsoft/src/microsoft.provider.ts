import type { Clock, Provider, ProviderHttp, ProviderLog } from '@daybook/provider-port';
import { createMicrosoftAuth } from './auth/microsoft-auth';
import { createMicrosoftAvailability } from './availability/microsoft-availability';
import { createMicrosoftCalendar } from './calendar/microsoft-calendar';
import { createMicrosoftDiagnosis } from './microsoft.diagnosis';
import { createMicrosoftNotifications } from './notifications/microsoft-notifications';
import { FewAtOnce } from './transport/few-at-once';
import { createGraphClient } from './transport/graph-client';
import { microsoftAddresses } from './transport/microsoft-addresses';

export interface MicrosoftProviderOptions {
  readonly http: ProviderHttp;
  readonly clock: Clock;
  readonly log: ProviderLog;
  readonly clientId: string;
  /** Null where nobody signs in: then refreshing and browser legs are refused. */
  readonly clientSecret: string | null;
  /** Other hosts in place of the public ones; null for those. */
  readonly loginUrl: string | null;
  readonly graphUrl: string | null;
  /** Where Graph's change notifications reach us; null where they cannot. */
  readonly hookAddress: string | null;
}

const MINUTE = 60_000;
const MOST_AT_ONCE = 4;

/** Microsoft 365 and Outlook.com over Microsoft Graph, version 1.0. @throws TypeError when an address is none */
export function createMicrosoftProvider(options: MicrosoftProviderOptions): Provider {
  const { http, clock, hookAddress } = options;
  const addresses = microsoftAddresses(options.loginUrl, options.graphUrl);
  const client = createGraphClient({ http, clock, turns: new FewAtOnce(MOST_AT_ONCE) }, addresses.graph);
  return {
    key: 'microsoft',
    describe: { label: 'Microsoft', pollEveryMs: 15 * MINUTE },
    auth: createMicrosoftAuth({ ...options, addresses, client }),
    calendar: createMicrosoftCalendar(client, clock),
    diagnosis: createMicrosoftDiagnosis(http, client, addresses),
    availability: createMicrosoftAvailability(client),
    ...(hookAddress === null ? {} : { notifications: createMicrosoftNotifications(client, hookAddress) }),
  };
}

import type { Clock, Provider, ProviderHttp, ProviderLog } from '@daybook/provider-port';
import { createGoogleAuth } from './auth/google-auth';
import { createGoogleAvailability } from './availability/google-availability';
import { createGoogleCalendar } from './calendar/google-calendar';
import { createGoogleDiagnosis } from './google.diagnosis';
import { createGoogleNotifications } from './notifications/google-notifications';
import { googleAddresses } from './transport/google-addresses';
import { createGoogleClient } from './transport/google-client';

export interface GoogleProviderOptions {
  readonly http: ProviderHttp;
  readonly clock: Clock;
  readonly log: ProviderLog;
  readonly clientId: string;
  /** Null where nobody signs in: then refreshing and browser legs are refused. */
  readonly clientSecret: string | null;
  /** One address that stands for all of Google's hosts; null for the public ones. */
  readonly baseUrl: string | null;
  /** Where Google's change notifications reach us; null where they cannot. */
  readonly hookAddress: string | null;
}

const MINUTE = 60_000;

/** Google Calendar over its REST interface, version 3. @throws TypeError when `baseUrl` is no address */
export function createGoogleProvider(options: GoogleProviderOptions): Provider {
  const { http, clock, baseUrl, hookAddress } = options;
  const addresses = googleAddresses(baseUrl);
  const client = createGoogleClient(http, clock, addresses.calendar);
  return {
    key: 'google',
    describe: { label: 'Google', pollEveryMs: 15 * MINUTE },
    auth: createGoogleAuth({ ...options, addresses }),
    calendar: createGoogleCalendar(client),
    diagnosis: createGoogleDiagnosis(http, clock, addresses),
    availability: createGoogleAvailability(client),
    ...(hookAddress === null ? {} : { notifications: createGoogleNotifications(client, hookAddress) }),
  };
}

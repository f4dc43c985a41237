import { setTimeout as passed } from 'node:timers/promises';
import type { Clock, FindServers, Provider, ProviderHttp, ProviderLog } from '@daybook/provider-port';
import { createExchangeAuth } from './auth/exchange-auth';
import { createExchangeAvailability } from './availability/exchange-availability';
import { createExchangeCalendar } from './calendar/exchange-calendar';
import { createExchangeWatching } from './notifications/exchange-watching';
import type { WatchingSurroundings } from './notifications/watched';
import { createExchangeDiagnosis } from './exchange.diagnosis';
import { accessIn, type ExchangeAccess } from './transport/access-text';
import { createEwsClient } from './transport/ews-client';

export interface ExchangeProviderOptions {
  /** Its guard lets out what people may name: public hosts, and those that the operator lists. */
  readonly http: ProviderHttp;
  readonly clock: Clock;
  readonly log: ProviderLog;
  readonly findServers: FindServers;
  /** Where mailboxes of a domain are asked for first: `example.com=https://mail.internal`, `*=…` for all others. */
  readonly autodiscoverHosts: readonly string[];
  /** Servers that the operator has named, `host:port` or `host`: a password may go there however they were found. */
  readonly listedHosts?: readonly string[];
}

const MINUTE = 60_000;

/**
 * Exchange Server and Exchange Online over Exchange Web Services, with a name and a password.
 * @throws TypeError when one of `autodiscoverHosts` is none
 */
export function createExchangeProvider(options: ExchangeProviderOptions): Provider {
  const client = createEwsClient(options);
  return {
    key: 'exchange',
    describe: { label: 'Exchange', pollEveryMs: 15 * MINUTE },
    auth: createExchangeAuth(options),
    calendar: createExchangeCalendar(client),
    diagnosis: createExchangeDiagnosis(options, client),
    serverOf: ({ token }) => serverIn(accessIn(token)),
    certificateExpiry: (access) => client.certificateExpiry(access),
    availability: createExchangeAvailability(client),
    ...watchingOf(options, client),
  };
}

const serverIn = (access: ExchangeAccess | null): string | null => access && new URL(access.url).host;

/** Only where answers can be read as they come. */
function watchingOf(
  { http, clock }: ExchangeProviderOptions,
  client: WatchingSurroundings['client'],
): Pick<Provider, 'watching'> {
  const { stream } = http;
  if (!stream) return {};
  const streaming = { request: http.request.bind(http), stream: stream.bind(http) };
  return { watching: createExchangeWatching({ http: streaming, clock, client, pause }) };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  passed(ms, undefined, { ref: false, signal }).catch(() => undefined);

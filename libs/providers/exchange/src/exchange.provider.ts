import type { Clock, FindServers, Provider, ProviderHttp, ProviderLog } from '@daybook/provider-port';
import { createExchangeAuth } from './auth/exchange-auth';
import { createExchangeCalendar } from './calendar/exchange-calendar';
import { createExchangeWatching, type WatchingSurroundings } from './notifications/exchange-watching';
import { createExchangeDiagnosis } from './exchange.diagnosis';
import { createEwsClient } from './transport/ews-client';

export interface ExchangeProviderOptions {
  /** Its guard lets out what people may name: public hosts, and those that the operator lists. */
  readonly http: ProviderHttp;
  readonly clock: Clock;
  readonly log: ProviderLog;
  readonly findServers: FindServers;
  /** Where mailboxes of a domain are asked for first: `example.com=https://mail.internal`, `*=…` for all others. */
  readonly autodiscoverHosts: readonly string[];
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
    diagnosis: createExchangeDiagnosis(options.http, client),
    ...watchingOf(options, client),
  };
}

/** Only where answers can be read as they come. */
function watchingOf(
  { http, clock }: ExchangeProviderOptions,
  client: WatchingSurroundings['client'],
): Pick<Provider, 'watching'> {
  const { stream } = http;
  if (!stream) return {};
  const streaming = { request: http.request.bind(http), stream: stream.bind(http) };
  return { watching: createExchangeWatching({ http: streaming, clock, client }) };
}

import type { CalendarWrites } from '@daybook/provider-port';
import {
  type RunningExchangeSimulator,
  type ServerSettings,
  startExchangeSimulator,
} from '@daybook/providers/exchange-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { createExchangeCalendar } from '../calendar/exchange-calendar';
import { writeAccess } from '../transport/access-text';
import { createEwsClient } from '../transport/ews-client';

export const ADA = 'ada@example.com';

/** Servers that speak one of the schemas each: a name, the version, and the schema. */
export const BOTH_SCHEMAS: readonly [string, ServerSettings['version'], string][] = [
  ['Exchange 2010', '2010', 'Exchange2010_SP2'],
  ['Exchange 2013 and later', 'SE', 'Exchange2013_SP1'],
];

export interface MailboxBench {
  readonly simulator: RunningExchangeSimulator;
  readonly writes: CalendarWrites;
  close(): Promise<void>;
}

/** A simulated server with one mailbox in Berlin, on the morning of 22 November 2026, and a session in it. */
export async function startMailboxBench(version: ServerSettings['version'], schema: string): Promise<MailboxBench> {
  const simulator = await startExchangeSimulator({ settings: { signIn: ['Basic'], version } });
  simulator.control.createMailbox({ email: ADA, timeZone: 'Europe/Berlin' });
  simulator.control.setClock('2026-11-22T08:00:00Z');
  const wire = guardedHttpTo(simulator.baseUrl);
  const url = `${simulator.baseUrl}/EWS/Exchange.asmx`;
  const access = writeAccess({ url, user: ADA, domain: null, password: 'daybook', version: schema });
  const client = createEwsClient({ http: wire, clock: { now: () => simulator.control.now() } });
  const { writes } = createExchangeCalendar(client).open(access);
  if (!writes) throw new Error('nothing can be written');
  const close = async (): Promise<void> => {
    await wire.close();
    await simulator.close();
  };
  return { simulator, writes, close };
}

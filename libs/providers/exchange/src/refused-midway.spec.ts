import type { CalendarSession } from '@daybook/provider-port';
import { element, startExchangeSimulator, type RunningExchangeSimulator } from '@daybook/providers/exchange-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { FakeLog } from '@daybook/testing/fakes';
import { createExchangeProvider } from './exchange.provider';
import { writeAccess } from './transport/access-text';

const ADA = 'ada@example.com';
const CALENDAR = { calendarRemoteId: 'primary', timeZone: null };

describe('a password that changes in the middle of a run', () => {
  let simulator: RunningExchangeSimulator;
  let wire: ReturnType<typeof guardedHttpTo>;
  let session: CalendarSession;
  beforeEach(async () => {
    simulator = await startExchangeSimulator();
    simulator.control.createMailbox({ email: ADA });
    simulator.control.changeSettings({ signIn: ['Basic'] });
    wire = guardedHttpTo(simulator.baseUrl);
    const provider = createExchangeProvider({
      ...{ http: wire, clock: { now: () => simulator.control.now() }, log: new FakeLog() },
      ...{ findServers: { srv: async () => [] }, autodiscoverHosts: [] },
    });
    const url = `${simulator.baseUrl}/EWS/Exchange.asmx`;
    const access = writeAccess({ url, user: ADA, domain: null, password: 'daybook', version: 'Exchange2013_SP1' });
    const opened = provider.calendar?.open(access);
    if (!opened) throw new Error('there is no calendar');
    session = opened;
    for await (const _calendars of session.calendars()) break;
  });
  afterEach(async () => {
    await wire.close();
    await simulator.close();
  });

  const list = async (): Promise<void> => {
    const request = { ...CALENDAR, since: null, window: { type: 'all' }, continueAt: null } as const;
    for await (const _page of session.changes(request)) break;
  };
  const kindOf = (work: Promise<unknown> | undefined): Promise<unknown> =>
    Promise.resolve(work).then(
      () => null,
      (error: unknown) => (error instanceof Error && 'kind' in error ? error.kind : error),
    );

  it('is shown to the server once, however many ask at that time and after it', async () => {
    const [start, end] = [element('Start', '2026-11-25T08:00:00Z'), element('End', '2026-11-25T09:00:00Z')];
    const made = await simulator.control.createItem(ADA, element('CalendarItem', [start, end]));
    expect(await kindOf(list())).toBeNull();
    simulator.control.setPassword(ADA, 'another');
    const key = '0a1b2c3d4e5f6g7h8i9jkv';
    const item = () => session.item?.({ ...CALENDAR, remoteId: made });
    const kinds = [kindOf(list()), kindOf(item()), kindOf(item()), kindOf(session.writes?.made({ ...CALENDAR, key }))];
    expect(await Promise.all(kinds)).toEqual(Array(4).fill('ConsentRevoked'));
    expect(await kindOf(list())).toBe('ConsentRevoked');
    expect(simulator.control.failedSignIns(ADA)).toBe(1);
  });
});

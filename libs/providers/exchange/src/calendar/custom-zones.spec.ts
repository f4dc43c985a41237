import type { CalendarSession, DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import {
  element,
  type RunningExchangeSimulator,
  startExchangeSimulator,
  type XmlElement,
} from '@daybook/providers/exchange-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { writeAccess } from '../transport/access-text';
import { createEwsClient } from '../transport/ews-client';
import { createExchangeCalendar } from './exchange-calendar';

const ADA = 'ada@example.com';

const period = (id: string, bias: string): XmlElement => element('Period', [], { Id: id, Name: id, Bias: bias });
const yearly = (name: string, month: number, at: string): XmlElement =>
  element('RecurringDayTransition', [
    element('To', name, { Kind: 'Period' }),
    element('TimeOffset', at),
    element('Month', month),
    element('DayOfWeek', 'Sunday'),
    element('Occurrence', -1),
  ]);
/** A zone as programs define one, whose summer begins in a month. */
const zone = (name: string, begins: number): XmlElement =>
  element(
    name,
    [
      element('Periods', [period('std', '-PT1H'), period('dst', '-PT2H')]),
      element('TransitionsGroups', [
        element('TransitionsGroup', [yearly('dst', begins, 'PT2H'), yearly('std', 10, 'PT3H')], { Id: '0' }),
      ]),
      element('Transitions', [element('Transition', [element('To', '0', { Kind: 'Group' })])]),
    ],
    { Id: 'Mine', Name: 'Mine' },
  );

describe('an item in a zone of somebody’s own making', () => {
  let simulator: RunningExchangeSimulator;
  let wire: ReturnType<typeof guardedHttpTo>;
  let session: CalendarSession;
  beforeEach(async () => {
    simulator = await startExchangeSimulator({ settings: { signIn: ['Basic'] } });
    simulator.control.createMailbox({ email: ADA, timeZone: 'Europe/Berlin' });
    wire = guardedHttpTo(simulator.baseUrl);
    const url = `${simulator.baseUrl}/EWS/Exchange.asmx`;
    const mailbox = { url, user: ADA, domain: null, password: 'daybook', version: 'Exchange2013_SP1' };
    const client = createEwsClient({ http: wire, clock: { now: () => Date.now() } });
    session = createExchangeCalendar(client).open(writeAccess(mailbox));
  });
  afterEach(async () => {
    await wire.close();
    await simulator.close();
  });

  const add = (subject: string, begins: number, more: readonly XmlElement[] = []): Promise<string> =>
    simulator.control.createItem(
      ADA,
      element('CalendarItem', [
        element('Subject', subject),
        element('Start', '2026-11-23T09:00:00+01:00'),
        element('End', '2026-11-23T10:00:00+01:00'),
        ...more,
        zone('StartTimeZone', begins),
        zone('EndTimeZone', begins),
      ]),
    );
  const daily = element('Recurrence', [
    element('DailyRecurrence', [element('Interval', 1)]),
    element('NumberedRecurrence', [element('StartDate', '2026-11-23'), element('NumberOfOccurrences', 3)]),
  ]);
  async function changes(): Promise<DeltaPage<RemoteMeeting>['changes']> {
    const request = { calendarRemoteId: 'primary', since: null, continueAt: null, window: { type: 'all' } } as const;
    const found: DeltaPage<RemoteMeeting>['changes'][number][] = [];
    for await (const page of session.changes(request)) found.push(...page.changes);
    return found;
  }

  it('has the zone whose clocks do the same, and repeats in it', async () => {
    await add('Series', 3, [daily]);
    const start = { dateTime: '2026-11-23T09:00:00', timeZone: 'Europe/Berlin' };
    expect(await changes()).toMatchObject([{ item: { kind: 'series', content: { start } } }]);
  });

  it('is told in UTC where there is none, and as a series not at all', async () => {
    await add('Single', 2);
    const series = await add('Series', 2, [daily]);
    const told = await changes();
    expect(told).toHaveLength(2);
    const start = { dateTime: '2026-11-23T08:00:00', timeZone: 'UTC' };
    expect(told).toContainEqual(
      expect.objectContaining({
        item: expect.objectContaining({ content: expect.objectContaining({ title: 'Single', start }) }),
      }),
    );
    expect(told).toContainEqual({ type: 'unreadable', remoteId: series, reason: 'StartTimeZone' });
  });
});

import { type ProviderAccess } from '@daybook/provider-port';
import {
  element,
  type RunningExchangeSimulator,
  startExchangeSimulator,
  type StreamingSetting,
} from '@daybook/providers/exchange-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { writeAccess } from '../transport/access-text';
import { WordByWord } from './testing/word-by-word';

const ADDRESS = 'ada@example.com';
const MINUTE = 60_000;

describe.each([
  ['2010', 'Exchange2010_SP2'],
  ['2013', 'Exchange2013_SP1'],
] as const)('a watch over a simulated Exchange %s whose streams do not come through', (server, version) => {
  let simulator: RunningExchangeSimulator;
  let http: ReturnType<typeof guardedHttpTo>;
  let subject: WordByWord;
  let now: number;
  beforeEach(async () => {
    now = 0;
    simulator = await startExchangeSimulator({
      settings: { version: server, signIn: ['Basic'] },
      notifications: {
        most: { subscriptions: 1, connections: 1, events: 200 },
        pace: { tick: 5, gather: 5, heartbeat: 45_000 },
      },
    });
    simulator.control.createMailbox({ email: ADDRESS, timeZone: 'Europe/Berlin' });
    http = guardedHttpTo(simulator.baseUrl);
  });
  afterEach(async () => {
    await subject.end();
    await http.close();
    await simulator.close();
  });

  const calendar = (): string => simulator.control.mailboxes()[0]?.calendars[0]?.id ?? '';
  const access = (): ProviderAccess =>
    writeAccess({
      url: `${simulator.baseUrl}/EWS/Exchange.asmx`,
      user: ADDRESS,
      domain: null,
      password: 'daybook',
      version,
    });
  const listen = (streaming: StreamingSetting): WordByWord => {
    simulator.control.changeSettings({ streaming });
    const clock = { now: () => now };
    const reading = { http, clock, access: access(), calendarRemoteIds: [calendar()], firstWordMs: 300 };
    return (subject = new WordByWord(reading));
  };
  const change = (): Promise<string> => {
    const times = ['Start', 'End'].map((name, at) => element(name, `2026-11-23T1${at}:00:00Z`));
    return simulator.control.createItem(ADDRESS, element('CalendarItem', [element('Subject', 'New'), ...times]));
  };
  const pass = (ms: number): void => {
    now += ms;
    simulator.control.setClock(new Date(simulator.control.now() + ms).toISOString());
  };
  const changed = () => ({ type: 'changed', calendarRemoteId: calendar() });

  it.each(['held', 'full', 'unknown'] as const)('hears of changes all the same, by asking: %s', async (streaming) => {
    listen(streaming);
    expect(await subject.next()).toEqual({ type: 'listening' });
    await change();
    expect(await subject.nextLook()).toEqual(changed());
    await change();
    expect(await subject.nextLook()).toEqual(changed());
    expect(subject.asked.slice(-3)).toEqual(['Pull', 'GetEvents', 'GetEvents']);
  });

  it('reads all of very many events, and goes on behind them', async () => {
    listen('full');
    await subject.next();
    for (let one = 0; one < 60; one += 1) await change();
    expect(await subject.nextLook()).toEqual(changed());
    const looks = subject.asked.filter((name) => name === 'GetEvents').length;
    expect(looks).toBeGreaterThan(2);
    await change();
    expect(await subject.nextLook()).toEqual(changed());
    expect(subject.asked.filter((name) => name === 'GetEvents')).toHaveLength(looks + 1);
  });

  it('ends with a hint when the server has forgotten its subscription', async () => {
    listen('full');
    await subject.next();
    simulator.control.forgetSubscriptions(ADDRESS);
    expect(await subject.nextLook()).toEqual({ type: 'changed', calendarRemoteId: null });
    expect(await subject.next()).toBeNull();
  });

  it('ends with a hint when the server remembers too little', async () => {
    listen('full');
    await subject.next();
    for (let one = 0; one < 70; one += 1) await change();
    expect(await subject.nextLook()).toEqual({ type: 'changed', calendarRemoteId: null });
    expect(await subject.next()).toBeNull();
  });

  it('ends by itself after half an hour, and the next one is streamed again', async () => {
    listen('full');
    await subject.next();
    pass(30 * MINUTE);
    expect(await subject.nextLook()).toBeNull();
    listen('open');
    expect(await subject.next()).toEqual({ type: 'listening' });
    expect(subject.asked).toEqual(['Streaming', 'GetStreamingEvents']);
  });

  it('shows a password once that was changed meanwhile', async () => {
    listen('full');
    await subject.next();
    simulator.control.setPassword(ADDRESS, 'changed');
    await expect(subject.nextLook()).rejects.toMatchObject({ kind: 'ConsentRevoked' });
    expect([simulator.control.failedSignIns(ADDRESS), subject.asked.at(-1)]).toEqual([1, 'GetEvents']);
  });

  it('hears that the server is busy, and asks it no more', async () => {
    listen('full');
    await subject.next();
    simulator.control.addFault({ kind: 'throttled', email: ADDRESS, times: 1, ms: 60_000 });
    await expect(subject.nextLook()).rejects.toMatchObject({ kind: 'Throttled', retryAfterMs: 60_000 });
    expect(subject.asked.at(-1)).toBe('GetEvents');
  });
});

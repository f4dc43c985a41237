import type { ProviderAccess } from '@daybook/provider-port';
import { element, type RunningExchangeSimulator, startExchangeSimulator } from '@daybook/providers/exchange-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { writeAccess } from '../transport/access-text';
import { WordByWord } from './testing/word-by-word';

const ADDRESS = 'ada@example.com';
const MINUTE = 60_000;

describe.each([['NTLM'], ['Basic']] as const)('a watch over a simulated mailbox, signed in by %s', (scheme) => {
  let simulator: RunningExchangeSimulator;
  let http: ReturnType<typeof guardedHttpTo>;
  let subject: WordByWord;
  let now: number;
  beforeEach(async () => {
    now = 0;
    simulator = await startExchangeSimulator({
      settings: { signIn: [scheme] },
      notifications: {
        most: { subscriptions: 2, connections: 1, events: 100 },
        pace: { tick: 5, gather: 5, heartbeat: 45_000 },
      },
    });
    simulator.control.createMailbox({ email: ADDRESS, timeZone: 'Europe/Berlin' });
    http = guardedHttpTo(simulator.baseUrl);
    subject = listener();
  });
  afterEach(async () => {
    await subject.end();
    await http.close();
    await simulator.close();
  });

  const calendar = (): string => simulator.control.mailboxes()[0]?.calendars[0]?.id ?? '';
  const accessTo = (): ProviderAccess =>
    writeAccess({
      url: `${simulator.baseUrl}/EWS/Exchange.asmx`,
      user: ADDRESS,
      domain: null,
      password: 'daybook',
      version: 'Exchange2010_SP1',
    });
  const listener = (): WordByWord => {
    const clock = { now: () => now };
    return new WordByWord({ http, clock, access: accessTo(), calendarRemoteIds: [calendar()] });
  };
  const change = (): Promise<string> => {
    const times = ['Start', 'End'].map((name, at) => element(name, `2026-11-23T1${at}:00:00Z`));
    return simulator.control.createItem(ADDRESS, element('CalendarItem', [element('Subject', 'New'), ...times]));
  };
  const pass = (ms: number): void => simulator.control.setClock(new Date(simulator.control.now() + ms).toISOString());
  const changed = () => ({ type: 'changed', calendarRemoteId: calendar() });

  it.each([null, 1, 5])('hears of changes, with envelopes in pieces of %s', async (length) => {
    simulator.control.splitStreams(length);
    expect(await subject.next()).toEqual({ type: 'listening' });
    await change();
    expect(await subject.next()).toEqual(changed());
    await change();
    expect(await subject.next()).toEqual(changed());
  });

  it('misses nothing between two connections', async () => {
    await subject.next();
    now += MINUTE;
    pass(30 * MINUTE);
    await change();
    expect(await subject.next()).toEqual(changed());
  });

  it('fails as an outage does when its line breaks', async () => {
    await subject.next();
    const waiting = subject.next();
    expect(simulator.control.cutStreams(ADDRESS)).toBe(1);
    await expect(waiting).rejects.toMatchObject({ kind: 'Unavailable' });
  });

  it('ends with a hint when the server has forgotten its subscription', async () => {
    await subject.next();
    simulator.control.forgetSubscriptions(ADDRESS);
    expect(await subject.next()).toEqual({ type: 'changed', calendarRemoteId: null });
    expect(await subject.next()).toBeNull();
  });

  it('has to ask where others listen already, and listens itself when they have left', async () => {
    await subject.next();
    const other = listener();
    expect([await other.next(), other.isPulled]).toEqual([{ type: 'listening' }, true]);
    await other.end();
    await subject.end();
    subject = listener();
    expect([await subject.next(), subject.isPulled]).toEqual([{ type: 'listening' }, false]);
  });

  it('leaves its place to another one even where its good-bye is lost', async () => {
    await subject.next();
    simulator.control.addFault({ kind: 'unavailable', email: ADDRESS, times: 1 });
    await subject.end();
    // What was noticed late would still hold the only place.
    for (let round = 0; round < 40; round += 1) {
      subject = listener();
      const news = await subject.next().catch(() => null);
      if (news !== null && !subject.isPulled) break;
      await subject.end();
    }
    expect([subject.asked.at(-1), subject.isPulled]).toEqual(['GetStreamingEvents', false]);
  });

  it('shows a password that was changed once', async () => {
    simulator.control.setPassword(ADDRESS, 'changed');
    await expect(subject.next()).rejects.toMatchObject({ kind: 'ConsentRevoked' });
    expect(simulator.control.failedSignIns(ADDRESS)).toBe(1);
  });

  it.each([
    ['throttled', 'Throttled'],
    ['unavailable', 'Unavailable'],
    ['ews_disabled', 'SwitchedOff'],
    ['cut', 'Unavailable'],
  ] as const)('is refused by a server that is %s in a word of ours', async (kind, told) => {
    simulator.control.addFault({ kind, email: ADDRESS, times: 1 });
    await expect(subject.next()).rejects.toMatchObject({ name: 'ProviderError', kind: told });
  });
});

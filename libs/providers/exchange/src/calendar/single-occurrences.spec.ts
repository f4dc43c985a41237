import {
  type CalendarSession,
  type MeetingDraft,
  ProviderError,
  type ProviderHttp,
  type RemoteMeeting,
  type WriteTarget,
} from '@daybook/provider-port';
import {
  element,
  type RunningExchangeSimulator,
  startExchangeSimulator,
  textOf,
  type XmlElement,
} from '@daybook/providers/exchange-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { at, draft } from '@daybook/testing/fakes';
import { writeAccess } from '../transport/access-text';
import { createEwsClient } from '../transport/ews-client';
import { createExchangeCalendar } from './exchange-calendar';

const ADA = 'ada@example.com';
const IN = { calendarRemoteId: 'primary', timeZone: 'Europe/Berlin', notify: false };
const KEY = '0a1b2c3d4e5f6g7h8i9jkv';
const MARKER = { deployment: 'dep', meetingId: 'mtg' };
const DAILY = draft('Stand-up', at('2026-11-25T09:00'), at('2026-11-25T09:30'), {
  lines: ['RRULE:FREQ=DAILY;COUNT=6'],
});
const WITHOUT_TWO = { ...DAILY, lines: [...DAILY.lines, 'EXDATE:20261126T080000Z,20261128T080000Z'] };
const LATER = { ...DAILY, start: at('2026-11-25T15:00'), end: at('2026-11-25T15:30') };
const ENDED = { ...DAILY, lines: ['RRULE:FREQ=DAILY;UNTIL=20261129T075959Z'] };
const BEN = { name: 'Ben', email: 'ben@elsewhere.example', response: 'needsAction', role: 'required' } as const;

describe('single occurrences of a series', () => {
  let simulator: RunningExchangeSimulator;
  let wire: ReturnType<typeof guardedHttpTo>;
  /** Writes that still get through. */
  let writesLeft: number;
  beforeEach(async () => {
    simulator = await startExchangeSimulator({ settings: { signIn: ['Basic'] } });
    simulator.control.createMailbox({ email: ADA, timeZone: 'Europe/Berlin' });
    simulator.control.setClock('2026-11-22T08:00:00Z');
    wire = guardedHttpTo(simulator.baseUrl);
    writesLeft = Infinity;
  });
  afterEach(async () => {
    await wire.close();
    await simulator.close();
  });

  const http: ProviderHttp = {
    request: async (request) => {
      const writes = /<m:(?:Create|Update|Delete)Item /.test(String(request.body));
      if (writes && writesLeft <= 0) throw new ProviderError('Unavailable', { detail: 'cut' });
      if (writes) writesLeft -= 1;
      return wire.request(request);
    },
  };
  const open = (): CalendarSession => {
    const url = `${simulator.baseUrl}/EWS/Exchange.asmx`;
    const access = { url, user: ADA, domain: null, password: 'daybook', version: 'Exchange2013_SP1' };
    const clock = { now: () => simulator.control.now() };
    return createExchangeCalendar(createEwsClient({ http, clock })).open(writeAccess(access));
  };
  const writes = () => {
    const port = open().writes;
    if (!port) throw new Error('nothing can be written');
    return port;
  };
  const create = (its: MeetingDraft) => writes().create({ ...IN, key: KEY, marker: MARKER, draft: its });
  const itself = ({ remoteId }: RemoteMeeting): WriteTarget => ({ type: 'item', remoteId });
  const on = ({ remoteId }: RemoteMeeting, date: string): string => `OID.${remoteId}.${date}`;
  const now = async (series: RemoteMeeting) => writes().read({ ...IN, target: itself(series) });
  const update = async (series: RemoteMeeting, its: MeetingDraft, notify = false) => {
    const ifVersion = (await now(series))?.version ?? '';
    return writes().update({ ...IN, target: itself(series), ifVersion, draft: its, fields: ['time'], notify });
  };
  const agenda = (): readonly XmlElement[] =>
    simulator.control.agenda(ADA, Date.UTC(2026, 10, 24), Date.UTC(2026, 11, 3));
  const shown = (): string[] =>
    agenda().map((item) => `${(textOf(item, 'Start') ?? '').slice(0, 16)} ${textOf(item, 'Subject') ?? ''}`);
  const instance = (date: string): string => {
    const found = agenda().find((item) => (textOf(item, 'OriginalStart') ?? '').startsWith(date));
    const id = found?.children.find(({ name }) => name === 'ItemId')?.attributes['Id'];
    if (id === undefined) throw new Error(`no occurrence on ${date}`);
    return id;
  };
  const change = (id: string, fields: Readonly<Record<string, string>>, more: readonly XmlElement[] = []) =>
    simulator.control.updateItem(ADA, id, {
      set: [...Object.entries(fields).map(([name, text]) => element(name, text)), ...more],
    });
  const RED = element('Categories', [element('String', 'Red category')]);
  /** One is taken out in Outlook, one renamed, coloured and moved, one renamed only. */
  const lived = async (): Promise<RemoteMeeting> => {
    const series = await create(DAILY);
    await simulator.control.deleteItem(ADA, instance('2026-11-26'));
    const times = { Start: '2026-11-27T12:00:00Z', End: '2026-11-27T13:00:00Z' };
    await change(instance('2026-11-27'), { Subject: 'Planning', LegacyFreeBusyStatus: 'OOF', ...times }, [RED]);
    await change(instance('2026-11-28'), { Subject: 'Review', ReminderMinutesBeforeStart: '7' });
    return series;
  };

  it('survive that their series ends earlier', async () => {
    const series = await lived();
    const ended = await update(series, ENDED);
    expect(shown()).toEqual(['2026-11-25T08:00 Stand-up', '2026-11-27T12:00 Planning', '2026-11-28T08:00 Review']);
    expect(await now(series)).toEqual(ended);
    const moved = await writes().read({ ...IN, target: { type: 'item', remoteId: on(series, '2026-11-27') } });
    expect(moved).toMatchObject({ content: { start: at('2026-11-27T13:00'), end: at('2026-11-27T14:00') } });
  });

  it('stay as they are by their dates where all others get another time of day', async () => {
    const series = await lived();
    await update(series, LATER);
    expect(shown()).toEqual([
      '2026-11-25T14:00 Stand-up',
      '2026-11-27T12:00 Planning',
      '2026-11-28T14:00 Review',
      '2026-11-29T14:00 Stand-up',
      '2026-11-30T14:00 Stand-up',
    ]);
    const [moved, review] = ['2026-11-27', '2026-11-28'].map((date) => simulator.control.item(ADA, instance(date)));
    expect(moved?.children.find(({ name }) => name === 'Categories')?.children[0]?.text).toBe('Red category');
    expect(textOf(moved ?? null, 'LegacyFreeBusyStatus')).toBe('OOF');
    expect(textOf(review ?? null, 'ReminderMinutesBeforeStart')).toBe('7');
  });

  it.each([0, 1, 2, 3, 4])(
    'survive a change that stops after %i of its writes, and is looked at then',
    async (left) => {
      const series = await lived();
      const ifVersion = (await now(series))?.version ?? '';
      writesLeft = left;
      const request = { ...IN, target: itself(series), ifVersion, draft: LATER, fields: ['time'] } as const;
      await expect(writes().update(request)).rejects.toMatchObject({ kind: 'Unavailable' });
      writesLeft = Infinity;
      await now(series);
      if (left === 0) return;
      expect(shown()).toHaveLength(5);
      expect(shown()).toEqual(expect.arrayContaining(['2026-11-27T12:00 Planning', '2026-11-28T14:00 Review']));
      // What is done is done once: later changes in Outlook stand.
      await change(series.remoteId, { Start: '2026-11-25T15:00:00Z', End: '2026-11-25T15:30:00Z' });
      await now(series);
      expect(shown()).toHaveLength(6);
    },
  );

  it('can swap their places with their neighbours', async () => {
    const series = await create(DAILY);
    for (const [from, to] of [
      ['2026-11-30', '2026-12-02'],
      ['2026-11-29', '2026-12-01'],
      ['2026-11-28', '2026-11-30'],
    ] as const)
      await change(instance(from), { Start: `${to}T08:00:00Z`, End: `${to}T08:30:00Z` });
    const before = shown();
    await update(series, { ...DAILY, end: at('2026-11-25T10:00') });
    expect(shown()).toEqual(before);
  });

  it('are put back with their guests, who hear of it only when asked', async () => {
    const series = await create(DAILY);
    const target = { type: 'item', remoteId: on(series, '2026-11-27') } as const;
    const { version = '' } = (await writes().read({ ...IN, target })) ?? {};
    const invited = { ...DAILY, attendees: [BEN] };
    await writes().update({ ...IN, target, ifVersion: version, draft: invited, fields: ['attendees'] });
    await update(series, LATER);
    expect(simulator.control.ledger(ADA).mails).toEqual([]);
    expect(await writes().read({ ...IN, target })).toMatchObject({ content: { attendees: [BEN] } });
    await update(series, DAILY, true);
    expect(simulator.control.ledger(ADA).mails.map(({ to }) => to)).toContain(BEN.email);
  });

  it.each([1, 2, 3])('are taken out by whoever looks after a create that stopped after %i writes', async (left) => {
    writesLeft = left;
    await expect(create(WITHOUT_TWO)).rejects.toMatchObject({ kind: 'Unavailable' });
    writesLeft = Infinity;
    const made = await writes().made({ ...IN, key: KEY });
    expect(made).toMatchObject({ kind: 'series', lines: ['RRULE:FREQ=DAILY;COUNT=6', WITHOUT_TWO.lines[1]] });
    expect(shown()).toHaveLength(4);
    expect(await create(WITHOUT_TWO)).toEqual(made);
  });

  it('are not taken out again after somebody gave the series another time in Outlook', async () => {
    const series = await create(WITHOUT_TWO);
    await change(series.remoteId, { Start: '2026-11-25T15:00:00Z', End: '2026-11-25T15:30:00Z' });
    expect(await now(series)).toMatchObject({ lines: DAILY.lines });
    expect(shown()).toHaveLength(6);
  });

  it('that a series never had are not missed among those it had', async () => {
    const never = 'EXDATE:20261126T080000Z,20261127T120000Z,20270101T080000Z';
    const series = await create({ ...DAILY, lines: [...DAILY.lines, never] });
    expect(series).toMatchObject({ lines: [...DAILY.lines, 'EXDATE:20261126T080000Z'] });
    expect(shown()).toHaveLength(5);
  });
});

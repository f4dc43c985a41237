import {
  type CalendarSession,
  type MeetingDraft,
  ProviderError,
  type ProviderHttp,
  type RemoteMeeting,
  type WriteTarget,
} from '@daybook/provider-port';
import { startMicrosoftSimulator, type RunningMicrosoftSimulator } from '@daybook/providers/microsoft-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { at, draft } from '@daybook/testing/fakes';
import { FewAtOnce } from '../transport/few-at-once';
import { createGraphClient } from '../transport/graph-client';
import { createMicrosoftCalendar } from './microsoft-calendar';

const ADA = 'ada@example.com';
const SCOPE = 'User.Read MailboxSettings.Read Calendars.ReadWrite';
const IN = { calendarRemoteId: 'primary', timeZone: 'Europe/Berlin', notify: false };
const KEY = '0a1b2c3d4e5f6g7h8i9jkv';
const MARKER = { deployment: 'dep', meetingId: 'mtg' };
const DAILY = draft('Stand-up', at('2026-11-25T09:00'), at('2026-11-25T09:30'), {
  lines: ['RRULE:FREQ=DAILY;COUNT=6'],
});
const WITHOUT_TWO = { ...DAILY, lines: [...DAILY.lines, 'EXDATE:20261126T080000Z,20261128T080000Z'] };
const LATER = { ...DAILY, start: at('2026-11-25T15:00'), end: at('2026-11-25T15:30') };
const ENDED = { ...DAILY, lines: ['RRULE:FREQ=DAILY;UNTIL=20261129T075959Z'] };

describe('single occurrences of a series', () => {
  let simulator: RunningMicrosoftSimulator;
  let wire: ReturnType<typeof guardedHttpTo>;
  /** Writes that still get through. */
  let writesLeft: number;
  beforeEach(async () => {
    simulator = await startMicrosoftSimulator();
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
      const writes = request.method !== 'GET' && !request.url.endsWith('/$batch');
      if (writes && writesLeft <= 0) throw new ProviderError('Unavailable', { detail: 'cut' });
      if (writes) writesLeft -= 1;
      return wire.request(request);
    },
  };
  const open = (): CalendarSession => {
    const clock = { now: () => simulator.control.now() };
    const client = createGraphClient({ http, clock, turns: new FewAtOnce(4) }, `${simulator.baseUrl}/v1.0`);
    return createMicrosoftCalendar(client, clock).open({ token: simulator.control.issueToken(ADA, SCOPE).accessToken });
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
  const update = async (series: RemoteMeeting, its: MeetingDraft) => {
    const ifVersion = (await now(series))?.version ?? '';
    return writes().update({ ...IN, target: itself(series), ifVersion, draft: its, fields: ['time'] });
  };
  const shown = (): string[] => {
    const all = simulator.control.agenda(ADA, Date.UTC(2026, 10, 24), Date.UTC(2026, 11, 3));
    return all.map((event) => `${JSON.stringify(event['start']).slice(13, 29)} ${String(event['subject'])}`);
  };
  const instance = (series: RemoteMeeting, date: string): string => {
    const all = simulator.control.instances(ADA, series.remoteId);
    const found = all.find((one) => String(one['originalStart']).startsWith(date));
    if (!found) throw new Error(`no occurrence on ${date}`);
    return found.id;
  };
  /** One is taken out in Outlook, one renamed, coloured and moved, one renamed only. */
  const lived = async (): Promise<RemoteMeeting> => {
    const series = await create(DAILY);
    simulator.control.deleteEvent(ADA, instance(series, '2026-11-26'));
    simulator.control.updateEvent(ADA, instance(series, '2026-11-27'), {
      subject: 'Planning',
      categories: ['Red category'],
      start: { dateTime: '2026-11-27T13:00:00', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2026-11-27T14:00:00', timeZone: 'W. Europe Standard Time' },
    });
    simulator.control.updateEvent(ADA, instance(series, '2026-11-28'), { subject: 'Review' });
    return series;
  };

  it('survive that their series ends earlier', async () => {
    const series = await lived();
    const ended = await update(series, ENDED);
    expect(shown()).toEqual(['2026-11-25T08:00 Stand-up', '2026-11-27T12:00 Planning', '2026-11-28T08:00 Review']);
    expect(await now(series)).toEqual(ended);
    const moved = await writes().read({ ...IN, target: { type: 'item', remoteId: on(series, '2026-11-27') } });
    expect(moved).toMatchObject({ content: { start: at('2026-11-27T13:00'), end: at('2026-11-27T14:00') } });
    expect(simulator.control.event(ADA, instance(series, '2026-11-27'))?.['categories']).toEqual(['Red category']);
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
      simulator.control.updateEvent(ADA, series.remoteId, {
        start: { dateTime: '2026-11-25T16:00:00', timeZone: 'W. Europe Standard Time' },
        end: { dateTime: '2026-11-25T16:30:00', timeZone: 'W. Europe Standard Time' },
      });
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
      simulator.control.updateEvent(ADA, instance(series, from), {
        start: { dateTime: `${to}T09:00:00`, timeZone: 'W. Europe Standard Time' },
        end: { dateTime: `${to}T09:30:00`, timeZone: 'W. Europe Standard Time' },
      });
    const before = shown();
    await update(series, { ...DAILY, end: at('2026-11-25T10:00') });
    expect(shown()).toEqual(before);
  });

  it('are not put back with guests who are not to be mailed', async () => {
    const series = await create(DAILY);
    const attendees = [{ emailAddress: { address: 'ben@example.com' }, type: 'required' as const }];
    simulator.control.updateEvent(ADA, instance(series, '2026-11-27'), { attendees });
    await expect(update(series, LATER)).rejects.toMatchObject({ message: 'Rejected: would_notify' });
    expect(shown()).toContain('2026-11-25T08:00 Stand-up');
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
    simulator.control.updateEvent(ADA, series.remoteId, {
      start: { dateTime: '2026-11-25T16:00:00', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2026-11-25T16:30:00', timeZone: 'W. Europe Standard Time' },
    });
    expect(await now(series)).toMatchObject({ lines: DAILY.lines });
    expect(shown()).toHaveLength(6);
  });

  it('that a series never had are not missed among those it had', async () => {
    const never = 'EXDATE:20261126T080000Z,20261127T120000Z,20270101T080000Z';
    const series = await create({ ...DAILY, lines: [...DAILY.lines, never] });
    expect(series).toMatchObject({ lines: [...DAILY.lines, 'EXDATE:20261126T080000Z'] });
    expect(shown()).toHaveLength(5);
    await update(series, { ...DAILY, lines: [...DAILY.lines, 'EXDATE:20261126T080000Z'] });
    simulator.control.updateEvent(ADA, series.remoteId, { subject: 'Still' });
    expect(await now(series)).toMatchObject({ lines: [...DAILY.lines, 'EXDATE:20261126T080000Z'] });
  });
});

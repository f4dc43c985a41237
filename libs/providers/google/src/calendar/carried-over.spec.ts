import type { CalendarSession, MeetingDraft, ProviderHttpRequest, RemoteMeeting } from '@daybook/provider-port';
import { type RunningGoogleSimulator, startGoogleSimulator } from '@daybook/providers/google-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { at, draft, FakeHttpFailure } from '@daybook/testing/fakes';
import { createGoogleClient } from '../transport/google-client';
import { createGoogleCalendar } from './google-calendar';

const ADA = 'ada@example.com';
const IN = { calendarRemoteId: ADA, timeZone: 'Europe/Berlin', notify: false };
const KEY = '0a1b2c3d4e5f6g7h8i9jkv';
const MARKER = { deployment: 'dep', meetingId: 'mtg' };
const WEEKLY = draft('Weekly', at('2026-11-23T09:00'), at('2026-11-23T10:00'), {
  lines: ['RRULE:FREQ=WEEKLY;COUNT=4'],
});

describe('occurrences of a Google series that were changed by themselves', () => {
  let simulator: RunningGoogleSimulator;
  let wire: ReturnType<typeof guardedHttpTo>;
  let session: CalendarSession;
  let token: string;
  /** Requests that change something and come through, before the line is cut. */
  let writesLeft: number;
  /** What Google takes no change of: a part of its address. */
  let refuse: string;
  beforeEach(async () => {
    [writesLeft, refuse] = [Infinity, ''];
    simulator = await startGoogleSimulator();
    const { control, baseUrl } = simulator;
    control.createMailbox({ email: ADA, timeZone: 'Europe/Berlin' });
    wire = guardedHttpTo(baseUrl);
    const client = createGoogleClient({ request }, { now: () => control.now() }, `${baseUrl}/calendar/v3`);
    token = control.issueGrant(ADA, 'https://www.googleapis.com/auth/calendar').accessToken;
    session = createGoogleCalendar(client).open({ token });
  });
  afterEach(async () => {
    await wire.close();
    await simulator.close();
  });

  const request = async (asked: ProviderHttpRequest) => {
    if (asked.method === 'PATCH' && refuse !== '' && asked.url.includes(refuse))
      return { status: 403, headers: {}, body: Buffer.from('{}'), text: () => '{}', json: () => ({}) };
    if (asked.method !== 'GET' && writesLeft-- <= 0) throw new FakeHttpFailure('network');
    return wire.request(asked);
  };
  const writes = () => {
    if (!session.writes) throw new Error('no writes');
    return session.writes;
  };
  const alone = async (series: RemoteMeeting, when: string, change: Partial<MeetingDraft>): Promise<void> => {
    const originalStart = { instant: Date.parse(when) };
    const target = { type: 'occurrence', seriesRemoteId: series.remoteId, originalStart } as const;
    const now = await writes().read({ ...IN, target });
    if (now === null || now.kind === 'cancelled') throw new Error(`nothing at ${when}`);
    const wanted = { ...now.content, lines: [], ...change };
    const fields = 'start' in change ? (['title', 'time'] as const) : (['title'] as const);
    await writes().update({ ...IN, target, ifVersion: now.version, draft: wanted, fields });
  };
  const changed = async (): Promise<unknown> => {
    const found: [number, string, unknown][] = [];
    const request = { calendarRemoteId: ADA, since: null, continueAt: null, window: { type: 'all' } } as const;
    for await (const page of session.changes(request))
      for (const change of page.changes)
        if (change.type === 'upserted' && change.item.kind === 'exception') {
          const { originalStart, content } = change.item;
          found.push(['instant' in originalStart ? originalStart.instant : 0, content.title, content.start]);
        }
    return found.map(([instant, ...rest]) => [new Date(instant).toISOString(), ...rest]);
  };
  const started = async (): Promise<RemoteMeeting> => {
    const series = await writes().create({ ...IN, key: KEY, draft: WEEKLY, marker: MARKER });
    await alone(series, '2026-11-30T08:00:00Z', {
      title: 'Moved',
      start: at('2026-12-01T11:00'),
      end: at('2026-12-01T12:00'),
    });
    await alone(series, '2026-12-07T08:00:00Z', { title: 'Renamed' });
    return series;
  };
  const update = async ({ remoteId }: RemoteMeeting, change: Partial<MeetingDraft>): Promise<void> => {
    const target = { type: 'item', remoteId } as const;
    const now = await writes().read({ ...IN, target });
    if (now === null || now.kind === 'cancelled') throw new Error('no series');
    await writes().update({
      ...IN,
      target,
      ifVersion: now.version,
      draft: { ...WEEKLY, ...change },
      fields: ['time'],
    });
  };

  it('are named anew when it begins at another time, and have what they had', async () => {
    await update(await started(), { start: at('2026-11-23T15:00'), end: at('2026-11-23T16:00') });
    expect(await changed()).toEqual([
      ['2026-11-30T14:00:00.000Z', 'Moved', at('2026-12-01T11:00')],
      ['2026-12-07T14:00:00.000Z', 'Renamed', at('2026-12-07T15:00')],
    ]);
    expect(simulator.control.ledger(ADA).mails).toEqual([]);
  });

  it('are gone where it ends before them, and stay as they are where it does not', async () => {
    await update(await started(), { lines: ['RRULE:FREQ=WEEKLY;COUNT=2'] });
    expect(await changed()).toEqual([['2026-11-30T08:00:00.000Z', 'Moved', at('2026-12-01T11:00')]]);
  });

  const later = { start: at('2026-11-23T15:00'), end: at('2026-11-23T16:00') };
  const carried = [
    ['2026-11-30T14:00:00.000Z', 'Moved', at('2026-12-01T11:00')],
    ['2026-12-07T14:00:00.000Z', 'Renamed', at('2026-12-07T15:00')],
  ];
  /** As Google's own pages would: nothing of ours runs. */
  const direct = async (method: 'GET' | 'PATCH', id: string, body?: object): Promise<Record<string, unknown>> => {
    const url = `${simulator.baseUrl}/calendar/v3/calendars/${encodeURIComponent(ADA)}/events/${id}`;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const reply = await wire.request({ method, url, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return Object(reply.json());
  };

  it.each([1, 2, 3, 4, 5])(
    'are carried over by whoever reads the series after a cut behind write %d',
    async (count) => {
      const series = await started();
      writesLeft = count;
      await expect(update(series, later)).rejects.toMatchObject({ kind: 'Unavailable' });
      writesLeft = Infinity;
      const target = { type: 'item', remoteId: series.remoteId } as const;
      const now = await writes().read({ ...IN, target });
      expect(await changed()).toEqual(carried);
      const { etag, extendedProperties } = await direct('GET', series.remoteId);
      expect([now?.version, extendedProperties]).toEqual([
        etag,
        { private: { daybookDeployment: 'dep', daybookMeeting: 'mtg' } },
      ]);
      expect(simulator.control.ledger(ADA).mails).toEqual([]);
    },
  );

  it('are carried over by the next write of the series, which is made for what is there then', async () => {
    const series = await started();
    writesLeft = 1;
    await expect(update(series, later)).rejects.toMatchObject({ kind: 'Unavailable' });
    writesLeft = Infinity;
    const target = { type: 'item', remoteId: series.remoteId } as const;
    const { etag } = await direct('GET', series.remoteId);
    const again = { ...IN, target, ifVersion: String(etag), draft: { ...WEEKLY, ...later, title: 'New' } };
    await expect(writes().update({ ...again, fields: ['title'] })).rejects.toMatchObject({ kind: 'VersionConflict' });
    expect(await changed()).toEqual(carried);
  });

  it('end no write of the series where one of them cannot be moved, and are left as they are', async () => {
    const series = await started();
    const [key, moved] = ['20261130T080000Z', '20261130T140000Z'];
    refuse = moved;
    await update(series, later);
    expect(await changed()).toEqual([
      [expect.stringContaining('2026-11-30T08'), 'Moved', at('2026-12-01T11:00')],
      carried[1],
    ]);
    expect(await direct('GET', `${series.remoteId}_${key}`)).toMatchObject({ status: 'confirmed' });
  });

  it('keep what we know nothing of', async () => {
    const series = await started();
    const own = { colorId: '5', transparency: 'transparent', reminders: { useDefault: false, overrides: [] } };
    await direct('PATCH', `${series.remoteId}_20261130T080000Z`, own);
    await direct('PATCH', `${series.remoteId}_20261214T080000Z`, { colorId: '7' });
    await update(series, later);
    expect(await direct('GET', `${series.remoteId}_20261130T140000Z`)).toMatchObject(own);
    expect(await direct('GET', `${series.remoteId}_20261214T140000Z`)).toMatchObject({ colorId: '7' });
  });
});

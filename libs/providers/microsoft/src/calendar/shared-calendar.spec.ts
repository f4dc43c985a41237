import type { CalendarSession, RemoteCalendar, RemoteMeeting } from '@daybook/provider-port';
import { startMicrosoftSimulator, type RunningMicrosoftSimulator } from '@daybook/providers/microsoft-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { at, draft } from '@daybook/testing/fakes';
import { FewAtOnce } from '../transport/few-at-once';
import { createGraphClient } from '../transport/graph-client';
import { createMicrosoftCalendar } from './microsoft-calendar';

const [ADA, BEN] = ['ada@example.com', 'ben@example.com'];
const OWN = 'User.Read MailboxSettings.Read Calendars.ReadWrite';
const SHARED = `${OWN} Calendars.ReadWrite.Shared`;
const KEY = '0a1b2c3d4e5f6g7h8i9jkv';
const MARKER = { deployment: 'dep', meetingId: 'mtg' };
const REVIEW = draft('Review', at('2026-11-25T09:00'), at('2026-11-25T10:00'));
const event = (subject: string) => ({
  subject,
  start: { dateTime: '2026-11-25T09:00:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-11-25T10:00:00', timeZone: 'Europe/Berlin' },
});

describe('a calendar that somebody shares with the person', () => {
  let simulator: RunningMicrosoftSimulator;
  let http: ReturnType<typeof guardedHttpTo>;
  beforeEach(async () => {
    simulator = await startMicrosoftSimulator();
    for (const email of [ADA, BEN]) simulator.control.createMailbox({ email });
    simulator.control.setClock('2026-11-22T08:00:00Z');
    simulator.control.insertEvent(BEN, event("Ben's"));
    simulator.control.insertEvent(ADA, event("Ada's"));
    http = guardedHttpTo(simulator.baseUrl);
  });
  afterEach(async () => {
    await http.close();
    await simulator.close();
  });

  const open = (scope = SHARED): CalendarSession => {
    const clock = { now: () => simulator.control.now() };
    const client = createGraphClient({ http, clock, turns: new FewAtOnce(4) }, `${simulator.baseUrl}/v1.0`);
    return createMicrosoftCalendar(client, clock).open({ token: simulator.control.issueToken(ADA, scope).accessToken });
  };
  const titlesOf = async (session: CalendarSession, calendarRemoteId: string): Promise<string[]> => {
    const items: RemoteMeeting[] = [];
    const request = { calendarRemoteId, since: null, continueAt: null, window: { type: 'all' } } as const;
    for await (const { changes } of session.changes(request))
      items.push(...changes.flatMap((change) => (change.type === 'upserted' ? [change.item] : [])));
    return items.flatMap((item) => (item.kind === 'cancelled' ? [] : [item.content.title]));
  };
  const create = (session: CalendarSession, calendarRemoteId: string) => {
    if (!session.writes) throw new Error('nothing can be written');
    const request = { calendarRemoteId, timeZone: 'Europe/Berlin', key: KEY, draft: REVIEW, marker: MARKER };
    return session.writes.create({ ...request, notify: false });
  };

  it.each([
    ['read', false],
    ['write', true],
  ] as const)('is listed as not their own, and with the role to %s may be written to: %s', async (role, writable) => {
    const remoteId = simulator.control.share(BEN, ADA, role);
    const listed: RemoteCalendar[] = [];
    for await (const calendars of open().calendars()) listed.push(...calendars);
    const theirs = listed.find((calendar) => calendar.remoteId === remoteId);
    expect(theirs).toMatchObject({ owned: false, primary: false, writable });
    expect(await titlesOf(open(), remoteId)).toEqual(["Ben's"]);
  });

  it('is written to with the role to write, changed and removed again', async () => {
    const remoteId = simulator.control.share(BEN, ADA, 'write');
    const session = open();
    const made = await create(session, remoteId);
    const target = { type: 'item', remoteId: made.remoteId } as const;
    const in_ = { calendarRemoteId: remoteId, timeZone: 'Europe/Berlin', target, notify: false };
    const renamed = { ...REVIEW, title: 'Renamed' };
    const now = await session.writes?.update({ ...in_, ifVersion: made.version, draft: renamed, fields: ['title'] });
    expect((await titlesOf(session, remoteId)).sort()).toEqual(["Ben's", 'Renamed']);
    expect(simulator.control.events(BEN).map(({ subject }) => subject)).toContain('Renamed');
    await session.writes?.remove({ ...in_, ifVersion: now?.version ?? null });
    expect(await titlesOf(session, remoteId)).toEqual(["Ben's"]);
  });

  it('is not written to with the role to read', async () => {
    const remoteId = simulator.control.share(BEN, ADA, 'read');
    await expect(create(open(), remoteId)).rejects.toMatchObject({ kind: 'PermissionMissing' });
  });

  it('is refused to a consent that leaves it out, and the own calendar is not', async () => {
    const remoteId = simulator.control.share(BEN, ADA, 'write');
    const session = open(OWN);
    await expect(titlesOf(session, remoteId)).rejects.toMatchObject({ kind: 'PermissionMissing' });
    await expect(create(session, remoteId)).rejects.toMatchObject({ kind: 'PermissionMissing' });
    expect(await titlesOf(session, session.primary ?? '')).toEqual(["Ada's"]);
  });

  it('is refused once its owner takes the access back', async () => {
    const remoteId = simulator.control.share(BEN, ADA, 'read');
    const session = open();
    expect(await titlesOf(session, remoteId)).toEqual(["Ben's"]);
    simulator.control.share(BEN, ADA, 'none');
    await expect(titlesOf(session, remoteId)).rejects.toMatchObject({ kind: 'PermissionMissing' });
  });
});

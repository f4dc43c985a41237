import type { CalendarSession, RemoteMeeting } from '@daybook/provider-port';
import { startMicrosoftSimulator, type RunningMicrosoftSimulator } from '@daybook/providers/microsoft-simulator';
import { guardedHttpTo } from '@daybook/testing/conformance';
import { at, draft, FakeHttp } from '@daybook/testing/fakes';
import { FewAtOnce } from '../transport/few-at-once';
import { createGraphClient } from '../transport/graph-client';
import { createMicrosoftCalendar } from './microsoft-calendar';

const ADA = 'ada@example.com';
const SCOPE = 'User.Read MailboxSettings.Read Calendars.ReadWrite';
const clock = { now: () => Date.UTC(2026, 10, 22, 8) };

describe('ids of Exchange Web Services, told by Graph', () => {
  let simulator: RunningMicrosoftSimulator;
  let wire: ReturnType<typeof guardedHttpTo>;
  let session: CalendarSession;
  let token: string;
  beforeAll(async () => {
    simulator = await startMicrosoftSimulator();
    simulator.control.createMailbox({ email: ADA, timeZone: 'Europe/Berlin' });
    wire = guardedHttpTo(simulator.baseUrl);
    token = simulator.control.issueToken(ADA, SCOPE).accessToken;
    const client = createGraphClient({ http: wire, clock, turns: new FewAtOnce(4) }, `${simulator.baseUrl}/v1.0`);
    session = createMicrosoftCalendar(client, clock).open({ token });
  });
  afterAll(async () => {
    await wire.close();
    await simulator.close();
  });

  const create = async (key: string): Promise<RemoteMeeting> => {
    const made = await session.writes?.create({
      ...{ calendarRemoteId: 'primary', timeZone: 'Europe/Berlin', notify: false, key },
      marker: { deployment: 'dep', meetingId: key },
      draft: draft(key, at('2026-11-25T09:00'), at('2026-11-25T09:30')),
    });
    if (!made) throw new Error('nothing can be written');
    return made;
  };
  const ewsIdOf = async (remoteId: string): Promise<string> => {
    const body = JSON.stringify({ inputIds: [remoteId], sourceIdType: 'restImmutableEntryId', targetIdType: 'ewsId' });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const url = `${simulator.baseUrl}/v1.0/me/translateExchangeIds`;
    const reply = await wire.request({ method: 'POST', url, headers, body });
    return /"targetId":"([^"]+)"/.exec(reply.text())?.[1] ?? '';
  };

  it('are those that listings show, also of single occurrences, and what is none is left out', async () => {
    const [one, other] = [await create('0a1b2c3d4e5f6g7h8i9jkv'), await create('1a1b2c3d4e5f6g7h8i9jkv')];
    const [ewsOne, ewsOther] = [await ewsIdOf(one.remoteId), await ewsIdOf(other.remoteId)];
    expect(ewsOne).not.toBe(one.remoteId);
    const remoteIds = [ewsOne, ewsOther, `OID.${ewsOther}.2026-11-26`, 'nonsense'];
    expect(await session.translateIds?.({ of: 'items', form: 'ewsId', remoteIds })).toEqual(
      new Map([
        [ewsOne, one.remoteId],
        [ewsOther, other.remoteId],
        [`OID.${ewsOther}.2026-11-26`, `OID.${other.remoteId}.2026-11-26`],
      ]),
    );
  });

  const openTo = (http: FakeHttp): CalendarSession => {
    const client = createGraphClient({ http, clock, turns: new FewAtOnce(4) }, 'https://graph.microsoft.com/v1.0');
    return createMicrosoftCalendar(client, clock).open({ token: 'at' });
  };
  const inputsOf = (body: unknown): number => [...String(body).matchAll(/"e\d+"/g)].length;

  it('are asked for a thousand at once', async () => {
    const http = new FakeHttp().answer({ body: { value: [] } }).answer({ body: { value: [] } });
    const remoteIds = Array.from({ length: 1500 }, (_none, n) => `e${n}`);
    await openTo(http).translateIds?.({ of: 'items', form: 'ewsId', remoteIds });
    expect(http.requests.map(({ body }) => inputsOf(body))).toEqual([1000, 500]);
  });

  it('are not known where Graph refuses the question, and an outage is one', async () => {
    const http = new FakeHttp().answer({ status: 400, body: { error: { code: 'ErrorInvalidIdMalformed' } } });
    const ask = () => openTo(http).translateIds?.({ of: 'calendars', form: 'ewsId', remoteIds: ['c'] });
    expect(await ask()).toEqual(new Map());
    expect(JSON.parse(String(http.lastRequest.body))).toMatchObject({ sourceIdType: 'ewsId', targetIdType: 'restId' });
    http.answer({ status: 503 });
    await expect(ask()).rejects.toMatchObject({ kind: 'Unavailable' });
  });
});

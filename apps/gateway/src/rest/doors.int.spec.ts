import {
  adminPolicySave,
  authApiKeyVerify,
  authConnectionConfigure,
  authConnectionConnect,
  authConnectionList,
  authMeGet,
  authSessionRevocations,
  calendarCalendarChange,
  calendarMeetingGet,
  calendarMeetingList,
  fail,
} from '@daybook/contracts';
import { connection } from '../testing/samples';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

describe('the doors of the gateway', () => {
  let subject: GatewayUnderTest;

  beforeEach(async () => {
    subject = await startGateway();
  });
  afterEach(() => subject.stop());

  async function codeOf(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT',
    url: string,
    headers: Record<string, string>,
    payload?: string,
  ) {
    const response = await subject.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    const body: unknown = response.body === '' ? {} : response.json();
    return `${response.statusCode} ${String(Reflect.get(Object(body), 'code') ?? 'ok')}`;
  }

  it('stand in the order of the contract, whatever else is wrong with the request', async () => {
    const json = { 'content-type': 'application/json' };
    const oldClient = { 'x-client': 'desktop/5.2.0 (linux)' };
    const member = { ...(await subject.signedIn()), ...json };
    const administrator = { ...(await subject.signedIn({ role: 'administrator' })), ...json };
    const broken = '{"not json';
    subject.setPolicy({ enabled: false });
    subject.services.answer(authConnectionConfigure, () => {
      throw fail('not_found');
    });
    subject.services.answer(adminPolicySave, () => {
      throw fail('version_conflict');
    });

    const steps = [
      await codeOf('PUT', '/v1/admin/policy', { ...json, ...oldClient }, broken),
      await codeOf('PUT', '/v1/admin/policy', { ...member, ...oldClient }, broken),
      await codeOf('PUT', '/v1/admin/policy', member, broken),
      await codeOf('PATCH', '/v1/connections/con_x', member, broken),
    ];
    expect(steps).toEqual(['401 unauthenticated', '426 client_too_old', '403 forbidden', '403 integration_disabled']);

    subject.setPolicy({ enabled: true });
    await subject.push('evt.admin.policy.changed.v1', policyEvent());
    expect(await codeOf('PATCH', '/v1/connections/con_x', member, broken)).toBe('404 not_found');
    expect(subject.services.callsOf(authConnectionConfigure)[0]?.input).toMatchObject({ body: { type: 'malformed' } });
    expect(await codeOf('PUT', '/v1/admin/policy', administrator, '{}')).toBe('412 version_conflict');
  });

  it('are shut before a stranger has sent a body', async () => {
    const huge = 'x'.repeat(300 * 1024);
    expect(await codeOf('POST', '/v1/connections', { 'content-type': 'application/json' }, huge)).toBe(
      '401 unauthenticated',
    );
    expect(await codeOf('POST', '/v1/connections', { 'content-type': 'text/plain' }, huge)).toBe('401 unauthenticated');
    const headers = { ...(await subject.signedIn()), 'content-type': 'application/json' };
    expect(await codeOf('POST', '/v1/connections', headers, huge)).toBe('413 body_too_large');
    expect(subject.services.callsOf(authConnectionConnect)).toHaveLength(0);
  });

  it('leave lists of meetings and the connections open while the integration is switched off', async () => {
    subject.setPolicy({ enabled: false });
    subject.services.answer(calendarMeetingList, () => ({ items: [], next: null }));
    subject.services.answer(authConnectionList, () => ({ items: [connection], next: null }));
    const headers = await subject.signedIn();

    expect(await codeOf('GET', '/v1/meetings', headers)).toBe('200 ok');
    expect(await codeOf('GET', '/v1/connections', headers)).toBe('200 ok');
    expect(await codeOf('GET', '/v1/calendars', headers)).toBe('403 integration_disabled');
    // Whether one meeting is open then, only the service knows that tells own ones from a provider's; also of what is no id.
    subject.services.answer(calendarMeetingGet, () => {
      throw fail('integration_disabled');
    });
    for (const id of ['mtg_one', 'mtg_none', '{"$ne":null}']) {
      expect(await codeOf('GET', `/v1/meetings/${encodeURIComponent(id)}`, headers)).toBe('403 integration_disabled');
    }
    expect(subject.services.callsOf(calendarMeetingGet)).toHaveLength(3);
    expect(await codeOf('POST', '/v1/connections/con_one/sync', headers)).toBe('403 integration_disabled');
    expect(await codeOf('POST', '/v1/connections/con_one/reconnect', headers)).toBe('403 integration_disabled');
  });

  it('refuse tokens that are forged, foreign, expired, unsigned or of an ended session', async () => {
    subject.services.answer(authMeGet, () => {
      throw fail('not_found');
    });
    const good = await subject.token();
    const [head = '', claims = '', signature = ''] = good.split('.');
    const forged = Buffer.from(
      JSON.stringify({ sub: 'usr_ben', acc: 'acc_one', rol: 'administrator', sid: 's', exp: 9e9 }),
    );
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const bearers = [
      `${head}.${forged.toString('base64url')}.${signature}`,
      `${unsigned}.${claims}.`,
      `${unsigned}.${forged.toString('base64url')}.`,
      await subject.token({ issuer: 'somebody' }),
      await subject.token({ lasts: -5 }),
      'garbage',
      '',
      'a'.repeat(9000),
    ];
    for (const bearer of bearers) {
      expect(await codeOf('GET', '/v1/me', { authorization: `Bearer ${bearer}` })).toBe('401 unauthenticated');
    }
    expect(await codeOf('GET', '/v1/me', { authorization: `Bearer ${good}` })).toBe('404 not_found');
    await subject.push('push.sessions.revoked', { sessionIds: ['ses_one'], keyIds: [] });
    expect(await codeOf('GET', '/v1/me', { authorization: `Bearer ${good}` })).toBe('401 session_ended');
  });

  it('learn of sessions that ended before they were there, and let nobody in until they have', async () => {
    subject.services.answer(authMeGet, () => {
      throw fail('not_found');
    });
    await subject.services.leave(authSessionRevocations);
    const ended = await subject.signedIn({ sessionId: 'ses_ended' });
    const going = await subject.signedIn({ sessionId: 'ses_going' });
    expect(await codeOf('GET', '/v1/me', ended)).toBe('503 service_unavailable');
    expect(await codeOf('GET', '/v1/me', going)).toBe('503 service_unavailable');
    subject.services.answer(authSessionRevocations, () => revocationsOf('ses_ended'));
    expect(await codeOf('GET', '/v1/me', ended)).toBe('401 session_ended');
    expect(await codeOf('GET', '/v1/me', going)).toBe('404 not_found');
  });

  it('learn of what ended while the broker was away', async () => {
    subject.services.answer(authMeGet, () => {
      throw fail('not_found');
    });
    subject.services.answer(authApiKeyVerify, () => ({ keyId: 'key_one', accountId: 'acc_one', scopes: [] }));
    const headers = await subject.signedIn();
    const key = { authorization: 'Bearer dbk_good' };
    expect(await codeOf('GET', '/v1/me', headers)).toBe('404 not_found');
    expect(await codeOf('GET', '/v1/me', key)).toBe('403 forbidden');
    subject.services.answer(authSessionRevocations, () => revocationsOf('ses_one'));
    subject.services.answer(authApiKeyVerify, () => {
      throw fail('unauthenticated');
    });
    await subject.reconnect();
    expect(await codeOf('GET', '/v1/me', headers)).toBe('401 session_ended');
    expect(await codeOf('GET', '/v1/me', key)).toBe('401 unauthenticated');
  });

  it('let an API key in where its scope fits, and nowhere else', async () => {
    subject.services.answer(authApiKeyVerify, (input) => {
      if (Reflect.get(Object(input), 'key') !== 'dbk_good') {
        throw fail('unauthenticated');
      }
      return { keyId: 'key_one', accountId: 'acc_one', scopes: ['meetings:read'] };
    });
    subject.services.answer(calendarMeetingList, () => ({ items: [], next: null }));
    const headers = { authorization: 'Bearer dbk_good' };

    expect(await codeOf('GET', '/v1/meetings', headers)).toBe('200 ok');
    expect(await codeOf('GET', '/v1/meetings', headers)).toBe('200 ok');
    expect(subject.services.callsOf(authApiKeyVerify)).toHaveLength(1);
    expect(subject.services.callsOf(calendarMeetingList)[0]?.input).toMatchObject({
      caller: { userId: 'key_one', role: 'service', scopes: ['meetings:read'] },
    });
    expect(await codeOf('GET', '/v1/me', headers)).toBe('403 forbidden');
    expect(await codeOf('GET', '/v1/stream', headers)).toBe('403 forbidden');
    expect(await codeOf('GET', '/v1/admin/policy', headers)).toBe('403 forbidden');
    expect(await codeOf('GET', '/v1/meetings', { authorization: 'Bearer dbk_bad' })).toBe('401 unauthenticated');
    await subject.push('push.sessions.revoked', { sessionIds: [], keyIds: ['key_one'] });
    await codeOf('GET', '/v1/meetings', headers);
    expect(subject.services.callsOf(authApiKeyVerify)).toHaveLength(3);
  });

  it.each([
    ['desktop/5.2.0 (linux)', 426],
    ['desktop/5.2', 426],
    ['desktop', 426],
    ['desktop/nightly', 426],
    ['desktop/5.2.1 (windows)', 200],
    ['desktop/5.10.0', 200],
    ['portal/1.0.0', 200],
    ['mobile/1.0.0', 200],
    ['something else; entirely', 200],
  ])('ask %s for its version: %i', async (client, status) => {
    subject.services.answer(authConnectionList, () => ({ items: [], next: null }));
    const headers = { ...(await subject.signedIn()), 'x-client': client };
    const response = await subject.app.inject({ method: 'GET', url: '/v1/connections', headers });
    expect(response.statusCode).toBe(status);
  });

  it('read a policy again after the event of its change', async () => {
    const headers = await subject.signedIn();
    subject.services.answer(calendarCalendarChange, () => {
      throw fail('not_found');
    });
    expect(await codeOf('PATCH', '/v1/calendars/cal_x', headers)).toBe('404 not_found');
    subject.setPolicy({ enabled: false });
    expect(await codeOf('PATCH', '/v1/calendars/cal_x', headers)).toBe('404 not_found');
    await subject.push('evt.admin.policy.changed.v1', policyEvent());
    expect(await codeOf('PATCH', '/v1/calendars/cal_x', headers)).toBe('403 integration_disabled');
  });
});

function revocationsOf(sessionId: string) {
  return { items: [{ sessionId, endedAt: '2026-11-22T09:00:00.000Z' }], more: false };
}

function policyEvent() {
  return {
    specversion: '1.0',
    id: 'evt_1',
    source: '/daybook/admin-svc',
    type: 'evt.admin.policy.changed.v1',
    subject: 'acc_one',
    time: '2026-11-22T09:00:00.000Z',
    datacontenttype: 'application/json',
    accountid: 'acc_one',
    sequence: 2,
    data: { accountId: 'acc_one', version: 'p2', changed: ['enabled'] },
  };
}

import { ADA, BEN, codeOf, GraphBench, timed } from './testing/graph-bench';

describe('people and their settings', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  it('are who the token says, or somebody of the same tenant', async () => {
    const { body } = await subject.get('/me');
    expect(body).toMatchObject({
      displayName: 'Ada Example',
      mail: ADA,
      userPrincipalName: ADA,
      givenName: 'Ada',
      surname: 'Example',
    });
    const scopes = ['User.Read', 'User.ReadBasic.All'];
    expect((await subject.get(`/users/${body.id}?$select=mail`, { scopes })).body).toMatchObject({
      id: body.id,
      mail: ADA,
    });
    expect((await subject.get(`/users/${BEN}`, { scopes })).body['mail']).toBe(BEN);
    expect((await subject.get('/users', { scopes })).body.value).toHaveLength(3);
    expect(codeOf(await subject.get(`/users/${BEN}`))).toEqual([403, 'ErrorAccessDenied']);
    expect(codeOf(await subject.get('/users/nobody@example.com', { scopes }))).toEqual([
      404,
      'Request_ResourceNotFound',
    ]);
    subject.addMailbox('zoe@elsewhere.example', 9, '9188040d-6c67-4c5b-b112-36a304b66dad');
    expect(codeOf(await subject.get('/users/zoe@elsewhere.example', { scopes }))).toEqual([
      404,
      'Request_ResourceNotFound',
    ]);
    expect(codeOf(await subject.get('/me?$select=shoeSize'))).toEqual([400, 'BadRequest']);
  });

  it('have a zone and working hours, which they may change', async () => {
    expect((await subject.get('/me/mailboxSettings')).body).toMatchObject({
      timeZone: 'W. Europe Standard Time',
      workingHours: { startTime: '08:00:00.0000000', timeZone: { name: 'W. Europe Standard Time' } },
      userPurpose: 'user',
    });
    const patched = await subject.call('PATCH', '/me/mailboxSettings', {
      body: { timeZone: 'Europe/Paris', language: { locale: 'fr-FR' } },
    });
    expect(patched.body).toMatchObject({ timeZone: 'Europe/Paris', language: { locale: 'fr-FR' } });
    expect((await subject.get('/me/mailboxSettings/timeZone')).body['value']).toBe('Europe/Paris');
    expect((await subject.get('/me?$select=mailboxSettings')).body).toMatchObject({
      mailboxSettings: { timeZone: 'Europe/Paris' },
    });
    const bad = await subject.call('PATCH', '/me/mailboxSettings', { body: { timeZone: 'Atlantis' } });
    expect(codeOf(bad)).toEqual([400, 'TimeZoneNotSupportedException']);
    const reader = { scopes: ['MailboxSettings.Read'] };
    const denied = await subject.call('PATCH', '/me/mailboxSettings', { body: { timeZone: 'UTC' }, ...reader });
    expect(codeOf(denied)).toEqual([403, 'ErrorAccessDenied']);
  });

  it('have categories of their own', async () => {
    const path = '/me/outlook/masterCategories';
    const made = await subject.call('POST', path, { body: { displayName: 'Red', color: 'preset0' } });
    expect(made.status).toBe(201);
    expect(codeOf(await subject.call('POST', path, { body: { displayName: 'Red' } }))).toEqual([
      409,
      'ErrorItemExists',
    ]);
    expect((await subject.get(path)).body.value).toMatchObject([{ displayName: 'Red', color: 'preset0' }]);
    expect((await subject.call('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
    expect((await subject.get(path)).body.value).toEqual([]);
  });

  it('have ids that can be told in other forms', async () => {
    const { id } = await subject.create(timed('Told', '2026-12-01'));
    const translate = (inputIds: string[], sourceIdType: string, targetIdType: string) =>
      subject.call('POST', '/me/translateExchangeIds', { body: { inputIds, sourceIdType, targetIdType } });
    const there = await translate([id, 'nonsense'], 'restId', 'restImmutableEntryId');
    expect(there.body.value).toMatchObject([
      { sourceId: id, targetId: expect.stringMatching(/^AAkALg/) },
      { sourceId: 'nonsense', errorDetails: { code: 'ErrorInvalidIdMalformed' } },
    ]);
    const immutable = String(there.body.value?.[0]?.['targetId']);
    expect((await subject.get(`/me/events/${immutable}`)).body['subject']).toBe('Told');
    const ews = await translate([immutable], 'restImmutableEntryId', 'ewsId');
    const ewsId = String(ews.body.value?.[0]?.['targetId']);
    expect((await translate([ewsId], 'EwsId', 'RestId')).body.value).toEqual([{ sourceId: ewsId, targetId: id }]);
    const tooMany = Array.from({ length: 1001 }, () => id);
    expect(codeOf(await translate(tooMany, 'restId', 'ewsId'))).toEqual([400, 'RequestBodyRead']);
    expect(codeOf(await translate([id], 'restId', 'number'))).toEqual([400, 'RequestBodyRead']);
  });
});

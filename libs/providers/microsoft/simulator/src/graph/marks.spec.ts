import { ADA, codeOf, GraphBench, timed, weekly } from './testing/graph-bench';

const GUID = '66f5a359-4659-4830-9070-00047ec6ac6e';
const ID = `String {${GUID}} Name Daybook`;
const MULTI = `StringArray {${GUID}} Name Tags`;
const expanded = (kind: string, id: string): string =>
  `$expand=${kind}(${encodeURIComponent(`$filter=id eq '${id}'`)})`;
const SINGLE = expanded('singleValueExtendedProperties', ID);
const anyOf = (id: string, value: string): string =>
  `$filter=${encodeURIComponent(`singleValueExtendedProperties/any(ep: ep/id eq '${id}' and ep/value eq '${value}')`)}`;

describe('what applications hang on events', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  it('shows properties by name only', async () => {
    const created = await subject.create({
      ...timed('Marked', '2026-12-01'),
      singleValueExtendedProperties: [{ id: ID.toUpperCase().replace('NAME DAYBOOK', 'name Daybook'), value: 'm-1' }],
      multiValueExtendedProperties: [{ id: MULTI, value: ['a', 'b'] }],
    });
    expect(created).not.toHaveProperty('singleValueExtendedProperties');
    const path = `/me/events/${created.id}`;
    const { body } = await subject.get(`${path}?${SINGLE}`);
    expect(body['singleValueExtendedProperties']).toEqual([{ id: ID, value: 'm-1' }]);
    const both = await subject.get(
      `${path}?${SINGLE},${expanded('multiValueExtendedProperties', MULTI).slice(8)}&$select=subject`,
    );
    expect(both.body).toMatchObject({
      subject: 'Marked',
      multiValueExtendedProperties: [{ id: MULTI, value: ['a', 'b'] }],
    });
    const other = await subject.get(
      `${path}?${expanded('singleValueExtendedProperties', ID.replace('Daybook', 'daybook'))}`,
    );
    expect(other.body).not.toHaveProperty('singleValueExtendedProperties');
    expect(codeOf(await subject.get(`${path}?$expand=singleValueExtendedProperties`))).toEqual([
      400,
      'ErrorInvalidUrlQuery',
    ]);
  });

  it('finds events by a property and its value', async () => {
    for (const value of ['m-1', 'm-2']) {
      await subject.create({ ...timed(value, '2026-12-01'), singleValueExtendedProperties: [{ id: ID, value }] });
    }
    const found = await subject.get(`/me/events?${anyOf(ID, 'm-2')}&${SINGLE}`);
    expect(found.body.value).toMatchObject([{ subject: 'm-2', singleValueExtendedProperties: [{ value: 'm-2' }] }]);
    expect((await subject.get(`/me/events?${anyOf(ID, 'm-3')}`)).body.value).toEqual([]);
    expect(codeOf(await subject.get(`/me/events?${anyOf('Daybook', 'x')}`))).toEqual([400, 'ErrorInvalidProperty']);
  });

  it('changes one property and keeps the others, without a word to attendees', async () => {
    const second = `String {${GUID}} Name Other`;
    const created = await subject.create({
      ...timed('Marked', '2026-12-01'),
      attendees: [{ emailAddress: { address: 'eve@elsewhere.example' } }],
      singleValueExtendedProperties: [
        { id: ID, value: 'm-1' },
        { id: second, value: 'x' },
      ],
    });
    const body = { singleValueExtendedProperties: [{ id: ID, value: 'm-9' }] };
    await subject.call('PATCH', `/me/events/${created.id}`, { body });
    const filter = encodeURIComponent(`$filter=id eq '${ID}' or id eq '${second}'`);
    const read = await subject.get(`/me/events/${created.id}?$expand=singleValueExtendedProperties(${filter})`);
    expect(read.body['singleValueExtendedProperties']).toEqual([
      { id: ID, value: 'm-9' },
      { id: second, value: 'x' },
    ]);
    expect(subject.ledger.view(ADA).mails).toHaveLength(1);
    const bad = await subject.call('PATCH', `/me/events/${created.id}`, {
      body: { singleValueExtendedProperties: [{ id: 'x', value: 'y' }] },
    });
    expect(codeOf(bad)).toEqual([400, 'ErrorInvalidProperty']);
  });

  it('keeps files', async () => {
    const { id } = await subject.create(timed('With file', '2026-12-01'));
    const path = `/me/events/${id}/attachments`;
    const file = {
      '@odata.type': '#microsoft.graph.fileAttachment',
      name: 'a.txt',
      contentType: 'text/plain',
      contentBytes: 'YWJj',
    };
    const made = await subject.call('POST', path, { body: file });
    expect(made).toMatchObject({ status: 201, body: { name: 'a.txt', size: 3, contentBytes: 'YWJj' } });
    expect((await subject.get(`/me/events/${id}`)).body['hasAttachments']).toBe(true);
    expect((await subject.get(`${path}?$select=name`)).body.value).toMatchObject([{ id: made.body.id, name: 'a.txt' }]);
    expect((await subject.get(`${path}/${made.body.id}`)).body['contentBytes']).toBe('YWJj');
    expect((await subject.get(`/me/events/${id}?$expand=attachments`)).body['attachments']).toHaveLength(1);
    const item = { '@odata.type': '#microsoft.graph.itemAttachment', name: 'x' };
    expect(codeOf(await subject.call('POST', path, { body: item }))).toEqual([400, 'ErrorInvalidRequest']);
    expect((await subject.call('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
    expect(codeOf(await subject.get(`${path}/${made.body.id}`))).toEqual([404, 'ErrorItemNotFound']);
  });

  it('keeps bags of values of applications', async () => {
    const { id } = await subject.create(timed('Open', '2026-12-01'));
    const path = `/me/events/${id}/extensions`;
    const body = {
      '@odata.type': 'microsoft.graph.openTypeExtension',
      extensionName: 'com.example.daybook',
      colour: 'red',
    };
    const made = await subject.call('POST', path, { body });
    expect(made).toMatchObject({ status: 201, body: { extensionName: 'com.example.daybook', colour: 'red' } });
    expect(codeOf(await subject.call('POST', path, { body }))).toEqual([409, 'ErrorItemExists']);
    await subject.call('PATCH', `${path}/com.example.daybook`, { body: { size: 3 } });
    expect((await subject.get(`${path}/com.example.daybook`)).body).toMatchObject({ colour: 'red', size: 3 });
    const filter = encodeURIComponent("$filter=id eq 'com.example.daybook'");
    const read = await subject.get(`/me/events/${id}?$expand=extensions(${filter})`);
    expect(read.body['extensions']).toMatchObject([{ colour: 'red', size: 3 }]);
    expect((await subject.call('DELETE', `${path}/com.example.daybook`)).status).toBe(204);
    expect(codeOf(await subject.get(`${path}/com.example.daybook`))).toEqual([404, 'ErrorItemNotFound']);
  });

  it('makes an exception of an occurrence it hangs something on', async () => {
    const { id } = await subject.create(weekly('Weekly'));
    const window = 'startDateTime=2026-11-01&endDateTime=2026-12-31';
    const first = (await subject.get(`/me/events/${id}/instances?${window}`)).body.value?.[0]?.['id'];
    const body = { extensionName: 'com.example.daybook', colour: 'red' };
    await subject.call('POST', `/me/events/${first}/extensions`, { body });
    expect((await subject.get(`/me/events/${first}`)).body['type']).toBe('exception');
    expect((await subject.get(`/me/events/${id}?$expand=extensions`)).body['extensions']).toEqual([]);
  });
});

import { ADA, codeOf, GraphBench, timed, type CallAnswer } from './testing/graph-bench';

const json = { 'Content-Type': 'application/json' };

describe('$batch', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  const send = (requests: unknown[]): Promise<CallAnswer> => subject.call('POST', '/$batch', { body: { requests } });
  const statuses = ({ body }: CallAnswer): Record<string, number> =>
    Object.fromEntries((body.responses ?? []).map(({ id, status }) => [id, status]));
  const create = (id: string, more: Record<string, unknown> = {}) => ({
    id,
    method: 'POST',
    url: '/me/events',
    headers: json,
    body: timed(id, '2026-12-01'),
    ...more,
  });

  it('answers each part by itself', async () => {
    const { id } = await subject.create(timed('There', '2026-12-01'));
    const answer = await send([
      { id: 'a', method: 'GET', url: `/me/events/${id}?$select=subject`, headers: { Prefer: 'IdType="ImmutableId"' } },
      { id: 'b', method: 'GET', url: 'me/events/nonsense' },
      create('c'),
      { id: 'd', method: 'DELETE', url: `/me/events/${id}` },
    ]);
    expect(statuses(answer)).toEqual({ a: 200, b: 400, c: 201, d: 204 });
    const [first, second, , last] = answer.body.responses ?? [];
    expect(first?.body).toMatchObject({ subject: 'There', id: expect.stringMatching(/^AAkALg/) });
    expect(second?.body.error?.code).toBe('ErrorInvalidIdMalformed');
    expect(last).not.toHaveProperty('body');
  });

  it('waits for what a part depends on, and does not try it when that fails', async () => {
    const bad = create('bad', { body: { subject: 'no time' } });
    const answer = await send([
      create('late', { dependsOn: ['bad'] }),
      bad,
      create('good', { dependsOn: ['first'] }),
      create('first'),
    ]);
    expect(statuses(answer)).toEqual({ bad: 400, first: 201, late: 424, good: 201 });
    expect((await subject.get('/me/events')).body.value).toHaveLength(2);
  });

  it('throttles parts, not the whole', async () => {
    subject.faults.add({ kind: 'throttled', times: 1, ms: 7000, email: ADA });
    const answer = await send([
      { id: 'a', method: 'GET', url: '/me/events' },
      { id: 'b', method: 'GET', url: '/me/events' },
    ]);
    expect(answer.status).toBe(200);
    expect(statuses(answer)).toEqual({ a: 429, b: 200 });
    expect(answer.body.responses?.[0]?.headers['Retry-After']).toBe('7');
  });

  it('is lost as a whole with the answer of one part', async () => {
    subject.faults.add({ kind: 'timeout_after_write', times: 1 });
    await expect(send([create('a'), create('b')])).rejects.toThrow('fetch failed');
    expect((await subject.get('/me/events')).body.value).toHaveLength(2);
  });

  it('runs twenty parts without exceeding what a mailbox takes at once', async () => {
    const answer = await send(Array.from({ length: 20 }, (_none, index) => create(String(index))));
    expect(new Set(Object.values(statuses(answer)))).toEqual(new Set([201]));
  });

  it('counts its parts together with the requests beside it', async () => {
    subject.latency = 400;
    const pages = [subject.get('/me/events'), subject.get('/me/events')];
    const parts = Array.from({ length: 6 }, (_none, index) => create(String(index)));
    const answers = Object.values(statuses(await send(parts)));
    // Of four at once two are taken by the pages.
    expect(answers.filter((status) => status === 429)).toHaveLength(2);
    expect(answers.filter((status) => status === 201)).toHaveLength(4);
    expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('takes one place where its parts wait for each other', async () => {
    subject.latency = 400;
    const pages = [1, 2, 3].map(() => subject.get('/me/events'));
    const parts = Array.from({ length: 6 }, (_none, index) =>
      create(String(index), index === 0 ? {} : { dependsOn: [String(index - 1)] }),
    );
    expect(new Set(Object.values(statuses(await send(parts))))).toEqual(new Set([201]));
    expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it.each([
    ['more than twenty parts', Array.from({ length: 21 }, (_none, index) => create(String(index)))],
    ['no parts', []],
    ['two parts of one id', [create('a'), create('a')]],
    ['a part it does not have', [create('a', { dependsOn: ['b'] })]],
    ['a circle', [create('a', { dependsOn: ['b'] }), create('b', { dependsOn: ['a'] })]],
    ['a body without a type', [create('a', { headers: {} })]],
  ])('refuses %s', async (_reason, requests) => {
    expect(codeOf(await send(requests))).toEqual([400, 'BadRequest']);
  });
});

import { ADA, BEN, codeOf, GraphBench, timed } from './testing/graph-bench';

describe('limits and faults', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  it('takes four requests to a mailbox at once, and refuses the others', async () => {
    subject.latency = 400;
    const together = await Promise.all(Array.from({ length: 6 }, () => subject.get('/me/events')));
    const other = subject.get('/me/events', { as: BEN });
    const refused = together.filter(({ status }) => status === 429);
    expect(together.filter(({ status }) => status === 200)).toHaveLength(4);
    expect(refused.map(codeOf)).toEqual([
      [429, 'ApplicationThrottled'],
      [429, 'ApplicationThrottled'],
    ]);
    expect(refused[0]?.body.error?.message).toContain('MailboxConcurrency');
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect((await other).status).toBe(200);
    expect((await subject.get('/me/events')).status).toBe(200);
  });

  it.each([
    ['throttled', { ms: 2500 }, 429, 'ApplicationThrottled', '2.5'],
    ['throttled', {}, 429, 'ApplicationThrottled', '10'],
    ['quota', {}, 403, 'ErrorQuotaExceeded', null],
    ['server_error', {}, 500, 'ErrorInternalServerError', null],
    ['unavailable', {}, 503, 'serviceNotAvailable', '1'],
  ] as const)('answers %s %p for the mailbox that is meant', async (kind, extra, status, code, retryAfter) => {
    subject.faults.add({ kind, email: ADA, times: 1, ...extra });
    expect((await subject.get('/me/events', { as: BEN })).status).toBe(200);
    const answer = await subject.get('/me/events');
    expect(codeOf(answer)).toEqual([status, code]);
    expect(answer.headers.get('retry-after')).toBe(retryAfter);
    expect((await subject.get('/me/events')).status).toBe(200);
  });

  it('can be faster than a writer', async () => {
    const created = await subject.create(timed('Contended', '2026-12-01'));
    subject.faults.add({ kind: 'conflict', times: 1 });
    const path = `/me/events/${created.id}`;
    expect(codeOf(await subject.call('PATCH', path, { body: { subject: 'Mine' } }))).toEqual([
      412,
      'ErrorIrresolvableConflict',
    ]);
    const { body } = await subject.get(path);
    expect(body).toMatchObject({ subject: 'Contended' });
    expect(body['@odata.etag']).not.toBe(created['@odata.etag']);
    expect((await subject.call('PATCH', path, { body: { subject: 'Mine' } })).status).toBe(200);
  });

  it('can lose the answer to a write that was done', async () => {
    subject.faults.add({ kind: 'timeout_after_write', times: 1 });
    const event = { ...timed('Done', '2026-12-01'), transactionId: 't-1' };
    await expect(subject.call('POST', '/me/events', { body: event })).rejects.toThrow('fetch failed');
    expect((await subject.get('/me/events')).body.value).toMatchObject([{ subject: 'Done' }]);
    expect(codeOf(await subject.call('POST', '/me/events', { body: event }))).toEqual([
      400,
      'ErrorDuplicateTransactionId',
    ]);
  });
});

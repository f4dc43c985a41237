import {
  AuthenticationHandler,
  BatchRequestContent,
  BatchResponseContent,
  Client,
  GraphError,
  PageIterator,
  RetryHandler,
  RetryHandlerOptions,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { ADA, GraphBench, timed, weekly } from './testing/graph-bench';

const PUBLIC = 'https://graph.microsoft.com';

/** The client trusts https only; the last step of its chain goes to this machine instead. */
class Gate implements Middleware {
  constructor(private readonly bench: GraphBench) {}

  async execute(context: Context): Promise<void> {
    const target = String(context.request).replace(PUBLIC, this.bench.baseUrl);
    context.response = await fetch(target, { ...context.options });
  }
}

function clientOf(bench: GraphBench): Client {
  bench.origin = PUBLIC;
  const signIn = new AuthenticationHandler({ getAccessToken: async () => bench.token() });
  const retry = new RetryHandler(new RetryHandlerOptions(1, 2));
  signIn.setNext(retry);
  retry.setNext(new Gate(bench));
  return Client.initWithMiddleware({ middleware: signIn });
}

describe('a foreign client', () => {
  let bench: GraphBench;
  let subject: Client;

  beforeEach(async () => {
    bench = await GraphBench.start();
    subject = clientOf(bench);
  });
  afterEach(() => bench.close());

  it('writes events and reads them page by page', async () => {
    expect(await subject.api('/me').get()).toMatchObject({ mail: ADA });
    for (let index = 0; index < 7; index += 1) {
      await subject.api('/me/events').post(timed(`Event ${index}`, `2026-12-0${index + 1}`));
    }
    const seen: string[] = [];
    const first = await subject
      .api('/me/calendarView')
      .query({ startDateTime: '2026-12-01', endDateTime: '2026-12-31' })
      .top(3)
      .select(['subject'])
      .get();
    const pages = new PageIterator(subject, first, (event) => seen.push(event.subject) > 0);
    await pages.iterate();
    expect(seen).toEqual(Array.from({ length: 7 }, (_none, index) => `Event ${index}`));
  });

  it('follows changes by links', async () => {
    const seen: unknown[] = [];
    const { id } = await subject.api('/me/events').post(weekly('Weekly'));
    const window = { startDateTime: '2026-11-01T00:00:00Z', endDateTime: '2026-12-31T00:00:00Z' };
    const first = await subject
      .api('/me/calendarView/delta')
      .query(window)
      .header('Prefer', 'odata.maxpagesize=2')
      .get();
    const round = new PageIterator(subject, first, (event) => seen.push(event.type) > 0);
    await round.iterate();
    expect(seen).toEqual(['seriesMaster', ...Array.from({ length: 5 }, () => 'occurrence')]);
    await subject.api(`/me/events/${id}`).delete();
    const changes = await subject.api(round.getDeltaLink() ?? '').get();
    expect(changes.value).toMatchObject([{ id, '@removed': { reason: 'deleted' } }]);
  });

  it('understands refusals', async () => {
    const { id, '@odata.etag': etag } = await subject.api('/me/events').post(timed('Once', '2026-12-01'));
    await subject.api(`/me/events/${id}`).header('If-Match', etag).patch({ subject: 'Twice' });
    const stale = subject.api(`/me/events/${id}`).header('If-Match', etag).patch({ subject: 'Thrice' });
    await expect(stale).rejects.toBeInstanceOf(GraphError);
    await expect(stale).rejects.toMatchObject({
      statusCode: 412,
      code: 'ErrorIrresolvableConflict',
      requestId: expect.any(String),
    });
  });

  it('waits as it is told and tries again', async () => {
    bench.faults.add({ kind: 'throttled', times: 1, ms: 1000 });
    await expect(subject.api('/me/calendars').get()).resolves.toMatchObject({ value: [{ name: 'Calendar' }] });
  });

  it('sends many requests as one', async () => {
    const steps = ['2026-12-01', '2026-12-02'].map((day, index) => ({
      id: String(index + 1),
      request: new Request(`${PUBLIC}/me/events`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(timed(day, day)),
      }),
      ...(index === 0 ? {} : { dependsOn: ['1'] }),
    }));
    const content = await new BatchRequestContent(steps).getContent();
    const answer = new BatchResponseContent(await subject.api('/$batch').post(content));
    expect(answer.getResponseById('1').status).toBe(201);
    expect(await answer.getResponseById('2').json()).toMatchObject({ subject: '2026-12-02' });
  });
});

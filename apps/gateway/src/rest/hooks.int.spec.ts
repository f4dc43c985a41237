import { calendarHookReceive, fail } from '@daybook/contracts';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

describe('the public door for providers', () => {
  let subject: GatewayUnderTest;

  beforeEach(async () => {
    subject = await startGateway();
  });
  afterEach(() => subject.stop());

  it('hands on method, query, headers and body as they came', async () => {
    subject.services.answer(calendarHookReceive, () => ({ status: 204 }));
    const payload = Buffer.from([0, 255, 1, 254]);
    const response = await subject.app.inject({
      method: 'POST',
      url: '/hooks/google?a=1&a=2&b=%C3%A4',
      headers: {
        'content-type': 'application/octet-stream',
        'x-goog-channel-id': 'chan-1',
        'x-goog-resource-state': 'exists',
        cookie: 'secret=1',
      },
      payload,
    });

    expect(response.statusCode).toBe(204);
    const [call] = subject.services.callsOf(calendarHookReceive);
    expect(call?.input).toMatchObject({
      provider: 'google',
      method: 'POST',
      query: { a: '1', b: 'ä' },
      headers: { 'x-goog-channel-id': 'chan-1', 'x-goog-resource-state': 'exists' },
      bodyBase64: payload.toString('base64'),
    });
    expect(call?.input).not.toHaveProperty('headers.cookie');
  });

  it('takes a notification without a body, and a question by GET', async () => {
    subject.services.answer(calendarHookReceive, (input) => ({
      status: 200,
      contentType: 'text/plain',
      body: String(Reflect.get(Object(Reflect.get(Object(input), 'query')), 'validationToken')),
    }));
    const asked = await subject.app.inject({ method: 'GET', url: '/hooks/any?validationToken=%3Cb%3Ehello' });
    expect(asked.statusCode).toBe(200);
    expect(asked.headers['content-type']).toBe('text/plain');
    expect(asked.headers['x-content-type-options']).toBe('nosniff');
    expect(asked.body).toBe('<b>hello');
    expect((await subject.app.inject({ method: 'POST', url: '/hooks/any' })).statusCode).toBe(200);
  });

  it('never gives an answer that a browser would run', async () => {
    subject.services.answer(calendarHookReceive, () => ({ status: 200, contentType: 'text/html', body: '<script>' }));
    const response = await subject.app.inject({ method: 'GET', url: '/hooks/any' });
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('says success only when calendar-svc has said so', async () => {
    const post = async () => (await subject.app.inject({ method: 'POST', url: '/hooks/any', payload: 'x' })).statusCode;
    expect(await post()).toBe(503);
    subject.services.answer(calendarHookReceive, () => {
      throw fail('not_found');
    });
    expect(await post()).toBe(404);
    subject.services.answer(calendarHookReceive, () => {
      throw new Error('broken');
    });
    expect(await post()).toBe(500);
    subject.services.answer(calendarHookReceive, () => ({ status: 302 }));
    expect(await post()).toBe(500);
    subject.services.answer(calendarHookReceive, () => ({ status: 403 }));
    const forged = await subject.app.inject({ method: 'POST', url: '/hooks/any' });
    expect(forged.json()).toMatchObject({ status: 403, code: 'forbidden' });
    expect(forged.headers['content-type']).toContain('application/problem+json');
  });

  it('refuses what is too large, and names that are none', async () => {
    subject.services.answer(calendarHookReceive, () => ({ status: 200 }));
    const most = Buffer.alloc(256 * 1024, 1);
    const post = (url: string, payload: Buffer) => subject.app.inject({ method: 'POST', url, payload });
    expect((await post('/hooks/any', most)).statusCode).toBe(200);
    const refused = await post('/hooks/any', Buffer.concat([most, Buffer.from('x')]));
    expect(refused.json()).toMatchObject({ status: 413, code: 'body_too_large' });
    for (const name of ['UPPER', 'a.b', '..%2f', 'x'.repeat(60)]) {
      expect((await post(`/hooks/${name}`, Buffer.from('x'))).statusCode).toBe(404);
    }
    expect(subject.services.callsOf(calendarHookReceive)).toHaveLength(1);
  });

  it('limits each address by its own limit', async () => {
    await subject.stop();
    subject = await startGateway({ env: { RATE_HOOKS_PER_MINUTE: '2' }, now: () => new Date(1_800_000_000_000) });
    subject.services.answer(calendarHookReceive, () => ({ status: 200 }));
    const statuses = [];
    for (let call = 0; call < 3; call += 1) {
      statuses.push((await subject.app.inject({ method: 'POST', url: '/hooks/any' })).statusCode);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });
});

import { adminHealthCheck, authHealthCheck, authMeGet, calendarHealthCheck } from '@daybook/contracts';
import { connect } from 'node:net';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

describe('the gateway’s server', () => {
  let subject: GatewayUnderTest;
  let port: number;

  beforeAll(async () => {
    subject = await startGateway({ env: { METRICS_TOKEN: 'a-token-of-sixteen' } });
    port = Number(new URL(await subject.listen()).port);
  });
  afterAll(() => subject.stop());

  /** What comes back for bytes that no http client would send. */
  function answerTo(bytes: string): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      let text = '';
      socket.on('data', (part) => {
        text += part.toString();
      });
      socket.on('error', () => resolve(text));
      socket.on('close', () => resolve(text));
      socket.setTimeout(3000, () => socket.destroy());
    });
  }

  it.each([
    ['no http at all', 'hello there\r\n\r\n', '400'],
    ['a flood of headers', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, '431'],
    ['two lengths', 'POST /v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', '400'],
    [
      'a length and chunks',
      'POST /hooks/a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400',
    ],
    ['a broken chunk', 'POST /hooks/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', '400'],
  ])('answers %s with a problem and closes', async (_what, bytes, status) => {
    const text = await answerTo(bytes);
    expect(text).toContain(`HTTP/1.1 ${status}`);
    expect(text).toContain('application/problem+json');
    expect(text.toLowerCase()).toContain('connection: close');
  });

  it('gives nobody for ever to send a head or a body, and takes no endless number of connections', () => {
    const { server } = subject.app.getHttpAdapter().getInstance();
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBe(20_000);
    expect(server.maxConnections).toBe(10_000);
  });

  it('goes on after all of that', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/health/live`);
    expect(await response.json()).toEqual({ ok: true });
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
  });

  it('is ready when every service is, and names the one that is not', async () => {
    const ready = () => subject.app.inject({ method: 'GET', url: '/health/ready' });
    const away = await ready();
    expect(away.statusCode).toBe(503);
    expect(away.json()).toMatchObject({ code: 'service_unavailable', detail: 'Not ready: auth, admin, calendar.' });

    const own = await startGateway();
    own.services.answer(authHealthCheck, () => ({ ok: true, checks: { mongo: true } }));
    own.services.answer(adminHealthCheck, () => ({ ok: true, checks: {} }));
    own.services.answer(calendarHealthCheck, () => ({ ok: false, checks: { mongo: false, nats: true } }));
    const one = await own.app.inject({ method: 'GET', url: '/health/ready' });
    expect(one.json()).toMatchObject({ fields: [{ field: 'calendar', detail: 'It lacks: mongo.' }] });
    await own.stop();
  });

  it('counts requests by route, for whoever has the token', async () => {
    await subject.app.inject({ method: 'GET', url: '/v1/connections/con_very_personal' });
    const refused = await subject.app.inject({ method: 'GET', url: '/metrics' });
    expect(refused.statusCode).toBe(401);
    const headers = { authorization: 'Bearer a-token-of-sixteen' };
    const { body } = await subject.app.inject({ method: 'GET', url: '/metrics', headers });
    const counted = body.split('\n').filter((line) => line.startsWith('daybook_http_request_seconds_count'));
    expect(counted.some((line) => line.includes('route="/v1/connections/:id",status="401"'))).toBe(true);
    expect(body.includes('con_very_personal')).toBe(false);
  });

  it('gives the metrics of every process behind it, each family once', async () => {
    const own = await startGateway();
    const family = '# HELP daybook_outbox_pending Rows\n# TYPE daybook_outbox_pending gauge';
    const text = (service: string, process: string) =>
      `${family}\ndaybook_outbox_pending{service="${service}",process="${process}"} 3\n`;
    own.services.measure('auth', text('auth-svc', 'a-1'));
    own.services.measure('calendar', text('calendar-svc', 'b-1'), text('calendar-svc', 'b-2'));
    const { body } = await own.app.inject({ method: 'GET', url: '/metrics' });
    await own.stop();
    expect(body.match(/# TYPE daybook_outbox_pending/g)).toHaveLength(1);
    for (const process of ['a-1', 'b-1', 'b-2']) expect(body).toContain(`process="${process}"} 3`);
    expect(body).toContain('process_resident_memory_bytes{service="gateway"}');
    for (const [owner, count] of Object.entries({ auth: 1, calendar: 2, admin: 0 })) {
      expect(body).toContain(`daybook_processes_answered{owner="${owner}",service="gateway"} ${count}`);
    }
  });

  it('logs no address, token or query of a person', async () => {
    subject.services.answer(authMeGet, () => ({ broken: 'ada@example.com' }));
    const headers = await subject.signedIn();
    await subject.app.inject({ method: 'GET', url: '/v1/me?q=secret-query', headers });
    const lines = subject.logged.join('\n');
    expect(lines).toContain('a request failed');
    expect(lines).not.toMatch(/ada@example|secret-query|eyJ/);
  });
});

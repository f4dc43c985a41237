import { problem } from '@daybook/contracts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

describe('the steps of OAuth through the gateway', () => {
  let subject: GatewayUnderTest;
  let authService: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    authService = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => authService.listen(0, '127.0.0.1', resolve));
    const address = authService.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    subject = await startGateway({ env: { AUTH_HTTP_URL: `http://127.0.0.1:${port}` } });
  });
  afterAll(async () => {
    await subject.stop();
    authService.close();
  });

  it('pass method, query and cookies in, Location and cookies out, and nothing else', async () => {
    let seen: IncomingMessage | undefined;
    answer = (request, response) => {
      seen = request;
      response.writeHead(302, {
        location: 'https://accounts.example/consent?x=1',
        'set-cookie': ['leg=1; HttpOnly; SameSite=Lax', 'two=2'],
        'x-powered-by': 'secret sauce',
      });
      response.end('<html>moved</html>');
    };
    const response = await subject.app.inject({
      method: 'GET',
      url: '/v1/oauth/google/start?ticket=a%2Fb&x=%26',
      headers: { cookie: 'leg=0', authorization: 'Bearer x', 'x-evil': '1' },
    });

    expect(response.statusCode).toBe(302);
    expect(response.headers['location']).toBe('https://accounts.example/consent?x=1');
    expect(response.headers['set-cookie']).toEqual(['leg=1; HttpOnly; SameSite=Lax', 'two=2']);
    expect(response.headers).not.toHaveProperty('x-powered-by');
    expect(response.headers['referrer-policy']).toBe('no-referrer');
    expect(response.body).toBe('');
    expect(seen?.method).toBe('GET');
    expect(seen?.url).toBe('/v1/oauth/google/start?ticket=a%2Fb&x=%26');
    expect(seen?.headers.cookie).toBe('leg=0');
    expect(seen?.headers).not.toHaveProperty('authorization');
    expect(seen?.headers).not.toHaveProperty('x-evil');
  });

  it('answer a problem where auth-svc gives one, and never its page', async () => {
    answer = (_request, response) => {
      response.writeHead(400, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify(problem('ticket_invalid')));
    };
    const refused = await subject.app.inject({ method: 'GET', url: '/v1/oauth/google/start?ticket=used' });
    expect(refused.json()).toMatchObject({ status: 400, code: 'ticket_invalid' });

    answer = (_request, response) => response.writeHead(500).end('<h1>stack trace</h1>');
    const broken = await subject.app.inject({ method: 'GET', url: '/v1/oauth/google/callback?state=x' });
    expect(broken.json()).toMatchObject({ code: 'service_unavailable' });
    expect(broken.body).not.toContain('stack trace');
  });

  it('are not found for names that cannot be a provider, or without auth-svc', async () => {
    const strange = await subject.app.inject({ method: 'GET', url: '/v1/oauth/..%2f..%2fme/start' });
    expect(strange.json()).toMatchObject({ code: 'not_found' });
    const away = await startGateway({ env: { AUTH_HTTP_URL: 'http://127.0.0.1:1' } });
    const response = await away.app.inject({ method: 'GET', url: '/v1/oauth/google/start?ticket=x' });
    expect(response.json()).toMatchObject({ code: 'service_unavailable' });
    await away.stop();
  });
});

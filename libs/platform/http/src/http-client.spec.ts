import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { AddressGuard } from './address-guard';
import { createHttpClient } from './http-client';
import type { HttpClient } from './http-types';
import { failureOf } from './testing/failure-of';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(answer: Answer): Promise<{ host: string; url: string; server: Server }> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return { host, url: `http://${host}`, server };
}

const text = 'ünïcode '.repeat(1000);
const packed: Record<string, Buffer> = {
  gzip: gzipSync(text),
  deflate: deflateSync(text),
  br: brotliCompressSync(text),
  'gzip, br': brotliCompressSync(gzipSync(text)),
};

const answers: Record<string, Answer> = {
  '/json': (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    response.end(JSON.stringify({ method: request.method, headers: request.headers }));
  },
  '/echo': (request, response) => void request.pipe(response),
  '/status': (_request, response) => void response.writeHead(429, { 'retry-after': '7' }).end('{"error":"slow down"}'),
  '/packed': (request, response) => {
    const encoding = String(request.headers['x-encoding']);
    response.writeHead(200, { 'content-encoding': encoding }).end(packed[encoding]);
  },
  '/odd': (_request, response) => void response.writeHead(200, { 'content-encoding': 'zstd9' }).end('x'),
  '/broken': (_request, response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip at all'),
  '/bomb': (_request, response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
  '/endless': (_request, response) => {
    response.writeHead(200);
    const more = () => void (response.destroyed || (response.write('x'.repeat(1000)), setTimeout(more, 1)));
    more();
  },
  '/drip': (_request, response) => {
    response.writeHead(200);
    const more = () => void (response.destroyed || (response.write('.'), setTimeout(more, 20)));
    more();
  },
  '/silent': () => undefined,
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
    setTimeout(() => response.destroy(), 20);
  },
};

describe('the http client', () => {
  let near: Awaited<ReturnType<typeof serve>>;
  let far: Awaited<ReturnType<typeof serve>>;
  let subject: HttpClient;

  beforeAll(async () => {
    far = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    near = await serve((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
      const to = searchParams.get('to');
      if (pathname === '/redirect' && to) {
        response.writeHead(Number(searchParams.get('status') ?? 302), { location: to }).end();
        return;
      }
      (answers[pathname] ?? answers['/json'])?.(request, response);
    });
    const guard = new AddressGuard({ allowHosts: [near.host, far.host] });
    subject = createHttpClient({ userAgent: 'daybook/test', guard, maxRedirects: 2, maxBytes: 1_000_000 });
  });

  afterAll(async () => {
    await subject.close();
    for (const { server } of [near, far]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const get = (path: string, more: object = {}) => subject.request({ url: `${near.url}${path}`, ...more });
  const redirect = (to: string, more: object = {}, status = 302) =>
    get(`/redirect?status=${status}&to=${encodeURIComponent(to)}`, { redirect: 'follow', ...more });

  it('gives status, headers, cookies and body', async () => {
    const response = await get('/json', { headers: { 'X-One': '1' } });
    expect(response).toMatchObject({ status: 200, setCookies: ['a=1', 'b=2'], url: `${near.url}/json` });
    expect(response.headers['content-type']).toBe('application/json');
    expect(response.json()).toMatchObject({ method: 'GET', headers: { 'x-one': '1', 'user-agent': 'daybook/test' } });
  });

  it('sends a body and treats an error status as a response', async () => {
    expect((await get('/echo', { method: 'post', body: 'grüße' })).text()).toBe('grüße');
    const response = await get('/status');
    expect(response).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
    expect(response.json()).toEqual({ error: 'slow down' });
  });

  it.each(Object.keys(packed))('unpacks %s', async (encoding) => {
    expect((await get('/packed', { headers: { 'x-encoding': encoding } })).text()).toBe(text);
  });

  it.each([
    ['/odd', 'malformed'],
    ['/broken', 'malformed'],
    ['/bomb', 'tooLarge'],
    ['/endless', 'tooLarge'],
    ['/cut', 'network'],
  ])('ends %s as %s', async (path, kind) => {
    expect((await failureOf(get(path, { maxBytes: 100_000 }))).kind).toBe(kind);
  });

  it.each(['/silent', '/drip'])('holds %s to the deadline of the whole exchange', async (path) => {
    const started = performance.now();
    expect((await failureOf(get(path, { deadlineMs: 150 }))).kind).toBe('timeout');
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('stops when the caller says so, also before it began', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect((await failureOf(get('/silent', { signal: stop.signal }))).kind).toBe('aborted');
    expect((await failureOf(get('/json', { signal: stop.signal }))).kind).toBe('aborted');
  });

  it('says that nobody answers', async () => {
    const gone = await serve(() => undefined);
    gone.server.close();
    const client = createHttpClient({ userAgent: 'x', guard: new AddressGuard({ allowHosts: [gone.host] }) });
    expect(await failureOf(client.request({ url: gone.url }))).toMatchObject({ kind: 'network', code: 'ECONNREFUSED' });
    await client.close();
  });

  it('tells a certificate fault from a network fault', async () => {
    const server = createTlsServer({});
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    const client = createHttpClient({ userAgent: 'x', guard: new AddressGuard({ allowHosts: [host] }) });
    expect((await failureOf(client.request({ url: `https://${host}/` }))).kind).toBe('tls');
    await client.close();
    server.close();
  });

  it('carries nothing of the request in its failures', async () => {
    const failure = await failureOf(
      get('/silent?code=secret-code', { deadlineMs: 30, headers: { authorization: 'Bearer zzz' } }),
    );
    expect(JSON.stringify({ ...failure, message: failure.message, stack: failure.stack })).not.toMatch(
      /secret-code|zzz/,
    );
    expect(failure.host).toBe(near.host);
    expect(failure.cause).toBeUndefined();
  });

  describe('on a redirect', () => {
    it('fails unless told what to do', async () => {
      expect(await failureOf(get('/redirect?to=/json'))).toMatchObject({ kind: 'redirect', code: 'not_followed' });
      expect(await get('/redirect?to=/json', { redirect: 'manual' })).toMatchObject({
        status: 302,
        headers: { location: '/json' },
      });
    });

    it('keeps credentials inside the origin and drops them and all unknown headers outside', async () => {
      const headers = { authorization: 'Bearer t', cookie: 'c=1', 'x-api-key': 'k', accept: 'text/plain' };
      const inside = await redirect('/json', { headers });
      expect(inside.json()).toMatchObject({ headers: { authorization: 'Bearer t', 'x-api-key': 'k' } });
      const outside = (await redirect(far.url, { headers })).json();
      expect(outside).toMatchObject({ accept: 'text/plain' });
      expect(JSON.stringify(outside)).not.toMatch(/Bearer|c=1|x-api-key/);
    });

    it('turns a POST into a GET where the standard says so, and never carries a body to another origin', async () => {
      const post = { method: 'POST', body: 'secret', headers: { 'content-type': 'text/plain' } };
      const seen = (await redirect('/json', post)).json();
      expect(seen).toMatchObject({ method: 'GET' });
      expect(JSON.stringify(seen)).not.toContain('content-type');
      expect((await redirect('/echo', post, 307)).text()).toBe('secret');
      expect(await failureOf(redirect(far.url, post, 308))).toMatchObject({ code: 'body_to_other_origin' });
    });

    it('judges every new address', async () => {
      expect(await failureOf(redirect('http://127.0.0.1:1/'))).toMatchObject({ kind: 'blocked', code: 'protocol' });
      expect(await failureOf(redirect('https://169.254.169.254/'))).toMatchObject({
        kind: 'blocked',
        code: 'linkLocal',
      });
      expect(await failureOf(redirect('file:///etc/passwd'))).toMatchObject({ kind: 'blocked' });
    });

    it('gives up after some', async () => {
      const loop = `/redirect?to=${encodeURIComponent(`/redirect?to=${encodeURIComponent('/redirect?to=/json')}`)}`;
      expect(await failureOf(redirect(loop))).toMatchObject({ kind: 'redirect', code: 'too_many' });
    });
  });

  describe('for a name', () => {
    const clientFor = (addresses: string[][]) => {
      const rounds = [...addresses];
      return createHttpClient({
        userAgent: 'x',
        guard: new AddressGuard(),
        resolveName: (_name, done) => {
          const now = rounds.shift() ?? [];
          done(
            null,
            now.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          );
        },
      });
    };

    it.each([
      ['a private address', ['10.0.0.1'], 'private'],
      ['the metadata address', ['169.254.169.254'], 'linkLocal'],
      ['a public and a private address', ['8.8.8.8', '127.0.0.1'], 'loopback'],
      ['a mapped address', ['::ffff:127.0.0.1'], 'ipv4Mapped'],
    ])('that resolves to %s, connects to none', async (_what, addresses, code) => {
      const client = clientFor([addresses]);
      expect(await failureOf(client.request({ url: 'https://rebind.example/' }))).toMatchObject({
        kind: 'blocked',
        code,
      });
      await client.close();
    });

    it('asks the resolver once for a connection, so a second answer cannot differ', async () => {
      let asked = 0;
      const client = createHttpClient({
        userAgent: 'x',
        guard: new AddressGuard(),
        resolveName: (_name, done) => {
          asked += 1;
          done(null, [{ address: '192.0.2.1', family: 4 }]);
        },
      });
      expect((await failureOf(client.request({ url: 'https://rebind.example/' }))).kind).toBe('blocked');
      expect(asked).toBe(1);
      await client.close();
    });
  });
});

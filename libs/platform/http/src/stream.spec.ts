import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { AddressGuard } from './address-guard';
import { createHttpClient } from './http-client';
import type { HttpClient, HttpCredentials, HttpRequest, HttpStream } from './http-types';
import { failureOf } from './testing/failure-of';
import { SignInServer } from './testing/sign-in-server';

const ANNA: HttpCredentials = {
  ...{ user: 'anna', domain: 'CORP', password: 'p' },
  ...{ schemes: ['ntlm', 'basic'], overPlainHttp: true },
};
/** Long enough to sign in and be answered, also on a machine that is busy with much else. */
const PATIENT_MS = 1_500;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a stream', () => {
  let server: SignInServer;
  let client: HttpClient;
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    const setting = { accounts: { 'CORP\\anna': 'p' }, challenges: ['NTLM', 'Basic realm="x"'] };
    server = await new SignInServer({ ...setting, answer: (response) => answer(response) }).start();
    client = createHttpClient({ userAgent: 'x', guard: new AddressGuard({ allowHosts: [server.host] }) });
  });

  afterEach(async () => {
    await client.close();
    server.stop();
  });

  const open = (more: Partial<HttpRequest> = {}, signal = new AbortController().signal): Promise<HttpStream> =>
    client.stream({ method: 'POST', url: server.url, body: 'listen', credentials: ANNA, ...more }, { signal });
  const read = async (stream: HttpStream): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream.chunks) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const sends = (texts: readonly string[], everyMs: number) => (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/xml' }).flushHeaders();
    texts.forEach((text, n) => setTimeout(() => response.write(text), everyMs * (n + 1)));
    setTimeout(() => response.end(), everyMs * (texts.length + 1));
  };
  const endless = (response: ServerResponse) => {
    const more = () => void (response.destroyed || (response.write('x'.repeat(100)), setTimeout(more, 10)));
    more();
  };
  const closed = async () => {
    for (let round = 0; round < 400 && server.openConnections > 0; round += 1) await pause(25);
    expect(server.openConnections).toBe(0);
  };

  it('gives what comes as it comes, for longer than its deadline, and closes its connection', async () => {
    answer = sends(['a', 'b', 'c', 'd'], 400);
    const stream = await open({ deadlineMs: PATIENT_MS });
    expect([stream.status, stream.headers['content-type']]).toEqual([200, 'text/xml']);
    expect(await read(stream)).toBe('abcd');
    expect(server.legs).toEqual(['none@1', 'negotiate@1', 'authenticate@1']);
    await closed();
  });

  it('has a connection of its own beside that of other requests', async () => {
    answer = endless;
    const stop = new AbortController();
    await open({}, stop.signal);
    answer = (response) => void response.end('ok');
    const request = { url: server.url, credentials: ANNA };
    expect((await client.request(request)).text()).toBe('ok');
    expect(server.connections).toBe(2);
    stop.abort();
  });

  it('fails after a silence, at its beginning or later, but not while its reader is busy', async () => {
    answer = () => undefined;
    expect((await failureOf(open({ deadlineMs: 200 }))).kind).toBe('timeout');
    answer = (response) => void response.write('first');
    expect((await failureOf(read(await open({ deadlineMs: PATIENT_MS })))).kind).toBe('timeout');
    answer = sends(['a', 'b'], 20);
    const texts: string[] = [];
    for await (const chunk of (await open({ deadlineMs: PATIENT_MS })).chunks) {
      await pause(PATIENT_MS + 200);
      texts.push(Buffer.from(chunk).toString());
    }
    expect(texts.join('')).toBe('ab');
  });

  it('may be silent for longer, or shorter, once it has begun', async () => {
    answer = (response) => {
      response.write('a');
      setTimeout(() => response.end('b'), PATIENT_MS + 200);
    };
    const { signal } = new AbortController();
    const request = { method: 'POST', url: server.url, credentials: ANNA };
    const patient = { ...request, deadlineMs: PATIENT_MS };
    const long = await client.stream(patient, { signal, silenceMs: 60_000 });
    expect(await read(long)).toBe('ab');
    answer = (response) => void response.write('first');
    const brief = await client.stream({ ...request, deadlineMs: 60_000 }, { signal, silenceMs: 20 });
    expect((await failureOf(read(brief))).kind).toBe('timeout');
    answer = () => undefined;
    const held = client.stream({ ...request, deadlineMs: 100 }, { signal, silenceMs: 60_000 });
    expect((await failureOf(held)).kind).toBe('timeout');
  });

  it('ends by its signal, at any time', async () => {
    answer = endless;
    expect((await failureOf(open({}, AbortSignal.abort()))).kind).toBe('aborted');
    const stop = new AbortController();
    const stream = await open({}, stop.signal);
    setTimeout(() => stop.abort(), 50);
    expect((await failureOf(read(stream))).kind).toBe('aborted');
    await closed();
  });

  it('ends when its reader leaves, when nobody reads it, and with the client', async () => {
    answer = endless;
    for await (const _chunk of (await open()).chunks) break;
    await closed();
    answer = (response) => void response.writeHead(200).flushHeaders();
    await open({ deadlineMs: PATIENT_MS });
    await closed();
    const reading = failureOf(read(await open()));
    await client.close();
    expect((await reading).kind).toBe('aborted');
    await closed();
  });

  it('is bounded, and told from a stream that was cut', async () => {
    answer = endless;
    expect((await failureOf(read(await open({ maxBytes: 1000 })))).kind).toBe('tooLarge');
    answer = (response) => {
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    };
    expect((await failureOf(read(await open()))).kind).toBe('network');
  });

  it('is unpacked, also as a refusal', async () => {
    answer = (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'));
    expect(await read(await open())).toBe('packed');
    server.setting.before = (_heard, response) =>
      !!response.writeHead(401, { 'content-encoding': 'gzip' }).end(gzipSync('no'));
    const refused = await open();
    expect([refused.status, await read(refused)]).toEqual([401, 'no']);
  });

  it('needs no credentials, follows no redirect and goes where the guard lets it', async () => {
    const { credentials: _none, ...bare } = { method: 'GET', url: server.url, credentials: ANNA };
    const { signal } = new AbortController();
    const refused = await client.stream(bare, { signal });
    expect([refused.status, await read(refused)]).toEqual([401, 'who are you?']);
    answer = (response) => void response.writeHead(302, { location: '/' }).end();
    expect(await failureOf(open({ redirect: 'follow' }))).toMatchObject({ kind: 'redirect', code: 'not_followed' });
    expect(await failureOf(open({ url: 'https://10.0.0.1/' }))).toMatchObject({ kind: 'blocked', code: 'private' });
    await closed();
  });
});

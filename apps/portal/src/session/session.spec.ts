import { describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../api/api-client';
import { ApiProblem } from '../api/api-problem';
import { Session } from './session';
import { browserOf, grant, refusal, serverOf } from '../api/testing';

const headerOf = (init: RequestInit, name: string) => new Headers(init.headers).get(name);

function setUp(answers: Parameters<typeof serverOf>[0]) {
  const server = serverOf(answers);
  const browser = browserOf(server.send);
  const subject = new Session(browser.tab());
  return { server, browser, subject, api: new ApiClient(subject, server.send) };
}

describe('Session', () => {
  it('takes up the session of the cookie once for many calls at the same time', async () => {
    const { subject, server } = setUp({ '/v1/auth/refresh': () => grant('t1') });
    expect(await Promise.all([subject.accessToken(), subject.accessToken(), subject.accessToken()])).toEqual([
      't1',
      't1',
      't1',
    ]);
    expect(server.countOf('/v1/auth/refresh')).toBe(1);
    expect(subject.status()).toBe('signed-in');
  });

  it('lets two tabs renew one after the other, never at once', async () => {
    let running = 0;
    let most = 0;
    let made = 0;
    const server = serverOf({
      '/v1/auth/refresh': async () => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        return grant(`t${(made += 1)}`);
      },
    });
    const browser = browserOf(server.send);
    const [first, second] = [new Session(browser.tab()), new Session(browser.tab())];
    await Promise.all([first.accessToken(), second.accessToken()]);
    expect(most).toBe(1);
  });

  it('renews half a minute before the token ends', async () => {
    let made = 0;
    const { subject, browser } = setUp({ '/v1/auth/refresh': () => grant(`t${(made += 1)}`) });
    await subject.accessToken();
    browser.clock.now = 869_000;
    expect(await subject.accessToken()).toBe('t1');
    browser.clock.now = 870_001;
    expect(await subject.accessToken()).toBe('t2');
  });

  it('is signed out when the cookie is refused', async () => {
    const { subject } = setUp({ '/v1/auth/refresh': () => refusal(401, 'session_ended') });
    expect(await subject.accessToken()).toBeNull();
    expect(subject.status()).toBe('signed-out');
  });

  it('is not signed out by an outage', async () => {
    const { subject } = setUp({ '/v1/auth/refresh': () => refusal(503, 'service_unavailable') });
    await expect(subject.accessToken()).rejects.toMatchObject({ problem: { code: 'service_unavailable' } });
    expect(subject.status()).toBe('unknown');
    const { subject: unreachable } = setUp({});
    await expect(unreachable.accessToken()).rejects.toMatchObject({ problem: { code: 'offline' } });
  });

  it('signs out in all tabs, even when the server does not answer', async () => {
    const server = serverOf({ '/v1/auth/refresh': () => grant('t') });
    const browser = browserOf(server.send);
    const [here, there] = [new Session(browser.tab()), new Session(browser.tab())];
    await Promise.all([here.accessToken(), there.accessToken()]);
    await here.signOut();
    expect([here.status(), there.status()]).toEqual(['signed-out', 'signed-out']);
    expect(await there.accessToken()).toBeNull();
  });

  it('says that another person came, so that nothing of the one before is shown', async () => {
    let user = 'usr_1';
    const { subject } = setUp({
      '/v1/auth/refresh': () => grant('t', user),
      '/v1/auth/sign-in': () => grant('t', user),
    });
    subject.onPersonChanged = vi.fn();
    await subject.accessToken();
    expect(subject.onPersonChanged).not.toHaveBeenCalled();
    user = 'usr_2';
    await subject.signIn('ben@example.com', 'daybook');
    expect(subject.onPersonChanged).toHaveBeenCalledTimes(1);
  });

  it('refuses an answer that is no grant', async () => {
    const { subject } = setUp({ '/v1/auth/sign-in': () => Response.json({ hello: 'world' }) });
    await expect(subject.signIn('a', 'b')).rejects.toMatchObject({ problem: { code: 'unexpected_answer' } });
  });
});

describe('ApiClient', () => {
  it('sends who it is and the bearer', async () => {
    const { api, server } = setUp({
      '/v1/auth/refresh': () => grant('t1'),
      '/v1/me': () => Response.json({ ok: true }),
    });
    await api.call('/v1/me');
    const { init } = server.calls[1] ?? { init: {} };
    expect(headerOf(init, 'X-Client')).toBe('portal/0.1.0');
    expect(headerOf(init, 'Authorization')).toBe('Bearer t1');
  });

  it('renews and tries once more on 401', async () => {
    let made = 0;
    const { api, server } = setUp({
      '/v1/auth/refresh': () => grant(`t${(made += 1)}`),
      '/v1/me': ({ init }) =>
        headerOf(init, 'Authorization') === 'Bearer t2' ? Response.json({ ok: 1 }) : refusal(401, 'unauthenticated'),
    });
    expect(await api.call('/v1/me')).toEqual({ ok: 1 });
    expect(server.countOf('/v1/me')).toBe(2);
  });

  it('gives up after the second 401', async () => {
    const { api, server } = setUp({
      '/v1/auth/refresh': () => grant('t'),
      '/v1/me': () => refusal(401, 'unauthenticated'),
    });
    await expect(api.call('/v1/me')).rejects.toBeInstanceOf(ApiProblem);
    expect(server.countOf('/v1/me')).toBe(2);
  });

  it('sends the version as a quoted If-Match', async () => {
    const { api, server } = setUp({
      '/v1/auth/refresh': () => grant('t'),
      '/v1/x': () => new Response(null, { status: 204 }),
    });
    expect(await api.call('/v1/x', { method: 'PATCH', body: { a: 1 }, version: 'v7' })).toBeNull();
    const init: RequestInit = server.calls[1]?.init ?? {};
    expect(headerOf(init, 'If-Match')).toBe('"v7"');
    expect(init.body).toBe('{"a":1}');
  });

  it.each([
    ['problem+json', () => refusal(409, 'conflict'), { code: 'conflict', correlationId: 'cor_1', detail: 'Because.' }],
    ['a page of a proxy', () => new Response('<html>', { status: 502 }), { code: 'service_unavailable', status: 502 }],
    ['anything else', () => new Response('no', { status: 418 }), { code: 'unexpected_answer', status: 418 }],
  ])('makes a problem of %s', async (_name, answer, expected) => {
    const { api } = setUp({ '/v1/auth/refresh': () => grant('t'), '/v1/x': answer });
    await expect(api.call('/v1/x')).rejects.toMatchObject({ problem: expected });
  });
});

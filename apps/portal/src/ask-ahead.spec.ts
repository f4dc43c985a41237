import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { ApiClient } from './api/api-client';
import { LiveStream } from './api/live-stream';
import { browserOf, grant, refusal, serverOf } from './api/testing';
import { askAhead } from './ask-ahead';
import { Session } from './session/session';

const page = () => Response.json({ items: [], next: null });

async function asked(path: string, renewal = () => grant('t')) {
  const server = serverOf({
    '/v1/auth/refresh': renewal,
    '/v1/me': () => Response.json({}),
    '/v1/calendars': page,
    '/v1/connections': page,
    '/v1/services': page,
    '/v1/meetings': page,
  });
  const session = new Session(browserOf(server.send).tab());
  const live = new LiveStream({
    open: () => Promise.reject(new Error('closed')),
    wait: async () => {},
    random: () => 0,
  });
  const services = { session, api: new ApiClient(session, server.send), live, queries: new QueryClient() };
  askAhead(services, new URL(path, 'http://localhost'));
  await session.accessToken();
  await new Promise((resolve) => setTimeout(resolve));
  return server.calls.map((call) => new URL(call.path, 'http://localhost'));
}

const paths = (calls: readonly URL[]) => calls.map(({ pathname }) => pathname).sort();

describe('askAhead', () => {
  it('asks for the person, the list and what stands around it as soon as the session is there', async () => {
    const calls = await asked('/meetings?hostedBy=me&q=plan');
    expect(paths(calls)).toEqual([
      '/v1/auth/refresh',
      '/v1/calendars',
      '/v1/connections',
      '/v1/me',
      '/v1/meetings',
      '/v1/services',
    ]);
    const list = calls.find(({ pathname }) => pathname === '/v1/meetings');
    expect([list?.searchParams.get('hostedBy'), list?.searchParams.get('q')]).toEqual(['me', 'plan']);
    // Midnight of the person's zone, Berlin.
    expect(list?.searchParams.get('from')).toMatch(/T2[23]:00:00\.000Z$/);
  });

  it('asks for no list where another view opens, and only for the person on another page', async () => {
    expect(paths(await asked('/meetings?view=week'))).not.toContain('/v1/meetings');
    expect(paths(await asked('/profile'))).toEqual(['/v1/auth/refresh', '/v1/me']);
  });

  it('asks for nothing when nobody is signed in', async () => {
    expect(paths(await asked('/meetings', () => refusal(401, 'session_ended')))).toEqual(['/v1/auth/refresh']);
  });
});

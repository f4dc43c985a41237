import { QueryClient } from '@tanstack/react-query';
import type { PushEventName } from '@daybook/contracts';
import { ApiClient } from './api-client';
import { toProblem } from './api-problem';
import { keys } from './keys';
import { LiveStream } from './live-stream';
import type { Session } from '../session/session';

export interface PortalServices {
  readonly session: Session;
  readonly api: ApiClient;
  readonly live: LiveStream;
  readonly queries: QueryClient;
}

/** A tab nobody looks at gives its line back after this; browsers allow only six to one host. */
const HIDDEN_PAUSE_MS = 30_000;
/** Hints closer together than this are answered by one reading. */
const GATHER_MS = 400;

/** What a hint makes the portal read again. */
const affected: Record<PushEventName, readonly (readonly string[])[]> = {
  'meetings.changed': [keys.meetings, keys.calendars],
  'contacts.changed': [],
  'connection.changed': [keys.connections, keys.calendars, keys.meetings, ['receipts']],
  'policy.changed': [keys.me, keys.policy, keys.services, keys.connections, keys.meetings],
};

/** Builds client, cache and live line of a session once, and ties them together. */
export function createPortalServices(session: Session): PortalServices {
  const api = new ApiClient(session, (input, init) => fetch(input, init));
  const queries = createQueries();
  const live = new LiveStream({
    open: (lastEventId, signal) =>
      api.open('/v1/stream', {
        signal,
        headers: { Accept: 'text/event-stream', ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}) },
      }),
    wait,
    random: Math.random,
  });
  session.onPersonChanged = () => queries.clear();
  followHints(live, queries);
  followSession(session, live);
  followTab(session, live);
  return { session, api, live, queries };
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Self-hosted deployments answer on machines that call themselves offline.
        networkMode: 'always',
        staleTime: 30_000,
        retry: (count, error) => count < 2 && [0, 502, 503, 504].includes(toProblem(error).status),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

function followHints(live: LiveStream, queries: QueryClient): void {
  const waiting = new Map<string, readonly string[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const readAgain = (list: readonly (readonly string[])[]) => {
    for (const key of list) waiting.set(key.join(), key);
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const queryKey of waiting.values()) void queries.invalidateQueries({ queryKey });
      waiting.clear();
    }, GATHER_MS);
  };
  live.onEvent = ({ event }) => {
    if (isPushEvent(event)) readAgain(affected[event]);
  };
  live.onGap = () => readAgain(Object.values(affected).flat());
}

function isPushEvent(name: string): name is PushEventName {
  return Object.hasOwn(affected, name);
}

function followSession(session: Session, live: LiveStream): void {
  const follow = () => {
    if (session.status() === 'signed-in') live.start();
    else live.pause(true);
  };
  session.subscribe(follow);
  // The session may have been taken up before.
  follow();
}

function followTab(session: Session, live: LiveStream): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => live.pause(), HIDDEN_PAUSE_MS);
    else if (session.status() === 'signed-in') live.start();
  });
  window.addEventListener('online', () => live.hurry());
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

import { openSharedTurn } from './browser-turn';
import { inTurn, type SharedTurn } from './renewal-turn';
import type { ExclusiveRun, SessionParts, TabLine } from './session';

/** The browser's own clock, network, locks and line between tabs. */
export function browserParts(): SessionParts {
  return {
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    exclusively: exclusively(),
    tabs: tabLine(),
  };
}

/**
 * Web Locks, where they exist (https and localhost), queue the tabs of a browser without asking again and again. The turn in
 * the browser's database works everywhere, and tells also of a renewal whose page has gone.
 */
function exclusively(): ExclusiveRun {
  let opened: Promise<SharedTurn | null> | undefined;
  const turn = inTurn({
    shared: () => (opened ??= openSharedTurn()),
    mark: () => refreshMarks(document.cookie),
    now: () => Date.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    newHolder: () => `${Date.now()}-${Math.random()}`,
  });
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) return turn;
  // The lock's own type wraps the promise once more; awaiting inside gives the plain result.
  return async (name, work) => await locks.request(name, async () => await turn(name, work));
}

/** The gateway's `daybook_refreshed_<port>`; the page does not know which port that is behind a proxy, so it takes all. */
function refreshMarks(cookies: string): string {
  const marks = cookies.split('; ').filter((cookie) => cookie.startsWith('daybook_refreshed_'));
  return marks.sort().join('; ');
}

function tabLine(): TabLine {
  const channel = new BroadcastChannel('daybook.session');
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) =>
      channel.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(event.data);
      }),
  };
}

import type { ExclusiveRun, SessionParts, TabLine } from './session';

/** The browser's own clock, network, locks and line between tabs. */
export function browserParts(): SessionParts {
  return {
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    exclusively: webLocks(),
    tabs: tabLine(),
  };
}

/** Web locks exist on https and on localhost; elsewhere a tab can only order its own work. */
function webLocks(): ExclusiveRun {
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) return (_name, work) => work();
  // The lock's own type wraps the promise once more; awaiting inside gives the plain result.
  return async (name, work) => await locks.request(name, async () => await work());
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

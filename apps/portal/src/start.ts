/**
 * The first script of a page, and a small one: it exchanges the cookie for an access token while the rest is still on its way,
 * instead of after that has been read.
 */
import './styles';
import { browserParts } from './session/browser-parts';
import { isBehindTheDoor } from './session/door';
import { Session } from './session/session';

/** Reading the rest keeps a slow processor so busy that an exchange would stop half way; but it waits for no slow line. */
const HEAD_START_MS = 150;

const session = new Session(browserParts());
if (isBehindTheDoor(window.location.pathname)) {
  // A refusal or a line that is down is met again, and shown, by the page that needs the token.
  const exchange = session.accessToken().catch(() => null);
  await Promise.race([exchange, new Promise((resolve) => setTimeout(resolve, HEAD_START_MS))]);
}
const { showPortal } = await import('./main');
await showPortal(session);

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { askAhead } from './ask-ahead';
import { createPortalServices } from './api/portal-services';
import { createI18n, startLanguage } from './i18n/i18n';
import { createRoutes } from './routes';
import { isBehindTheDoor } from './session/door';
import type { Session } from './session/session';

/** Draws the portal into the page. What its first picture waits for comes side by side: script, data, words. */
export async function showPortal(session: Session): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root.');
  const services = createPortalServices(session);
  const router = createRoutes();
  if (isBehindTheDoor(window.location.pathname)) askAhead(services, new URL(window.location.href));
  const i18n = await createI18n(startLanguage());
  createRoot(root).render(
    <StrictMode>
      <App services={services} i18n={i18n} router={router} />
    </StrictMode>,
  );
}

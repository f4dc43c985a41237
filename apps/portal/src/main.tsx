import '@mantine/core/styles.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { askForMe } from './api/people-queries';
import { createPortalServices } from './api/portal-services';
import { createI18n, startLanguage } from './i18n/i18n';
import { createRoutes, isBehindTheDoor } from './routes';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
const services = createPortalServices();
// What the first page waits for comes side by side: its script, the person, the words.
const router = createRoutes();
if (isBehindTheDoor(window.location.pathname)) void askForMe(services);
const i18n = await createI18n(startLanguage());
createRoot(root).render(
  <StrictMode>
    <App services={services} i18n={i18n} router={router} />
  </StrictMode>,
);

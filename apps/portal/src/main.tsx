import '@mantine/core/styles.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { createPortalServices } from './api/portal-services';
import { createI18n, startLanguage } from './i18n/i18n';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
const services = createPortalServices();
const i18n = await createI18n(startLanguage());
createRoot(root).render(
  <StrictMode>
    <App services={services} i18n={i18n} />
  </StrictMode>,
);

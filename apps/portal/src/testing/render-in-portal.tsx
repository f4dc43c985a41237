import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { TranslationProvider } from '../i18n/translation-provider';
import { createMemoryRouter, RouterProvider } from 'react-router';
import type { Me } from '@daybook/contracts';
import { ApiClient } from '../api/api-client';
import { LiveStream } from '../api/live-stream';
import { PortalContext } from '../api/portal-context';
import { Session } from '../session/session';
import { browserOf, grant, serverOf, type Answer } from '../api/testing';
import { createI18n, type Language } from '../i18n/i18n';
import { PersonContext } from '../shell/person-context';
import { createFormats } from '../time/formats';

export const ada: Me = {
  user: {
    id: 'usr_1',
    email: 'ada@example.com',
    name: 'Ada',
    role: 'member',
    language: 'en',
    timeZone: 'Europe/Berlin',
  },
  account: { id: 'acc_1', name: 'Example' },
  licences: { phone: false },
  policy: {
    enabled: true,
    service: { default: null, enforced: null, allowed: ['google'] },
    permissions: { calendar: { value: 'readWrite', locked: false }, contacts: { value: 'readWrite', locked: false } },
    twoWaySync: true,
    reschedule: 'separate',
    minimumDesktopVersion: '5.2.1',
    exchange: { allowedHosts: [], allowUntrustedCertificates: false },
    version: 'p1',
  },
  brand: 'Zoom',
};

/** Draws `children` for a signed-in person, in front of a server that answers by path. */
export async function renderInPortal(
  children: ReactNode,
  {
    language = 'en',
    me = ada,
    answers = {},
    at = '/',
  }: { language?: Language; me?: Me; answers?: Record<string, Answer>; at?: string } = {},
) {
  const server = serverOf({ '/v1/auth/refresh': () => grant('t'), ...answers });
  const session = new Session(browserOf(server.send).tab());
  const api = new ApiClient(session, server.send);
  const live = new LiveStream({
    open: () => Promise.reject(new Error('closed')),
    wait: async () => {},
    random: () => 0,
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter([{ path: '*', element: children }], { initialEntries: [at] });
  const view = render(
    <MantineProvider env="test">
      <TranslationProvider i18n={await createI18n(language)}>
        <PortalContext.Provider value={{ session, api, live, queries }}>
          <QueryClientProvider client={queries}>
            <PersonContext.Provider value={{ me, formats: createFormats(language, me.user.timeZone) }}>
              <RouterProvider router={router} />
            </PersonContext.Provider>
          </QueryClientProvider>
        </PortalContext.Provider>
      </TranslationProvider>
    </MantineProvider>,
  );
  return { ...view, server, router };
}

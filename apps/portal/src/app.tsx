import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { PortalContext } from './api/portal-context';
import type { PortalServices } from './api/portal-services';
import { createRoutes } from './routes';
import { cssVariables, theme } from './theme';

const appearance = localStorageColorSchemeManager({ key: 'daybook.appearance' });

export function App({ services, i18n }: { services: PortalServices; i18n: i18n }) {
  const [router] = useState(createRoutes);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={appearance}
    >
      <I18nextProvider i18n={i18n}>
        <PortalContext.Provider value={services}>
          <QueryClientProvider client={services.queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </PortalContext.Provider>
      </I18nextProvider>
    </MantineProvider>
  );
}

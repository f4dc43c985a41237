import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { TranslationProvider } from './i18n/translation-provider';
import { RouterProvider, type RouterProviderProps } from 'react-router/dom';
import { PortalContext } from './api/portal-context';
import type { PortalServices } from './api/portal-services';
import { cssVariables, theme } from './theme';

const appearance = localStorageColorSchemeManager({ key: 'daybook.appearance' });

interface AppProps {
  readonly services: PortalServices;
  readonly i18n: i18n;
  readonly router: RouterProviderProps['router'];
}

export function App({ services, i18n, router }: AppProps) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={appearance}
    >
      <TranslationProvider i18n={i18n}>
        <PortalContext.Provider value={services}>
          <QueryClientProvider client={services.queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </PortalContext.Provider>
      </TranslationProvider>
    </MantineProvider>
  );
}

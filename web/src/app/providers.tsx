// Everything that components expect above them; tests use it too.
import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { lazy, type ReactNode, Suspense } from 'react';
import { I18nextProvider } from 'react-i18next';
import { type House, HouseContext } from './house.ts';
import { resolveVariables, schemes, theme } from './theme.ts';

/** Where toasts stand; those that came before it are shown when it is there. No part of the first load. */
const Notifications = lazy(async () => ({
  default: (await import('@mantine/notifications')).Notifications,
}));

export interface ProvidersProps {
  readonly house: House;
  readonly words: i18n;
  readonly queries: QueryClient;
  readonly children: ReactNode;
}

export function Providers({ house, words, queries, children }: ProvidersProps) {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      cssVariablesResolver={resolveVariables}
    >
      <I18nextProvider i18n={words}>
        <QueryClientProvider client={queries}>
          <HouseContext value={house}>
            <Suspense fallback={null}>
              <Notifications position="bottom-right" limit={3} />
            </Suspense>
            {children}
          </HouseContext>
        </QueryClientProvider>
      </I18nextProvider>
    </MantineProvider>
  );
}

// Everything that components expect above them; tests use it too.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { type House, HouseContext } from './house.ts';
import { resolveVariables, schemes, theme } from './theme.ts';

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
            <Notifications position="bottom-right" limit={3} />
            {children}
          </HouseContext>
        </QueryClientProvider>
      </I18nextProvider>
    </MantineProvider>
  );
}

// The root of all addresses, and what every page's route has in common.
import { createRootRouteWithContext } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import { loadTexts } from '../i18n/language.ts';
import type { PartName } from '../i18n/parts.ts';

export interface PageContext {
  readonly words: i18n;
}

export const root = createRootRouteWithContext<PageContext>()({});

/** A page comes with the sentences that it says: they are there before it shows. */
export function page(texts: readonly PartName[]) {
  return {
    getParentRoute: () => root,
    loader: ({ context }: { readonly context: PageContext }) => loadTexts(context.words, texts),
  };
}

/** Only text is taken from an address, and only what is present is kept: addresses stay short. */
export function searchOf<Key extends string>(...keys: readonly Key[]) {
  return (search: Readonly<Record<string, unknown>>) => {
    const present = keys
      .map((key) => [key, search[key]] as const)
      .filter(([, value]) => typeof value === 'string' && value !== '');
    return Object.fromEntries(present) as { [Name in Key]?: string };
  };
}

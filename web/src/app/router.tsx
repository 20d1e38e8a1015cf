// Makes the router of all pages; `pages.ts` says which there are.
import { createRouter } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import { Waiting } from '../parts/waiting.tsx';
import { Frame } from './frame.tsx';
import { Crashed, NotFound } from './lost.tsx';
import { pages } from './pages.ts';
import { root } from './root.ts';

export function makeRouter(words: i18n) {
  return createRouter({
    routeTree: root.update({ component: Frame, notFoundComponent: NotFound }).addChildren(pages),
    context: { words },
    defaultPreload: 'intent',
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Crashed,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

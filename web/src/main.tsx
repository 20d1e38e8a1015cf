// Starts the UI in the browser.
import './styles/mantine.ts';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepApp } from './app/keep-app.ts';
import { makeHouse, makeQueries } from './app/make-house.ts';
import { Providers } from './app/providers.tsx';
import { makeRouter } from './app/router.tsx';
import { browserStorage } from './base/storage.ts';
import { startLanguage, wantedLanguage } from './i18n/language.ts';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');

const words = await startLanguage(wantedLanguage(browserStorage(), navigator.languages));
const house = makeHouse(words);
const router = makeRouter(words);

createRoot(place).render(
  <StrictMode>
    <Providers house={house} words={words} queries={makeQueries()}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
keepApp();

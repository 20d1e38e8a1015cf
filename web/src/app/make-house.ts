// Builds the parts that pages share.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { ApiError } from '../api/api-error.ts';
import { ApiClient } from '../api/client.ts';
import { browserStorage } from '../base/storage.ts';
import { Ticker } from '../base/ticker.ts';
import { sessionKey } from '../entry/use-session.ts';
import { loadTexts } from '../i18n/language.ts';
import { LiveClient } from '../live/live-client.ts';
import { DraftStore } from '../rule/draft-store.ts';
import type { House } from './house.ts';

function liveUrl(location: Location): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`;
}

export function makeHouse(words: i18n): House {
  const live = new LiveClient({ url: liveUrl(globalThis.location) });
  globalThis.addEventListener('online', () => live.hurry());
  globalThis.document.addEventListener('visibilitychange', () => {
    if (!globalThis.document.hidden) live.hurry();
  });
  const storage = browserStorage();
  const api = new ApiClient({ loadWords: () => loadTexts(words, ['refusals', 'faults']) });
  return { api, live, drafts: new DraftStore(storage), ticker: new Ticker(), storage };
}

/** What the server refused is refused again; only a missing answer is worth another try. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

export function makeQueries(): QueryClient {
  // Whoever was in and is no more (logged out elsewhere, another password) is asked to log in.
  const onError = (error: unknown): void => {
    if (error instanceof ApiError && error.status === 401 && error.code === 'login-needed')
      void queries.invalidateQueries({ queryKey: sessionKey });
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Live updates keep what is on the screen true; what was left is read again when it is shown again.
      queries: { staleTime: 0, retry: isWorthRetrying, refetchOnWindowFocus: false, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
  return queries;
}

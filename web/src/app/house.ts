// What every page may use: the server, live updates, drafts, the clock, and what the browser remembers. Made once, in `main.tsx` or by a test.
import { createContext, use } from 'react';
import type { ApiClient } from '../api/client.ts';
import type { TextStorage } from '../base/storage.ts';
import type { Ticker } from '../base/ticker.ts';
import type { LiveClient } from '../live/live-client.ts';
import type { DraftStore } from '../rule/draft-store.ts';

export interface House {
  readonly api: ApiClient;
  readonly live: LiveClient;
  readonly drafts: DraftStore;
  readonly ticker: Ticker;
  /** What this browser remembers: favourites, payloads, what was looked for. */
  readonly storage: TextStorage;
}

export const HouseContext = createContext<House | undefined>(undefined);

export function useHouse(): House {
  const house = use(HouseContext);
  if (!house) throw new Error('useHouse needs a HouseContext above it');
  return house;
}

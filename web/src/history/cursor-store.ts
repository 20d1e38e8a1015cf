// Where the cursor stands, for who shows a value there. All panels share one.
import { useSyncExternalStore } from 'react';

export class CursorStore {
  readonly #listeners = new Set<() => void>();
  #at: number | undefined;

  get at(): number | undefined {
    return this.#at;
  }

  readonly set = (at: number | undefined): void => {
    if (at === this.#at) return;
    this.#at = at;
    for (const listener of this.#listeners) listener();
  };

  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export function useCursor(store: CursorStore): number | undefined {
  return useSyncExternalStore(store.watch, () => store.at);
}

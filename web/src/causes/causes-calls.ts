// Asks who made a value what it is, or was.
import type { ApiClient } from '../api/client.ts';
import type { CausesView } from '../api/types.ts';

export type Effect =
  | { readonly topic: string; readonly path?: string; readonly at?: number }
  | { readonly device: string; readonly property: string; readonly at?: number };

export function causesOf(api: ApiClient, effect: Effect, signal: AbortSignal): Promise<CausesView> {
  const pairs = Object.entries(effect).map(([name, value]) => [name, String(value)]);
  return api.call(`/causes?${new URLSearchParams(pairs)}`, { signal });
}

// What this page asks the server about the versions of a rule.
import type { ApiClient } from '../api/client.ts';
import type { Page, RuleVersionView, RuleView } from '../api/types.ts';

export interface Rollback {
  /** The version that comes back, as a new one. */
  readonly version: number;
  readonly note: string;
  /** Refused with 412 when another one is in force. */
  readonly ifVersion: number;
}

export function versionsCalls(api: ApiClient, rule: string) {
  const path = `/rules/${encodeURIComponent(rule)}`;
  return {
    list: async (signal: AbortSignal) =>
      (await api.call<Page<RuleVersionView>>(`${path}/versions`, { signal })).items,
    rollback: ({ ifVersion, ...json }: Rollback) =>
      api.call<RuleView>(`${path}/rollback`, { method: 'POST', json, ifMatch: ifVersion }),
  };
}

// What this page asks the server about Node-RED.
import type { ApiClient } from '../api/client.ts';
import type {
  FlowSeedAddedView,
  FlowSeedRequest,
  FlowSeedView,
  FlowsView,
  FlowVersionView,
  Page,
} from '../api/types.ts';

export type FlowsCommand = 'start' | 'stop' | 'restart';

export function flowsCalls(api: ApiClient) {
  return {
    state: (signal: AbortSignal) => api.call<FlowsView>('/flows', { signal }),
    command: (command: FlowsCommand, safe = false) =>
      api.call<FlowsView>(`/flows/${command}`, { method: 'POST', json: safe ? { safe } : {} }),
    seeds: async (signal: AbortSignal) =>
      (await api.call<Page<FlowSeedView>>('/flows/seeds', { signal })).items,
    addSeed: (name: string, request: FlowSeedRequest) =>
      api.call<FlowSeedAddedView>(`/flows/seeds/${encodeURIComponent(name)}`, {
        method: 'POST',
        json: request,
      }),
    versions: async (signal: AbortSignal) =>
      (await api.call<Page<FlowVersionView>>('/flows/versions', { signal })).items,
    restore: (version: number) =>
      api.call<FlowsView>(`/flows/versions/${version}/restore`, { method: 'POST' }),
  };
}

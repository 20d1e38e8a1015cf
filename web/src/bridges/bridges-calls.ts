// What this page asks the server: bridges to other brokers, and plugins.
import type { ApiClient } from '../api/client.ts';
import type { BridgeRequest, BridgeView, Page, PluginView } from '../api/types.ts';

const id = encodeURIComponent;

export type PluginConfig = Readonly<Record<string, unknown>>;

export function bridgesCalls(api: ApiClient) {
  return {
    saveBridge: (name: string, json: BridgeRequest) =>
      api.call<BridgeView>(`/bridges/${id(name)}`, { method: 'PUT', json }),
    deleteBridge: (name: string) => api.call<void>(`/bridges/${id(name)}`, { method: 'DELETE' }),
    plugins: async (signal: AbortSignal) => (await api.call<Page<PluginView>>('/plugins', { signal })).items,
    enablePlugin: (plugin: string, enabled: boolean) =>
      api.call<PluginView>(`/plugins/${id(plugin)}/${enabled ? 'enable' : 'disable'}`, { method: 'POST' }),
    configure: (plugin: string, config: PluginConfig) =>
      api.call<PluginView>(`/plugins/${id(plugin)}/config`, { method: 'PUT', json: config }),
    install: (folder: string) => api.call<PluginView>('/plugins', { method: 'POST', json: { folder } }),
    removePlugin: (plugin: string) => api.call<void>(`/plugins/${id(plugin)}`, { method: 'DELETE' }),
  };
}

// What the parts for administrators ask the server.
import type { ApiClient } from '../api/client.ts';
import type { AuditView, Page, SecretView } from '../api/types.ts';

const id = encodeURIComponent;

export interface AuditFilter {
  readonly who: string;
  readonly outcome: '' | AuditView['outcome'];
}

export function systemCalls(api: ApiClient) {
  return {
    audit: ({ who, outcome }: AuditFilter, cursor: string, signal: AbortSignal) => {
      const query = Object.entries({ who, outcome, cursor })
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `&${name}=${id(value)}`);
      return api.call<Page<AuditView>>(`/audit?limit=100${query.join('')}`, { signal });
    },
    secrets: async (signal: AbortSignal) => (await api.call<Page<SecretView>>('/secrets', { signal })).items,
    putSecret: (name: string, value: string) =>
      api.call<SecretView>(`/secrets/${id(name)}`, { method: 'PUT', json: { value } }),
    deleteSecret: (name: string) => api.call<void>(`/secrets/${id(name)}`, { method: 'DELETE' }),
  };
}

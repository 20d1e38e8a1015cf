// What the part about backups asks the server.
import type { ApiClient } from '../api/client.ts';
import type { BackupPreview, BackupRequest, BackupRestoreView, BackupView, Page } from '../api/types.ts';

const at = (id: string): string => `/backups/${encodeURIComponent(id)}`;

export function backupsCalls(api: ApiClient) {
  return {
    list: async (signal: AbortSignal) => (await api.call<Page<BackupView>>('/backups', { signal })).items,
    make: (request: BackupRequest) => api.call<BackupView>('/backups', { method: 'POST', json: request }),
    preview: (id: string, signal: AbortSignal) => api.call<BackupPreview>(at(id), { signal }),
    delete: (id: string) => api.call<void>(at(id), { method: 'DELETE' }),
    restore: (id: string) => api.call<BackupRestoreView>(`${at(id)}/restore`, { method: 'POST' }),
  };
}

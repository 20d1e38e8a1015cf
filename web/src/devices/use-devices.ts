// The devices of the house, kept true by the live channel.
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../api/client.ts';
import type { DeviceNews, DeviceView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';

export const devicesKey = ['devices'] as const;

/** The list after news. */
export function withNews(devices: readonly DeviceView[], news: DeviceNews): readonly DeviceView[] {
  if (news.change === 'forgotten') return devices.filter(({ id }) => id !== news.id);
  const { device } = news;
  if (!devices.some(({ id }) => id === device.id)) return [...devices, device];
  return devices.map((one) => (one.id === device.id ? device : one));
}

export function changeDevices(
  queries: QueryClient,
  change: (devices: readonly DeviceView[]) => readonly DeviceView[],
): void {
  queries.setQueryData<readonly DeviceView[]>(devicesKey, (devices) => devices && change(devices));
}

async function allDevices(api: ApiClient, signal: AbortSignal): Promise<readonly DeviceView[]> {
  const devices: DeviceView[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.devices(cursor, signal);
    devices.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return devices;
}

export function useDevices() {
  const { api } = useHouse();
  const queries = useQueryClient();
  const devices = useQuery({ queryKey: devicesKey, queryFn: ({ signal }) => allDevices(api, signal) });
  useLive({
    channel: 'devices',
    items: (news) => changeDevices(queries, (list) => news.reduce(withNews, list)),
    gap: () => void queries.invalidateQueries({ queryKey: devicesKey }),
  });
  return devices;
}

// One device, kept true by the live channel.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeviceView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';

export function deviceKey(device: string) {
  return ['device', device] as const;
}

export function useDevice(id: string) {
  const { api } = useHouse();
  const queries = useQueryClient();
  const device = useQuery({ queryKey: deviceKey(id), queryFn: ({ signal }) => api.device(id, signal) });
  useLive({
    channel: 'devices',
    filter: id,
    items: (news) => {
      const latest = news.at(-1);
      if (latest?.change === 'changed') queries.setQueryData<DeviceView>(deviceKey(id), latest.device);
      if (latest?.change === 'forgotten') void device.refetch();
    },
    gap: () => void device.refetch(),
  });
  return device;
}

/** What names the device or its topics. */
export function useDeviceUses(id: string) {
  const { api } = useHouse();
  return useQuery({ queryKey: ['device-uses', id], queryFn: ({ signal }) => api.deviceUses(id, signal) });
}

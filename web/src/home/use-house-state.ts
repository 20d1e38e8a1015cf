// What the overview looks at; undefined until the devices and rules are known.
import { useQuery } from '@tanstack/react-query';
import { useHouse } from '../app/house.ts';
import { useDevices } from '../devices/use-devices.ts';
import { useMay } from '../entry/use-session.ts';
import { useRules } from '../rules/use-rules.ts';
import type { HouseState } from './attention.ts';

/** These have no live channel. */
const lookEveryMs = 30_000;

export function useHouseState() {
  const { api } = useHouse();
  const rules = useRules();
  const devices = useDevices();
  const bridges = useQuery({
    queryKey: ['bridges'],
    queryFn: ({ signal }) => api.bridges(signal),
    enabled: useMay('admin'),
    refetchInterval: lookEveryMs,
  });
  const analysis = useQuery({
    queryKey: ['analysis'],
    queryFn: ({ signal }) => api.analysis(signal),
    refetchInterval: lookEveryMs,
  });
  const state: HouseState | undefined =
    rules.data && devices.data
      ? {
          rules: rules.data,
          devices: devices.data,
          bridges: bridges.data ?? [],
          findings: analysis.data?.findings ?? [],
        }
      : undefined;
  const retry = (): void => {
    for (const query of [rules, devices]) if (query.error) void query.refetch();
  };
  return { state, error: rules.error ?? devices.error, retry };
}

// Bridges and plugins, asked again while the page is open; the server has no live channel for them.
import { useQuery } from '@tanstack/react-query';
import { useHouse } from '../app/house.ts';
import { bridgesCalls } from './bridges-calls.ts';

export function useBridgesCalls() {
  return bridgesCalls(useHouse().api);
}

export function useBridges() {
  const { api } = useHouse();
  return useQuery({
    queryKey: ['bridges'],
    queryFn: ({ signal }) => api.bridges(signal),
    refetchInterval: 3_000,
  });
}

export function usePlugins() {
  const calls = useBridgesCalls();
  return useQuery({
    queryKey: ['plugins'],
    queryFn: ({ signal }) => calls.plugins(signal),
    refetchInterval: 5_000,
  });
}

// The process of Node-RED, asked often while it starts; the server has no live channel for it.
import { useQuery } from '@tanstack/react-query';
import type { FlowsView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useAct } from '../parts/use-act.ts';
import { type FlowsCommand, flowsCalls } from './flows-calls.ts';

export function useFlows() {
  const { api } = useHouse();
  return useQuery({
    queryKey: ['flows'],
    queryFn: ({ signal }) => flowsCalls(api).state(signal),
    refetchInterval: ({ state }) => (state.data?.state === 'starting' ? 1_000 : 5_000),
  });
}

export interface FlowsOrder {
  readonly command: FlowsCommand;
  readonly safe?: boolean;
}

export function useFlowsCommand() {
  const { api } = useHouse();
  return useAct<FlowsOrder, FlowsView>({
    do: ({ command, safe }) => flowsCalls(api).command(command, safe),
    failed: 'flows.command.failed',
    changes: ['flows'],
  });
}

// The functions that expressions of this house may use.
import { useQuery } from '@tanstack/react-query';
import type { FunctionView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';

const none: readonly FunctionView[] = [];

export function useFunctions(): readonly FunctionView[] {
  const { api } = useHouse();
  const { data } = useQuery({
    queryKey: ['functions'],
    queryFn: ({ signal }) => api.functions(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.items ?? none;
}

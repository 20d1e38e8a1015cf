// The kinds of triggers and actions of this house; read once.
import { useQuery } from '@tanstack/react-query';
import type { KindsView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';

export function useKinds(): KindsView | undefined {
  const { api } = useHouse();
  const { data } = useQuery({
    queryKey: ['kinds'],
    queryFn: ({ signal }) => api.kinds(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

// Plays a draft in a copy of the house: nothing leaves it.
import { useMutation } from '@tanstack/react-query';
import type { DryRunRequest, DryRunView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';

export function useDryRun(rule: string) {
  const { api } = useHouse();
  const path = `/rules/${encodeURIComponent(rule)}/dry-run`;
  return useMutation({
    mutationFn: (json: DryRunRequest) => api.call<DryRunView>(path, { method: 'POST', json }),
  });
}

// The document of a rule as it was in a version.
import { useQuery } from '@tanstack/react-query';
import { useHouse } from '../app/house.ts';
import { parseText } from '../document/apply-edit.ts';

/** Versions never change; old ones are pruned. */
export function useRuleThen(rule: string, version: number) {
  const { api } = useHouse();
  return useQuery({
    queryKey: ['rule-then', rule, version],
    queryFn: async ({ signal }): Promise<unknown> => {
      const { source = '' } = await api.ruleVersion(rule, version, signal);
      return parseText(source).document.toJS();
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

// The list of rules, kept true by the live channel.
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RuleChange, RuleSummary } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';

export const rulesKey = ['rules'] as const;

/** The list after a change; the same list when nothing changed. */
export function withChange(rules: readonly RuleSummary[], change: RuleChange): readonly RuleSummary[] {
  if (change.change === 'deleted') return rules.filter((rule) => rule.id !== change.id);
  const isThere = rules.some((rule) => rule.id === change.rule.id);
  if (!isThere) return [...rules, change.rule];
  return rules.map((rule) => (rule.id === change.rule.id ? change.rule : rule));
}

export function changeRules(
  queries: QueryClient,
  change: (rules: readonly RuleSummary[]) => readonly RuleSummary[],
): void {
  queries.setQueryData<readonly RuleSummary[]>(rulesKey, (rules) => rules && change(rules));
}

export function useRules() {
  const { api } = useHouse();
  const queries = useQueryClient();
  const rules = useQuery({
    queryKey: rulesKey,
    queryFn: async ({ signal }): Promise<readonly RuleSummary[]> => (await api.rules(signal)).items,
  });
  useLive({
    channel: 'rules',
    items: (changes) => changeRules(queries, (list) => changes.reduce(withChange, list)),
    gap: () => void queries.invalidateQueries({ queryKey: rulesKey }),
  });
  return rules;
}

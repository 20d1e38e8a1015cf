// One rule with its text, kept true by the live channel.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RuleChange, RuleView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';

export function ruleKey(id: string) {
  return ['rule', id] as const;
}

export function useRule(id: string) {
  const { api } = useHouse();
  const queries = useQueryClient();
  const rule = useQuery({ queryKey: ruleKey(id), queryFn: ({ signal }) => api.rule(id, signal) });
  const readAgain = () => void queries.invalidateQueries({ queryKey: ruleKey(id) });
  const take = (change: RuleChange): void => {
    const changedId = change.change === 'deleted' ? change.id : change.rule.id;
    if (changedId !== id) return;
    const known = queries.getQueryData<RuleView>(ruleKey(id));
    if (change.change === 'deleted' || known?.version !== change.rule.version) return readAgain();
    queries.setQueryData<RuleView>(ruleKey(id), { ...known, ...change.rule });
  };
  useLive({ channel: 'rules', items: (changes) => changes.forEach(take), gap: readAgain });
  return rule;
}

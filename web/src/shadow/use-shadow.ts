// The ledger of a shadow rule, and making it real.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RuleView, ShadowView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';
import { ruleKey } from '../rule/use-rule.ts';

const refreshMs = 10_000;
const atOnce = 100;

function pathOf(rule: string, what: string): string {
  return `/rules/${encodeURIComponent(rule)}/${what}`;
}

export function useShadow(rule: string, isShadow: boolean) {
  const { api } = useHouse();
  return useQuery({
    queryKey: ['shadow', rule, isShadow],
    queryFn: ({ signal }) => api.call<ShadowView>(`${pathOf(rule, 'shadow')}?limit=${atOnce}`, { signal }),
    refetchInterval: isShadow ? refreshMs : false,
  });
}

export function usePromote({ id, name, version }: RuleView) {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.call<RuleView>(pathOf(id, 'promote'), { method: 'POST', ifMatch: version }),
    onSuccess: (rule) => {
      queries.setQueryData(ruleKey(id), rule);
      toasts.done(say('shadow.promoted', { name, version: rule.version }));
    },
    onError: (error) => toasts.failed(say('problem.title.apply'), error),
  });
}

// Switches a rule on or off at once, and back with a word when the server refuses.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RuleSummary, RuleView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';
import { changeRules } from './use-rules.ts';

interface Switch {
  readonly rule: Pick<RuleSummary, 'id' | 'name'>;
  readonly enabled: boolean;
}

export function useRuleSwitch(): (wanted: Switch) => void {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  const show = ({ rule, enabled }: Switch): void => {
    changeRules(queries, (rules) => rules.map((one) => (one.id === rule.id ? { ...one, enabled } : one)));
    queries.setQueryData<RuleView>(['rule', rule.id], (view) => view && { ...view, enabled });
  };
  const { mutate } = useMutation({
    mutationFn: (wanted: Switch) => api.enableRule(wanted.rule.id, wanted.enabled),
    onMutate: show,
    onError: (error, wanted) => {
      show({ ...wanted, enabled: !wanted.enabled });
      toasts.failed(say('rules.toggleFailed', { name: wanted.rule.name }), error);
    },
    onSettled: (_answer, _error, { rule }) => queries.invalidateQueries({ queryKey: ['rule', rule.id] }),
  });
  return mutate;
}

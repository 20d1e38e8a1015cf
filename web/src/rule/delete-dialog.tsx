// Deletes a rule after a question, and goes back to the list.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { RuleView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useToasts } from '../parts/use-toasts.tsx';
import { changeRules } from '../rules/use-rules.ts';

export interface DeleteDialogProps {
  readonly rule: RuleView;
  readonly open: boolean;
  readonly onClose: () => void;
}

export function DeleteDialog({ rule, open, onClose }: DeleteDialogProps) {
  const { api, drafts } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { mutate, isPending } = useMutation({
    mutationFn: () => api.deleteRule(rule.id),
    onSuccess: async () => {
      drafts.drop(rule.id);
      changeRules(queries, (rules) => rules.filter((one) => one.id !== rule.id));
      toasts.done(say('rule.deleted', { name: rule.name }));
      await navigate({ to: '/rules' });
    },
    onError: (error) => toasts.failed(say('problem.title.delete'), error),
  });
  return (
    <Confirm
      open={open}
      busy={isPending}
      title={say('rule.delete.question', { name: rule.name })}
      hint={say('rule.delete.hint')}
      yes={say('rule.delete.yes')}
      onYes={() => mutate()}
      onClose={onClose}
    />
  );
}

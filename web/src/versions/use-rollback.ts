// Makes an older version the rule of the house again, unless somebody else changed the rule meanwhile.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';
import { ruleKey } from '../rule/use-rule.ts';
import { type Rollback, versionsCalls } from './versions-calls.ts';

export type RollbackWish = Omit<Rollback, 'note'> & { readonly note?: string };

export function useRollback(rule: string) {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ note = '', ...wish }: RollbackWish) =>
      versionsCalls(api, rule).rollback({
        ...wish,
        note: note.trim() || say('rule.rollback.note', { version: wish.version }),
      }),
    onSuccess: (saved, { version }) => {
      queries.setQueryData(ruleKey(rule), saved);
      toasts.done(say('rule.rollback.done', { version, now: saved.version }));
    },
    onError: (error) => {
      const isConflict = error instanceof ApiError && error.status === 412;
      const title = isConflict ? 'rule.rollback.conflict' : 'rule.rollback.failed';
      toasts.failed(say(title), error);
      return queries.invalidateQueries({ queryKey: ruleKey(rule) });
    },
  });
}

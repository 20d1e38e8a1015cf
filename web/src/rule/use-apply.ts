// Makes a draft the rule of the house, and asks when somebody else was faster.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import type { ProblemView, RuleView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';
import { useRollback } from '../versions/use-rollback.ts';
import { ruleKey } from './use-rule.ts';

export interface Save {
  readonly text: string;
  readonly version: number;
  /** Although its tests fail. */
  readonly force?: boolean;
}

export interface ApplyOptions {
  /** Undefined: the text becomes a new rule. */
  readonly id: string | undefined;
  readonly onApplied: (rule: RuleView) => void;
}

export interface Apply {
  readonly apply: (save: Save) => void;
  readonly isBusy: boolean;
  /** The rule as somebody else saved it. */
  readonly conflict: RuleView | undefined;
  /** What the tests of the rule say against it. */
  readonly failedTests: readonly ProblemView[] | undefined;
  readonly settle: () => void;
}

/** A new rule conflicts with one that has its id already. */
function asExisting(error: Error): Error {
  const isTaken = error instanceof ApiError && error.status === 412;
  return isTaken ? new ApiError({ status: 409, code: 'rule-exists', detail: error.message }) : error;
}

export function useApply({ id, onApplied }: ApplyOptions): Apply {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  const [conflict, setConflict] = useState<RuleView>();
  const [failedTests, setFailedTests] = useState<readonly ProblemView[]>();
  const { mutate: rollBack } = useRollback(id ?? '');
  const settle = (): void => {
    setConflict(undefined);
    setFailedTests(undefined);
  };
  const failed = async (error: Error): Promise<void> => {
    const isConflict = id !== undefined && error instanceof ApiError && error.status === 412;
    if (isConflict) {
      const theirs = await api.rule(id);
      queries.setQueryData(ruleKey(id), theirs);
      setConflict(theirs);
    } else if (error instanceof ApiError && error.code === 'tests-failed') setFailedTests(error.problems);
    else toasts.failed(say('problem.title.apply'), id === undefined ? asExisting(error) : error);
  };
  const { mutate, isPending } = useMutation({
    mutationFn: ({ text, version, force = false }: Save) =>
      id === undefined ? api.createRule(text, force) : api.saveRule(id, text, { version, force }),
    onSuccess: (rule, { version: before }) => {
      queries.setQueryData(ruleKey(rule.id), rule);
      settle();
      if (id === undefined) toasts.done(say('rule.created', { name: rule.name }));
      else
        toasts.undoable(say('rule.applied', { version: rule.version }), () =>
          rollBack({ version: before, ifVersion: rule.version }),
        );
      onApplied(rule);
    },
    onError: (error) => {
      failed(error).catch((second: unknown) => toasts.failed(say('problem.title.apply'), second));
    },
  });
  return { apply: mutate, isBusy: isPending, conflict, failedTests, settle };
}

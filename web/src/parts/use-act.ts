// Something that a person does to the house: says when it failed, says when it is done, and reads again what it changed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TextKey } from '../i18n/texts.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from './use-toasts.tsx';

export interface Act<Input, Answer> {
  readonly do: (input: Input) => Promise<Answer>;
  /** Title of the message when it failed; absent where the fault stands beside the form. */
  readonly failed?: TextKey;
  readonly done?: (answer: Answer, input: Input) => string;
  /** Keys of what is read again, whether it failed or not. */
  readonly changes?: readonly string[];
}

export function useAct<Input = void, Answer = unknown>(act: Act<Input, Answer>) {
  const { say } = useWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act.do,
    onSuccess: (answer, input) => {
      if (act.done) toasts.done(act.done(answer, input));
    },
    onError: (error) => {
      if (act.failed !== undefined) toasts.failed(say(act.failed), error);
    },
    onSettled: () =>
      Promise.all((act.changes ?? []).map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}

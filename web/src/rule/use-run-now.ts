// Runs the applied rule by hand.
import { useMutation } from '@tanstack/react-query';
import type { RunRequest, RunView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';

export function useRunNow(id: string, onRan: (run: RunView) => void) {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  return useMutation({
    mutationFn: (request: RunRequest) => api.runRule(id, request),
    onSuccess: onRan,
    onError: (error) => toasts.failed(say('problem.title.run'), error),
  });
}

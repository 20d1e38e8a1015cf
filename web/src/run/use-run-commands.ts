// What a person can do with a waiting run.
import { useMutation } from '@tanstack/react-query';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';

export function useRunCommands(run: string) {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const fire = useMutation({
    mutationFn: () => api.fireTimer(run),
    onError: (error) => toasts.failed(say('problem.title.fire'), error),
  });
  const cancel = useMutation({
    mutationFn: () => api.cancelRun(run),
    onSuccess: () => toasts.done(say('runs.cancelled')),
    onError: (error) => toasts.failed(say('problem.title.cancel'), error),
  });
  return { fire, cancel };
}

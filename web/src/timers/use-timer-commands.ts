// What a person can do with something that will happen by itself: let it happen now, or not at all.
import { useMutation } from '@tanstack/react-query';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';

export function useTimerCommands(timer: string) {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const fire = useMutation({
    mutationFn: () => api.fireTimer(timer),
    onError: (error) => toasts.failed(say('problem.title.fire'), error),
  });
  const cancel = useMutation({
    mutationFn: () => api.cancelTimer(timer),
    onError: (error) => toasts.failed(say('problem.title.cancel'), error),
  });
  return { fire, cancel };
}

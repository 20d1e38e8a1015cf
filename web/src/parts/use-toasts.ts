// Short messages at the edge of the screen, always in words.
import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';

export interface Toasts {
  done(title: string): void;
  failed(title: string, error: unknown): void;
}

export function useToasts(): Toasts {
  const { say } = useWords();
  return useMemo(
    () => ({
      done: (message) => void notifications.show({ message, autoClose: 3_500, withCloseButton: true }),
      failed: (title, error) =>
        void notifications.show({
          title,
          message: problemWords(say, error),
          color: 'red',
          autoClose: 9_000,
          withCloseButton: true,
        }),
    }),
    [say],
  );
}

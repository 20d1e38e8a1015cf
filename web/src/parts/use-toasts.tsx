// Short messages at the edge of the screen, always in words.
import { Button } from '@mantine/core';
import type { NotificationData } from '@mantine/notifications';
import { useMemo } from 'react';
import { problemWords } from '../i18n/problem-words.ts';
import { type Say, useWords } from '../i18n/use-words.ts';

export interface Toasts {
  done(title: string): void;
  /** Done, and it can be taken back while the message stands there. */
  undoable(message: string, undo: () => void): void;
  failed(title: string, error: unknown): void;
}

function UndoWords({ message, onUndo }: { readonly message: string; readonly onUndo: () => void }) {
  const { say } = useWords();
  return (
    <>
      {message}{' '}
      <Button variant="subtle" onClick={onUndo}>
        {say('app.undo')}
      </Button>
    </>
  );
}

/** They are no part of the first load; their stand loads them right after it. */
async function show(say: Say, make: (hide: () => void) => NotificationData): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  const closing = { withCloseButton: true, closeButtonProps: { 'aria-label': say('app.close') } };
  const id = notifications.show({ ...make(() => notifications.hide(id)), ...closing });
}

export function useToasts(): Toasts {
  const { say } = useWords();
  return useMemo(
    () => ({
      done: (message) => void show(say, () => ({ message, autoClose: 3_500 })),
      undoable: (message, undo) =>
        void show(say, (hide) => {
          const onUndo = (): void => {
            hide();
            undo();
          };
          return { message: <UndoWords message={message} onUndo={onUndo} />, autoClose: 9_000 };
        }),
      failed: (title, error) =>
        void show(say, () => ({ title, message: problemWords(say, error), color: 'red', autoClose: 9_000 })),
    }),
    [say],
  );
}

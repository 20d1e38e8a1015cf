// Short messages at the edge of the screen, always in words.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';

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

function showUndoable(message: string, undo: () => void): void {
  const id = notifications.show({
    message: (
      <UndoWords
        message={message}
        onUndo={() => {
          notifications.hide(id);
          undo();
        }}
      />
    ),
    autoClose: 9_000,
    withCloseButton: true,
  });
}

export function useToasts(): Toasts {
  const { say } = useWords();
  return useMemo(
    () => ({
      done: (message) => void notifications.show({ message, autoClose: 3_500, withCloseButton: true }),
      undoable: showUndoable,
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

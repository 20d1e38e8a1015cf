// Takes the kept message of a topic away. What was text can be brought back.
import { Button } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';

/** Bytes that are no text, and what was cut, cannot be published again from here. */
function canReturn({ binary, truncated }: TopicView): boolean {
  return binary !== true && truncated !== true;
}

export function RetainedButton({ view }: { readonly view: TopicView }) {
  const { say } = useWords();
  const { api } = useHouse();
  const toasts = useToasts();
  const { topic, payload, qos } = view;
  const restore = useMutation({
    mutationFn: () => api.publish({ topic, payload, qos, retain: true }),
    onError: (error) => toasts.failed(say('problem.title.publish'), error),
  });
  const clear = useMutation({
    mutationFn: () => api.clearRetained(topic),
    onSuccess: () =>
      canReturn(view)
        ? toasts.undoable(say('topics.cleared'), () => restore.mutate())
        : toasts.done(say('topics.cleared')),
    onError: (error) => toasts.failed(say('topics.notCleared'), error),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconEraser size={16} stroke={1.8} aria-hidden />}
      loading={clear.isPending}
      onClick={() => clear.mutate()}
    >
      {say('topics.clear')}
    </Button>
  );
}

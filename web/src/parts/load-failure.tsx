// Where something could not be read: why, in words, and a way to try again.
import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from './empty.tsx';

export function LoadFailure({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { say } = useWords();
  return (
    <div role="alert">
      <Empty
        icon={<IconPlugConnectedX size={24} stroke={1.6} aria-hidden />}
        title={say('problem.title.load')}
        hint={problemWords(say, error)}
      >
        <Button variant="default" onClick={retry}>
          {say('app.retry')}
        </Button>
      </Empty>
    </div>
  );
}

// In the place of a version that was pruned.
import { IconHistoryOff } from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';

export function LostVersion() {
  const { say } = useWords();
  return (
    <Empty
      icon={<IconHistoryOff size={24} stroke={1.6} aria-hidden />}
      title={say('versions.lost')}
      hint={say('versions.lost.hint')}
    />
  );
}

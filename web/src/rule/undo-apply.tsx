// For a while after Apply: one click back to what was in force before it.
import { Button } from '@mantine/core';
import type { RuleView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useTickingText } from '../parts/age.tsx';
import { useRollback } from '../versions/use-rollback.ts';

const offeredMs = 600_000;

export function UndoApply({ rule: { id, version, savedAt } }: { readonly rule: RuleView }) {
  const { say } = useWords();
  const { ticker } = useHouse();
  const { mutate, isPending } = useRollback(id);
  const before = version - 1;
  const isOffered = useTickingText(() => String(before > 0 && ticker.now() - savedAt < offeredMs)) === 'true';
  if (!isOffered) return null;
  return (
    <Button
      variant="subtle"
      className="editor-bar-discard"
      loading={isPending}
      onClick={() => mutate({ version: before, ifVersion: version })}
    >
      {say('rule.rollback', { version: before })}
    </Button>
  );
}

// In the place of a rule that is not there (any more): what was written for it is not lost with it.
import { Button } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { beginNew } from './new-drafts.ts';
import { BackToRules } from './rule-head.tsx';

/** Text for a rule that somebody deleted is not lost with it. */
function DraftRescue({ id }: { readonly id: string }) {
  const { drafts, ticker } = useHouse();
  const { say } = useWords();
  const navigate = useNavigate();
  const draft = drafts.find(id);
  if (draft === undefined) return null;
  const rescue = (): void => {
    beginNew(drafts, { source: draft.source, version: 0, savedAt: ticker.now() });
    drafts.drop(id);
    void navigate({ to: '/rules/new' });
  };
  return <Button onClick={rescue}>{say('rule.missing.rescue')}</Button>;
}

export function MissingRule({ id }: { readonly id: string }) {
  const { say } = useWords();
  const { drafts } = useHouse();
  const mayEdit = useMay('edit');
  const hasDraft = mayEdit && drafts.find(id) !== undefined;
  return (
    <div className="page">
      <div className="page-head">
        <BackToRules />
      </div>
      <Empty
        icon={<IconFileOff size={24} stroke={1.6} aria-hidden />}
        title={say('rule.missing')}
        hint={say(hasDraft ? 'rule.missing.draft' : 'rule.missing.hint')}
      >
        {hasDraft ? <DraftRescue id={id} /> : null}
      </Empty>
    </div>
  );
}

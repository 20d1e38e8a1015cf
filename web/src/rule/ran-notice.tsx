// What became of «Run now».
import { CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RunView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Outcome } from '../parts/outcome.tsx';

export function RanNotice({ run, onClose }: { readonly run: RunView; readonly onClose: () => void }) {
  const { say } = useWords();
  return (
    <div className="ran-notice card" role="status">
      <Outcome status={run.status} />
      <span className="ran-notice-why">{say(`ending.${run.status}`)}</span>
      <Link
        to="/rules/$id"
        params={{ id: run.rule }}
        search={{ tab: 'runs', run: run.id }}
        className="ran-notice-link"
      >
        {say('rule.ran.show')}
      </Link>
      <CloseButton size={36} aria-label={say('app.close')} onClick={onClose} />
    </div>
  );
}

// What can be made of a run: asked about, played again on the draft, copied.
import { IconHistoryToggle, IconZoomQuestion } from '@tabler/icons-react';
import type { Trace } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { LinkButton } from '../parts/link-button.tsx';

export function RunTools({ trace }: { readonly trace: Trace }) {
  const { say } = useWords();
  const mayEdit = useMay('edit');
  const { rule: id, at, trigger } = trace;
  return (
    <div className="run-tools">
      <LinkButton
        to="/rules/$id"
        params={{ id }}
        search={{ tab: 'runs', why: String(at) }}
        variant="default"
        leftSection={<IconZoomQuestion size={17} stroke={1.8} aria-hidden />}
      >
        {say('trace.why')}
      </LinkButton>
      {mayEdit ? (
        <LinkButton
          to="/rules/$id"
          params={{ id }}
          search={{ replay: String(trigger.seq) }}
          variant="default"
          leftSection={<IconHistoryToggle size={17} stroke={1.8} aria-hidden />}
        >
          {say('trace.replay')}
        </LinkButton>
      ) : null}
      <CopyButton text={JSON.stringify(trace, undefined, 2)} />
    </div>
  );
}

// What can be made of a run: asked about, played again on the draft, kept as a test, shown to others.
import { Button } from '@mantine/core';
import { IconDownload, IconFlask, IconHistoryToggle, IconZoomQuestion } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Trace } from '../api/types.ts';
import { saveFile } from '../base/save-file.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { useToasts } from '../parts/use-toasts.tsx';
import { redactedRun } from './redacted.ts';
import { isOver } from './way.ts';

const RunTestDialog = lazy(async () => ({ default: (await import('./run-test-dialog.tsx')).RunTestDialog }));

const icon = { size: 17, stroke: 1.8, 'aria-hidden': true } as const;

/** The run is woken by the same message on the draft. */
function Replay({ trace: { rule: id, trigger } }: { readonly trace: Trace }) {
  const { say } = useWords();
  return (
    <LinkButton
      to="/rules/$id"
      params={{ id }}
      search={{ replay: String(trigger.seq) }}
      variant="default"
      leftSection={<IconHistoryToggle {...icon} />}
    >
      {say('trace.replay')}
    </LinkButton>
  );
}

function Export({ trace }: { readonly trace: Trace }) {
  const { say } = useWords();
  const toasts = useToasts();
  const save = (): void => {
    saveFile(`run-${trace.id}.json`, redactedRun(trace));
    toasts.done(say('trace.exported'));
  };
  return (
    <Button variant="default" leftSection={<IconDownload {...icon} />} onClick={save}>
      {say('trace.export')}
    </Button>
  );
}

export function RunTools({ trace }: { readonly trace: Trace }) {
  const { say } = useWords();
  const mayEdit = useMay('edit');
  const [isTesting, setTesting] = useState(false);
  const { rule: id, at } = trace;
  return (
    <div className="run-tools">
      <LinkButton
        to="/rules/$id"
        params={{ id }}
        search={{ tab: 'runs', why: String(at) }}
        variant="default"
        leftSection={<IconZoomQuestion {...icon} />}
      >
        {say('trace.why')}
      </LinkButton>
      {mayEdit ? <Replay trace={trace} /> : null}
      {isOver(trace) ? (
        <Button variant="default" leftSection={<IconFlask {...icon} />} onClick={() => setTesting(true)}>
          {say('runTest.make')}
        </Button>
      ) : null}
      <Export trace={trace} />
      {isTesting ? (
        <Suspense fallback={null}>
          <RunTestDialog run={trace.id} onClose={() => setTesting(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

// A run as a test of its rule: the test as it is written, whether it does what the run did, and the way into the rule.
import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { RunTestView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { gapWords } from '../i18n/gap-words.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useAct } from '../parts/use-act.ts';
import { Waiting } from '../parts/waiting.tsx';
import { addTest, runAsTest } from './run-calls.ts';
import './run-test-dialog.css';

/** Whether the test can be trusted, and why not. */
function Verdict({ test: { passes, report, incomplete } }: { readonly test: RunTestView }) {
  const { say } = useWords();
  return (
    <>
      <p className="run-test-verdict" data-passes={passes}>
        {say(passes ? 'runTest.passes' : 'runTest.differs')}
      </p>
      {report.length > 0 ? <pre className="run-test-report code">{report.join('\n')}</pre> : null}
      {incomplete.length > 0 ? (
        <p className="run-test-doubt">{say('runTest.incomplete', { reasons: gapWords(say, incomplete) })}</p>
      ) : null}
    </>
  );
}

function Made({ test, onClose }: { readonly test: RunTestView; readonly onClose: () => void }) {
  const { api } = useHouse();
  const { say } = useWords();
  const mayEdit = useMay('edit');
  const { added, passes, yaml } = test;
  const add = useAct({
    do: async (text: NonNullable<RunTestView['added']>) => {
      const saved = await addTest(api, test, text);
      onClose();
      return saved;
    },
    failed: 'problem.title.addTest',
    done: ({ version }) => say('runTest.added', { version }),
    changes: ['rules', 'rule', 'tests', 'run-test'],
  });
  return (
    <>
      <Verdict test={test} />
      <div className="run-test-text">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by keys */}
        <section className="run-test-yaml" tabIndex={0} aria-label={say('runTest.text')}>
          <pre className="code">{yaml}</pre>
        </section>
        <CopyButton text={yaml} />
      </div>
      {mayEdit && passes && added !== undefined ? (
        <div className="dialog-actions">
          <Button
            loading={add.isPending}
            leftSection={<IconFlask size={17} stroke={1.8} aria-hidden />}
            onClick={() => add.mutate(added)}
          >
            {say('runTest.add')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

export interface RunTestDialogProps {
  readonly run: string;
  readonly onClose: () => void;
}

export function RunTestDialog({ run, onClose }: RunTestDialogProps) {
  const { api } = useHouse();
  const { say } = useWords();
  const { data, error } = useQuery({
    queryKey: ['run-test', run],
    queryFn: ({ signal }) => runAsTest(api, run, signal),
    retry: false,
    gcTime: 0,
  });
  return (
    <Dialog title={say('runTest.title')} size="lg" onClose={onClose}>
      <p className="dim">{say('runTest.hint')}</p>
      {data ? <Made test={data} onClose={onClose} /> : null}
      {error ? (
        <p className="run-test-doubt" role="alert">
          {problemWords(say, error)}
        </p>
      ) : null}
      {!data && !error ? <Waiting rows={4} /> : null}
    </Dialog>
  );
}

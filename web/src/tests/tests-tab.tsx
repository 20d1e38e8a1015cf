// The tests that stand in a rule: which pass, and what was expected of those that do not. A draft is tested as it is.
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconFlask, IconRefresh } from '@tabler/icons-react';
import type { RuleTestsView, RuleView, TestResultView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { FailureView } from './failure-view.tsx';
import { useTests } from './use-tests.ts';
import './tests.css';

function TestRow({ test: { name, passed, failures } }: { readonly test: TestResultView }) {
  const { say } = useWords();
  const Icon = passed ? IconCircleCheck : IconCircleX;
  return (
    <li className="test" data-passed={passed}>
      <p className="test-name">
        <Icon size={18} stroke={1.8} aria-hidden />
        <span>{name}</span>
        <span className="test-verdict">{say(passed ? 'tests.passed' : 'tests.failed')}</span>
      </p>
      {failures.map((failure, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a result does not change
        <FailureView key={index} failure={failure} />
      ))}
    </li>
  );
}

interface ResultsProps {
  readonly view: RuleTestsView;
  readonly isRunning: boolean;
  readonly onRun: () => void;
}

function Results({ view: { passed, failed, tests }, isRunning, onRun }: ResultsProps) {
  const { say } = useWords();
  return (
    <section className="tests card" aria-label={say('tests.title')}>
      <header className="tests-head">
        <p role="status">
          {failed === 0
            ? say('tests.all', { passed })
            : say('tests.some', { failed, count: passed + failed })}
        </p>
        <Button
          variant="default"
          loading={isRunning}
          leftSection={<IconRefresh size={17} stroke={1.8} aria-hidden />}
          onClick={onRun}
        >
          {say('tests.again')}
        </Button>
      </header>
      <ul>
        {tests.map((test) => (
          <TestRow key={test.path} test={test} />
        ))}
      </ul>
    </section>
  );
}

export function TestsTab({ rule, text }: { readonly rule: RuleView; readonly text: string }) {
  const { say } = useWords();
  const draft = text === rule.source ? undefined : text;
  const { data, error, isFetching, refetch } = useTests({ rule: rule.id, version: rule.version, draft });
  if (error) return <LoadFailure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting rows={3} />;
  if (data.tests.length === 0) {
    return (
      <Empty
        icon={<IconFlask size={24} stroke={1.6} aria-hidden />}
        title={say('tests.none')}
        hint={say('tests.none.hint')}
      />
    );
  }
  return (
    <>
      {draft === undefined ? null : <p className="tests-draft dim">{say('tests.draft')}</p>}
      <Results view={data} isRunning={isFetching} onRun={() => void refetch()} />
    </>
  );
}

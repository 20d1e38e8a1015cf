// Where a test failed: what was expected, what came instead, when, and why the rule did not run.
import type { TestFailureView } from '../api/types.ts';
import { reasonWords } from '../i18n/code-words.ts';
import { inSequence } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { JsonView } from '../parts/json-view.tsx';
import { ErrorView } from '../run/error-view.tsx';
import { ConditionView } from '../run/expression-view.tsx';

type Unrun = TestFailureView['unrun'][number];

function UnrunView({ unrun: { status, reason, topic, error, conditions } }: { readonly unrun: Unrun }) {
  const { say } = useWords();
  const why = reason === undefined ? '' : reasonWords(say, status, reason);
  const by = topic === undefined ? '' : say('tests.by', { topic });
  return (
    <div className="test-unrun">
      <p>{inSequence([by, say(`ending.${status}`), why])}</p>
      {conditions.map((condition) => (
        <ConditionView key={condition.path} expression={condition} />
      ))}
      {error ? <ErrorView error={error} /> : null}
    </div>
  );
}

function isLines(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');
}

/** Messages stand as they are written in the test: topic and payload, one in a line. */
function Side({ value }: { readonly value: unknown }) {
  const { say } = useWords();
  if (value === undefined || value === null) return <p className="dim">{say('tests.nothing')}</p>;
  return isLines(value) ? <pre className="test-lines">{value.join('\n')}</pre> : <JsonView value={value} />;
}

export function FailureView({ failure }: { readonly failure: TestFailureView }) {
  const { say } = useWords();
  const { path, time, what, expected, came, unrun, isUnwoken } = failure;
  return (
    <div className="test-failure">
      <p>
        <span className="number">{time}</span> ·{' '}
        <code>
          {path}.{what}
        </code>
      </p>
      <dl className="test-sides">
        <div>
          <dt>{say('tests.expected')}</dt>
          <dd>
            <Side value={expected} />
          </dd>
        </div>
        <div>
          <dt>{say('tests.came')}</dt>
          <dd>
            <Side value={came} />
          </dd>
        </div>
      </dl>
      {unrun.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a result does not change
        <UnrunView key={index} unrun={each} />
      ))}
      {isUnwoken ? <p className="test-unrun">{say('tests.unwoken')}</p> : null}
    </div>
  );
}

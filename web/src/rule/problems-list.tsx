// What is wrong with a rule, line by line; each entry leads to its place.
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import type { ProblemView } from '../api/types.ts';
import { adviceWords, faultWords } from '../i18n/fault-words.ts';
import { useWords } from '../i18n/use-words.ts';
import './problems-list.css';

interface ProblemProps {
  readonly problem: ProblemView;
  readonly onOpen: (problem: ProblemView) => void;
}

function Problem({ problem, onOpen }: ProblemProps) {
  const { say } = useWords();
  const isError = problem.severity === 'error';
  const advice = adviceWords(say, problem.code, problem.suggestion);
  const Icon = isError ? IconAlertCircle : IconAlertTriangle;
  return (
    <li>
      <button type="button" className="problem" title={say('problems.goTo')} onClick={() => onOpen(problem)}>
        <span className="problem-icon" data-severity={problem.severity}>
          <Icon size={17} stroke={1.8} aria-hidden />
          <span className="sr-only">{say(isError ? 'problems.error' : 'problems.warning')}</span>
        </span>
        <span className="problem-text">
          <span>{faultWords(say, problem)}</span>
          {advice === undefined ? null : (
            <span className="problem-suggestion">
              {say('problems.suggestion')} <code>{advice}</code>
            </span>
          )}
          <span className="problem-place code">
            {problem.line === undefined ? null : <span>{say('problems.line', { line: problem.line })}</span>}
            <span>{problem.path === '' ? say('problems.whole') : problem.path}</span>
            <span>{problem.code}</span>
          </span>
        </span>
      </button>
    </li>
  );
}

export interface ProblemsListProps {
  readonly problems: readonly ProblemView[];
  readonly onOpen: (problem: ProblemView) => void;
}

export function ProblemsList({ problems, onOpen }: ProblemsListProps) {
  if (problems.length === 0) return null;
  return (
    <ul className="problems">
      {problems.map((problem) => (
        <Problem
          key={`${problem.code} ${problem.path} ${problem.start ?? problem.line ?? ''} ${problem.message}`}
          problem={problem}
          onOpen={onOpen}
        />
      ))}
    </ul>
  );
}

// One stop on the way: whether the run came there, what it is, and what came of it in a few characters.
import {
  IconAlertTriangle,
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconClockPause,
  IconMinus,
  IconX,
} from '@tabler/icons-react';
import type { TraceExpression } from '../api/types.ts';
import { inline } from '../base/json.ts';
import { faultWords } from '../i18n/fault-words.ts';
import { formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { CodeText } from '../parts/code-text.tsx';
import { useClauseWords } from './expression-view.tsx';
import { operandsOf } from './operands.ts';
import { resultWords } from './result-words.ts';
import type { Turn } from './turns.ts';
import type { WayStop } from './way.ts';

const icons = {
  done: IconCheck,
  failed: IconAlertTriangle,
  stopped: IconX,
  waiting: IconClockPause,
  untaken: IconMinus,
} as const;

/** What is shown of a value beside a sentence. */
const longestValue = 24;

/** `31 · 28`: the sides of the comparison that are no constants. */
function valuesOf(expressions: readonly TraceExpression[]): string {
  const sides = expressions.flatMap((expression) =>
    operandsOf(expression).filter(({ depth, isMissing }) => depth === 0 && !isMissing),
  );
  return sides.map(({ value }) => inline(value, longestValue)).join(' · ');
}

/** What the branches show, or the time that it took, is not said again. */
const plain = /^(?:then|else|choose\[\d+\]|[\d.]+(?:ms|s|m|h|d)\b.*)$/;

function useStopFacts({ kind, state, steps, expressions }: WayStop): string {
  const { say, language } = useWords();
  const clauseWords = useClauseWords();
  const error = (steps.at(-1) ?? expressions.at(-1))?.error;
  if (error !== undefined) return faultWords(say, error);
  if (kind === 'condition') {
    const clause = state === 'stopped' ? expressions.at(-1)?.decided?.[0] : undefined;
    return clause === undefined ? valuesOf(expressions) : clauseWords(clause);
  }
  const last = steps.at(-1);
  if (last === undefined) return '';
  const took = last.durationMs >= 1 ? formatSpan(language, last.durationMs) : '';
  const { result = '' } = last;
  return [plain.test(result) ? '' : resultWords({ say, language }, result), took].filter(Boolean).join(' · ');
}

interface StepperProps {
  readonly turn: Turn;
  readonly onTurn: (number: number) => void;
}

/** ◀ 3/7 ▶ */
function Stepper({ turn: { number, count }, onTurn }: StepperProps) {
  const { say } = useWords();
  return (
    <fieldset className="run-way-stepper">
      <legend className="sr-only">{say('trace.loop')}</legend>
      <button
        type="button"
        aria-label={say('trace.turn.before')}
        disabled={number === 1}
        onClick={() => onTurn(number - 1)}
      >
        <IconChevronLeft size={16} stroke={2} aria-hidden />
      </button>
      <span className="number" aria-live="polite">
        <span className="sr-only">{say('trace.turn', { number })} </span>
        <span aria-hidden="true">
          {number}/{count}
        </span>
      </span>
      <button
        type="button"
        aria-label={say('trace.turn.next')}
        disabled={number === count}
        onClick={() => onTurn(number + 1)}
      >
        <IconChevronRight size={16} stroke={2} aria-hidden />
      </button>
    </fieldset>
  );
}

export interface StopLineProps {
  readonly stop: WayStop;
  readonly words: string;
  readonly isChosen: boolean;
  readonly onChoose: (key: string) => void;
  readonly onTurn: (loop: string, number: number) => void;
}

export function StopLine({ stop, words, isChosen, onChoose, onTurn }: StopLineProps) {
  const { say } = useWords();
  const { key, state, turn } = stop;
  const Icon = icons[state];
  const facts = useStopFacts(stop);
  return (
    <div className="run-way-line" data-chosen={isChosen}>
      <button
        type="button"
        className="run-way-button"
        data-stop={key}
        aria-current={isChosen ? 'step' : undefined}
        onClick={() => onChoose(key)}
      >
        <span className="run-way-icon">
          <Icon size={14} stroke={2.4} aria-hidden />
        </span>
        <span className="run-way-words">
          <CodeText text={words} />
          <span className="sr-only"> {say(`trace.way.${state}`)}</span>
          {facts === '' ? null : <span className="run-way-facts number">{facts}</span>}
        </span>
      </button>
      {turn === undefined || turn.count < 2 ? null : (
        <Stepper turn={turn} onTurn={(number) => onTurn(key, number)} />
      )}
    </div>
  );
}

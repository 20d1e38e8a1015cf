// Where the time of a run went: a bar for each action that took any, on one axis.
import type { Trace, TraceStep } from '../api/types.ts';
import { stepWords } from '../i18n/code-words.ts';
import { formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import './waterfall.css';

/** Runs that ended at once have nothing to draw. */
const shortestMs = 20;

function endOf({ at, durationMs }: TraceStep): number {
  return at + durationMs;
}

export function isWorthDrawing(steps: readonly TraceStep[]): boolean {
  return steps.length > 1 && steps.some(({ durationMs }) => durationMs >= shortestMs);
}

interface BarProps {
  readonly step: TraceStep;
  readonly start: number;
  readonly length: number;
}

function Bar({ step, start, length }: BarProps) {
  const { say } = useWords();
  const left = ((step.at - start) / length) * 100;
  const width = (step.durationMs / length) * 100;
  return (
    <li className="fall-row">
      <span className="fall-name">
        {stepWords(say, step.verb)} <code className="dim">{step.path}</code>
      </span>
      <span className="fall-lane" aria-hidden="true">
        <span
          className="fall-bar"
          data-failed={step.error !== undefined}
          style={{ left: `${left}%`, width: `${width}%` }}
        />
      </span>
      <span className="fall-time number dim">{formatSpan(step.durationMs)}</span>
    </li>
  );
}

export function Waterfall({ trace }: { readonly trace: Trace }) {
  const { steps } = trace;
  const start = Math.min(trace.at, ...steps.map(({ at }) => at));
  const length = Math.max(1, Math.max(...steps.map(endOf)) - start);
  return (
    <ol className="fall">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a path comes again in loops; a trace only grows at its end
        <Bar key={index} step={step} start={start} length={length} />
      ))}
    </ol>
  );
}

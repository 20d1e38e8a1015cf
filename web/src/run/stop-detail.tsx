// What is known of one stop on the way: what came in, what decided, what went out.
import type { Trace, TraceStep } from '../api/types.ts';
import { formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Countdown } from '../parts/age.tsx';
import { CodeText } from '../parts/code-text.tsx';
import { ConditionView } from './expression-view.tsx';
import { resultWords } from './result-words.ts';
import { StepBody } from './step-body.tsx';
import { TriggerCard } from './trigger-card.tsx';
import type { WayStop } from './way.ts';
import './stop-detail.css';

export interface StopDetailProps {
  readonly trace: Trace;
  readonly stop: WayStop;
  readonly words: string;
  /** When a stop at which the run waits goes on by itself. */
  readonly due: number | undefined;
}

function TriggerDetail({ trace }: Pick<StopDetailProps, 'trace'>) {
  const { say } = useWords();
  return (
    <>
      <TriggerCard trigger={trace.trigger} />
      {trace.when ? (
        <div className="stop-when">
          <h5>{say('trace.when')}</h5>
          <ConditionView expression={trace.when} />
        </div>
      ) : null}
    </>
  );
}

/** When it began after the trigger, how long it took, what it says of itself. */
function StepTimes({ trace, step }: { readonly trace: Trace; readonly step: TraceStep }) {
  const { say, language } = useWords();
  const { result, at, durationMs, branch } = step;
  return (
    <p className="stop-times dim number">
      <span>{say('trace.after', { time: formatSpan(language, at - trace.at) })}</span>
      <span>{say('trace.took', { time: formatSpan(language, durationMs) })}</span>
      {branch === undefined ? null : <span>{say('trace.branch', { name: String(branch) })}</span>}
      {result === undefined ? null : (
        <span className="stop-result">{resultWords({ say, language }, result)}</span>
      )}
    </p>
  );
}

function Content({ trace, stop, due }: Omit<StopDetailProps, 'words'>) {
  const { say } = useWords();
  const { kind, state, steps, expressions, loop } = stop;
  if (state === 'untaken') {
    if (kind === 'trigger') return <p className="stop-note dim">{say('trace.none.trigger')}</p>;
    if (kind === 'condition') return <p className="stop-note dim">{say('trace.none.condition')}</p>;
    return (
      <p className="stop-note dim">{say(loop === undefined ? 'trace.none.action' : 'trace.none.turn')}</p>
    );
  }
  if (kind === 'trigger') return <TriggerDetail trace={trace} />;
  if (kind === 'condition')
    return expressions.map((expression) => <ConditionView key={expression.path} expression={expression} />);
  return (
    <>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trace only grows at its end
        <div key={index} className="stop-step">
          <StepTimes trace={trace} step={step} />
          <StepBody step={step} />
        </div>
      ))}
      {state === 'waiting' ? (
        <p className="stop-note stop-waits">
          {due === undefined ? say('trace.way.waiting') : <Countdown due={due} />}
        </p>
      ) : null}
    </>
  );
}

export function StopDetail({ words, ...props }: StopDetailProps) {
  const { say } = useWords();
  const { stop } = props;
  const place = stop.path.length === 0 ? undefined : stop.key;
  return (
    <>
      <header className="stop-head" data-state={stop.state}>
        <h4>
          <CodeText text={words} />
        </h4>
        <p className="dim">
          <span className="stop-state">{say(`trace.way.${stop.state}`)}</span>
          {place === undefined ? null : <code>{place}</code>}
        </p>
      </header>
      <Content {...props} />
    </>
  );
}

// Why a run went the way it did: trigger, conditions with values, variables, actions.
import { lazy, type ReactNode, Suspense } from 'react';
import type { RuleSummary, Trace } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../parts/waiting.tsx';
import { ErrorView } from './error-view.tsx';
import { ConditionView } from './expression-view.tsx';
import { NamedValues } from './named-values.tsx';
import { StepsView } from './steps-view.tsx';
import { TraceHead } from './trace-head.tsx';
import { TriggerCard } from './trigger-card.tsx';
import { isWorthDrawing, Waterfall } from './waterfall.tsx';
import './trace-view.css';

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="trace-section">
      <h3>{title}</h3>
      <div className="card trace-card">{children}</div>
    </section>
  );
}

function Conditions({ trace }: { readonly trace: Trace }) {
  const { say } = useWords();
  if (trace.conditions.length === 0) {
    return <p className="trace-note dim">{say('trace.conditions.none')}</p>;
  }
  return trace.conditions.map((condition) => <ConditionView key={condition.path} expression={condition} />);
}

/** Its own place shows an error best; this is for one that no condition or step holds. */
function isShownElsewhere(trace: Trace): boolean {
  const { error } = trace;
  if (!error) return true;
  const places = [...trace.conditions, ...(trace.when ? [trace.when] : []), ...trace.steps];
  return places.some((place) => place.error?.code === error.code);
}

const RunGraph = lazy(async () => ({ default: (await import('./run-graph.tsx')).RunGraph }));

export interface TraceViewProps {
  readonly trace: Trace;
  /** As it is now; undefined when it was deleted, or is not known yet. */
  readonly rule: RuleSummary | undefined;
  readonly isNamed?: boolean;
}

export function TraceView({ trace, rule, isNamed = false }: TraceViewProps) {
  const { say } = useWords();
  const variables = trace.variables ?? {};
  const hasActed = trace.steps.length > 0;
  const isOver = trace.status !== 'waiting' && trace.status !== 'running';
  return (
    <article className="trace">
      <TraceHead trace={trace} rule={rule} isNamed={isNamed} />
      {trace.error && !isShownElsewhere(trace) ? <ErrorView error={trace.error} /> : null}
      {trace.thin ? <p className="dim">{say('runs.thin')}</p> : null}
      <Section title={say('trace.trigger')}>
        <TriggerCard trigger={trace.trigger} />
        {trace.when ? (
          <div className="trace-when">
            <h3>{say('trace.when')}</h3>
            <ConditionView expression={trace.when} />
          </div>
        ) : null}
      </Section>
      {Object.keys(variables).length > 0 ? (
        <Section title={say('trace.variables')}>
          <NamedValues values={variables} className="trace-variables" />
        </Section>
      ) : null}
      <Section title={say('trace.conditions')}>
        <Conditions trace={trace} />
      </Section>
      <Section title={say('trace.way')}>
        <Suspense fallback={<Waiting rows={2} />}>
          <RunGraph trace={trace} />
        </Suspense>
      </Section>
      {isWorthDrawing(trace.steps) ? (
        <Section title={say('trace.times')}>
          <Waterfall trace={trace} />
        </Section>
      ) : null}
      <Section title={say('trace.steps')}>
        {hasActed ? (
          <StepsView steps={trace.steps} />
        ) : (
          <p className="trace-note dim">{say(isOver ? 'trace.steps.none' : 'trace.steps.yet')}</p>
        )}
      </Section>
    </article>
  );
}

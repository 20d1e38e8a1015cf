// Why a run went the way it did: how it ended, its way through the rule, its variables.
import { lazy, type ReactNode, Suspense } from 'react';
import type { RuleSummary, Trace } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../parts/waiting.tsx';
import { ErrorView } from './error-view.tsx';
import { NamedValues } from './named-values.tsx';
import { TraceHead } from './trace-head.tsx';
import './trace-view.css';

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="trace-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
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
  return (
    <article className="trace">
      <TraceHead trace={trace} rule={rule} isNamed={isNamed} />
      {trace.error && !isShownElsewhere(trace) ? <ErrorView error={trace.error} /> : null}
      {trace.thin ? <p className="dim">{say('runs.thin')}</p> : null}
      <Section title={say('trace.way')}>
        <Suspense fallback={<Waiting rows={4} />}>
          <RunGraph trace={trace} />
        </Suspense>
      </Section>
      {Object.keys(variables).length > 0 ? (
        <Section title={say('trace.variables')}>
          <div className="card trace-card">
            <NamedValues values={variables} className="trace-variables" />
          </div>
        </Section>
      ) : null}
    </article>
  );
}

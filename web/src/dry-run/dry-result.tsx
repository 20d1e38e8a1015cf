// What came of a dry run: how it ended, why, and what the draft would have done.
import type { DryRunView } from '../api/types.ts';
import { reasonWords } from '../i18n/code-words.ts';
import { formatSpan } from '../i18n/format.ts';
import { gapWords } from '../i18n/gap-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { ErrorView } from '../run/error-view.tsx';
import { ConditionView } from '../run/expression-view.tsx';
import { useMissWords } from '../why/miss-words.ts';
import { EffectCard } from './effect-card.tsx';
import { MetRuns } from './met-runs.tsx';

function useOutcomeWords(): (view: DryRunView) => string {
  const { say } = useWords();
  return ({ outcome, reason }) => {
    if (outcome === 'not-woken') return say('dry.notWoken');
    if (outcome === 'held') return say('dry.held');
    const words = say(`ending.${outcome}`);
    return reason === undefined ? words : `${words} ${reasonWords(say, outcome, reason)}`;
  };
}

/** What the first run looked at; all of it is seen in traces, here what kept it from acting. */
function Looked({ view }: { readonly view: DryRunView }) {
  const run = view.runs[0];
  if (!run) return null;
  const looked = [...(run.when ? [run.when] : []), ...run.conditions];
  return (
    <>
      {run.error ? <ErrorView error={run.error} /> : null}
      {looked.map((condition) => (
        <ConditionView key={condition.path} expression={condition} />
      ))}
    </>
  );
}

export function DryResult({ view }: { readonly view: DryRunView }) {
  const { say, language } = useWords();
  const outcomeWords = useOutcomeWords();
  const missWords = useMissWords();
  const { at, effects, met, misses, holds, until, isCut, incomplete } = view;
  return (
    <div className="dry-result" role="status">
      <p className="dry-outcome">{outcomeWords(view)}</p>
      <MetRuns runs={met} start={at} />
      {misses.map((miss) => (
        <p key={miss.path} className="dry-note">
          {missWords({ ...miss, why: miss.code })}
        </p>
      ))}
      {holds.map(({ about, due }) => (
        <p key={about} className="dry-note">
          {say('dry.holds', { about, time: formatSpan(language, due - at) })}
        </p>
      ))}
      <Looked view={view} />
      {effects.length === 0 ? (
        <p className="dim">{say('dry.nothing')}</p>
      ) : (
        <ol className="woulds">
          {effects.map((effect) => (
            <EffectCard key={effect.id} effect={effect} start={at} />
          ))}
        </ol>
      )}
      <p className="dim dry-foot">
        {say(isCut ? 'dry.cut' : 'dry.until', { time: formatSpan(language, Math.max(0, until - at)) })}
      </p>
      {incomplete.length > 0 ? (
        <p className="dry-doubt">{say('backtest.incomplete', { reasons: gapWords(say, incomplete) })}</p>
      ) : null}
    </div>
  );
}

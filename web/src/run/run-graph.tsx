// The way of a run through its rule as it was then: what was done, what not, which branch was taken.
import { IconAlertTriangle, IconCheck, IconClockPause, IconMinus } from '@tabler/icons-react';
import type { Trace } from '../api/types.ts';
import { valueAt } from '../document/edit.ts';
import { formatSpan } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../parts/waiting.tsx';
import { actionSentence } from '../sentence/action.ts';
import { conditionSentence } from '../sentence/condition.ts';
import { plainText } from '../sentence/part.ts';
import { useTimers } from '../timers/use-timers.ts';
import { useRuleThen } from './use-rule-then.ts';
import { type WayBranch, type WayStop, wayOf } from './way.ts';
import './run-graph.css';

const icons = {
  done: IconCheck,
  failed: IconAlertTriangle,
  waiting: IconClockPause,
  untaken: IconMinus,
} as const;

function Branch({ branch, document }: { readonly branch: WayBranch; readonly document: unknown }) {
  const words = useWords();
  const { say } = words;
  const { name, when, isTaken, stops } = branch;
  const title =
    when === undefined
      ? say(name === 'then' || name === 'else' || name === 'do' ? `trace.branch.${name}` : 'trace.branch', {
          name,
        })
      : say('trace.branch.when', {
          condition: plainText(conditionSentence(words, valueAt(document, when), when)),
        });
  return (
    <div className="way-branch" data-taken={isTaken}>
      <p className="way-branch-name">{title}</p>
      <Stops stops={stops} document={document} />
    </div>
  );
}

function Stop({ stop, document }: { readonly stop: WayStop; readonly document: unknown }) {
  const words = useWords();
  const { say } = words;
  const { state, last, times } = stop;
  const Icon = icons[state];
  const took = last !== undefined && last.durationMs >= 1 ? formatSpan(last.durationMs) : '';
  return (
    <li className="way-stop" data-state={state}>
      <div className="way-line">
        <span className="way-icon">
          <Icon size={14} stroke={2.4} aria-hidden />
        </span>
        <span className="way-words">
          {plainText(actionSentence(words, stop.entry, stop.path))}
          <span className="sr-only"> {say(`trace.way.${state}`)}</span>
        </span>
        <span className="way-facts number dim">
          {last?.result ?? ''} {took} {times > 1 ? `×${times}` : ''}
        </span>
      </div>
      {stop.branches.map((branch) => (
        <Branch key={branch.name} branch={branch} document={document} />
      ))}
    </li>
  );
}

function Stops({ stops, document }: { readonly stops: readonly WayStop[]; readonly document: unknown }) {
  return (
    <ol className="way-stops">
      {stops.map((stop) => (
        <Stop key={stop.key} stop={stop} document={document} />
      ))}
    </ol>
  );
}

/** Where it waits now. */
function useWaitsAt(trace: Trace): string | undefined {
  const { data: timers = [] } = useTimers(trace.rule, trace.status === 'waiting');
  return timers.find(({ run }) => run === trace.id)?.path;
}

export function RunGraph({ trace }: { readonly trace: Trace }) {
  const { say } = useWords();
  const isReady = useTexts('sentences');
  const { data: document, error } = useRuleThen(trace.rule, trace.version);
  const waitsAt = useWaitsAt(trace);
  if (error) return <p className="trace-note dim">{say('trace.way.lost', { version: trace.version })}</p>;
  if (!isReady || document === undefined) return <Waiting rows={2} />;
  return (
    <div className="way-view">
      <Stops stops={wayOf(document, trace, waitsAt)} document={document} />
    </div>
  );
}

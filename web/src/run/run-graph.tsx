// The run on its rule as it was then: the way on one side, the chosen stop on the other; on a phone above it.
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import type { Trace } from '../api/types.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useTimers } from '../timers/use-timers.ts';
import { fallOf } from './fall.ts';
import { RunWay } from './run-way.tsx';
import { StopDetail } from './stop-detail.tsx';
import { StopSheet } from './stop-sheet.tsx';
import { useRuleThen } from './use-rule-then.ts';
import { useStopWords } from './use-stop-words.ts';
import { Waterfall } from './waterfall.tsx';
import { focusOf, isOver, stopsIn, type WaySection, wayOf } from './way.ts';
import './run-graph.css';

/** Where it waits now, and until when. */
function useWaits(trace: Trace): ReadonlyMap<string, number> {
  const { data: timers = [] } = useTimers(trace.rule, !isOver(trace));
  return new Map(timers.filter(({ run }) => run === trace.id).map(({ path, due }) => [path, due]));
}

function useTurns() {
  const [turns, setTurns] = useState<ReadonlyMap<string, number>>(new Map());
  const turnTo = (loop: string, number: number): void => setTurns(new Map(turns).set(loop, number));
  return [turns, turnTo] as const;
}

interface WalkedProps {
  readonly trace: Trace;
  readonly document: unknown;
  readonly sections: readonly WaySection[];
  readonly waits: ReadonlyMap<string, number>;
  readonly onTurn: (loop: string, number: number) => void;
}

function Walked({ trace, document, sections, waits, onTurn }: WalkedProps) {
  const { say } = useWords();
  const isNarrow =
    useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [picked, setPicked] = useState<string>();
  const wordsOf = useStopWords(trace);
  const stops = [...stopsIn(sections)];
  const chosen = stops.find(({ key }) => key === picked) ?? (isNarrow ? undefined : focusOf(sections));
  const at = chosen === undefined ? -1 : stops.indexOf(chosen);
  const detail = chosen && { trace, stop: chosen, words: wordsOf(chosen), due: waits.get(chosen.key) };
  const fall = fallOf(trace, waits);
  const wordsAt = (path: string): string | undefined => {
    const stop = stops.find(({ key }) => key === path);
    return stop && wordsOf(stop);
  };
  return (
    <div className="run-graph">
      <div className="run-graph-panes" data-detail={detail !== undefined}>
        <RunWay
          {...{ trace, document, sections, onTurn }}
          chosen={chosen?.key}
          onChoose={setPicked}
          isFollowing={!isNarrow}
        />
        {detail && !isNarrow ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its place is scrolled by keys
          <section className="stop-detail card" tabIndex={0} aria-label={say('trace.step')}>
            <StopDetail {...detail} />
          </section>
        ) : null}
      </div>
      {fall === undefined ? null : (
        <section className="trace-section">
          <h3>{say('trace.times')}</h3>
          <div className="card">
            <Waterfall fall={fall} wordsAt={wordsAt} />
          </div>
        </section>
      )}
      {detail && isNarrow ? (
        <StopSheet {...detail} before={stops[at - 1]?.key} next={stops[at + 1]?.key} onChoose={setPicked} />
      ) : null}
    </div>
  );
}

export function RunGraph({ trace }: { readonly trace: Trace }) {
  const { say } = useWords();
  const isReady = useTexts('sentences');
  const { data: document, error } = useRuleThen(trace.rule, trace.version);
  const waits = useWaits(trace);
  const [turns, turnTo] = useTurns();
  if (!isReady || (document === undefined && !error)) return <Waiting rows={4} />;
  const sections = wayOf(document, trace, { waitsAt: new Set(waits.keys()), turns });
  return (
    <>
      {error ? (
        <p className="run-graph-lost dim">{say('trace.way.lost', { version: trace.version })}</p>
      ) : null}
      <Walked trace={trace} document={document} sections={sections} waits={waits} onTurn={turnTo} />
    </>
  );
}

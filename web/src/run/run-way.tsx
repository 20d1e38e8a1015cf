// The way of a run through its rule as it was then: what woke it, what it looked at, what it did; and what it passed by.
import { type KeyboardEvent, useId } from 'react';
import type { Trace } from '../api/types.ts';
import { valueAt } from '../document/edit.ts';
import { useSpeaker } from '../form/use-speaker.ts';
import { useWords } from '../i18n/use-words.ts';
import { conditionSentence } from '../sentence/condition.ts';
import { plainText } from '../sentence/part.ts';
import { useStopWords } from './use-stop-words.ts';
import { stopsIn, type WayBranch, type WaySection, type WayStop } from './way.ts';
import { StopLine } from './way-stop.tsx';
import './run-way.css';

export interface RunWayProps {
  readonly trace: Trace;
  readonly document: unknown;
  readonly sections: readonly WaySection[];
  readonly chosen: string | undefined;
  readonly onChoose: (key: string) => void;
  readonly onTurn: (loop: string, number: number) => void;
  /** What the keys come to is chosen at once. */
  readonly isFollowing: boolean;
}

/** What every stop needs. */
interface Drawing extends Omit<RunWayProps, 'sections' | 'trace' | 'isFollowing'> {
  readonly wordsOf: (stop: WayStop) => string;
}

function useBranchWords(document: unknown): (branch: WayBranch) => string {
  const speaker = useSpeaker();
  const { say } = useWords();
  return ({ name, when, isParallel = false }) => {
    if (when !== undefined) {
      const condition = plainText(conditionSentence(speaker, valueAt(document, when), when));
      return say('trace.branch.when', { condition });
    }
    if (isParallel) return say('trace.branch', { name });
    const isNamed =
      name === 'then' || name === 'else' || name === 'do' || name === 'confirm' || name === 'onError';
    return isNamed ? say(`trace.branch.${name}`) : say('trace.branch', { name });
  };
}

function Branch({ branch, drawing }: { readonly branch: WayBranch; readonly drawing: Drawing }) {
  const { say } = useWords();
  const wordsOf = useBranchWords(drawing.document);
  const { isTaken, stops } = branch;
  return (
    <div className="run-way-branch" data-taken={isTaken}>
      <p className="run-way-branch-name">
        {wordsOf(branch)}{' '}
        {isTaken ? null : <span className="run-way-passed">{say('trace.way.untaken')}</span>}
      </p>
      <Stops stops={stops} drawing={drawing} />
    </div>
  );
}

function Stop({ stop, drawing }: { readonly stop: WayStop; readonly drawing: Drawing }) {
  const { key, state, branches } = stop;
  const { chosen, onChoose, onTurn, wordsOf } = drawing;
  const isParallel = branches.some((branch) => branch.isParallel);
  return (
    <li className="run-way-stop" data-state={state}>
      <StopLine
        stop={stop}
        words={wordsOf(stop)}
        isChosen={key === chosen}
        onChoose={onChoose}
        onTurn={onTurn}
      />
      {branches.length === 0 ? null : (
        <div className="run-way-branches" data-parallel={isParallel}>
          {branches.map((branch) => (
            <Branch key={branch.name} branch={branch} drawing={drawing} />
          ))}
        </div>
      )}
    </li>
  );
}

function Stops({ stops, drawing }: { readonly stops: readonly WayStop[]; readonly drawing: Drawing }) {
  return (
    <ol className="run-way-stops">
      {stops.map((stop) => (
        <Stop key={stop.key} stop={stop} drawing={drawing} />
      ))}
    </ol>
  );
}

/** Up and down go from stop to stop, left and right through the turns of the loop around one. */
function useWayKeys({ sections, onChoose, onTurn, isFollowing }: RunWayProps) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const key = event.target instanceof HTMLElement ? event.target.dataset['stop'] : undefined;
    const stops = [...stopsIn(sections)];
    const at = stops.findIndex((stop) => stop.key === key);
    const stop = stops[at];
    if (stop === undefined || !/^(?:Arrow|Home$|End$)/.test(event.key)) return;
    event.preventDefault();
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const loop = stop.turn ? stop : stops.find((one) => one.key === stop.loop);
      const number = (loop?.turn?.number ?? 0) + (event.key === 'ArrowRight' ? 1 : -1);
      if (loop?.turn && number >= 1 && number <= loop.turn.count) onTurn(loop.key, number);
      return;
    }
    const places = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: stops.length - 1 };
    const next = stops[Reflect.get(places, event.key)];
    if (next === undefined) return;
    if (isFollowing) onChoose(next.key);
    const root = event.currentTarget;
    root.querySelector<HTMLElement>(`[data-stop="${CSS.escape(next.key)}"]`)?.focus();
  };
}

export function RunWay(props: RunWayProps) {
  const { trace, sections, isFollowing: _, ...drawing } = props;
  const { say } = useWords();
  const id = useId();
  const wordsOf = useStopWords(trace);
  const onKeyDown = useWayKeys(props);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the stops take the keys, this hears them for all
    <div className="run-way card" onKeyDown={onKeyDown}>
      {sections.map(({ name, stops, isTaken }) => (
        <section
          key={name}
          className="run-way-section"
          data-taken={isTaken}
          aria-labelledby={`${id}-${name}`}
        >
          <h4 id={`${id}-${name}`}>{say(`trace.section.${name}`)}</h4>
          <Stops stops={stops} drawing={{ ...drawing, wordsOf }} />
        </section>
      ))}
    </div>
  );
}

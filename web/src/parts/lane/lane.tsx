// A stretch of time with what happened in it as ticks; a touch or the arrow keys choose one of them, or a moment.
import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import { formatMoment } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { drawnTicks, type LaneRange, type LaneTick, nearestTick, nextTick, placeOf } from './lane-ticks.ts';
import './lane.css';

export interface LaneProps {
  readonly label: string;
  readonly range: LaneRange;
  readonly ticks: readonly LaneTick[];
  readonly chosen: number | undefined;
  /** Between ticks, too. */
  readonly isFree?: boolean;
  readonly onChoose: (at: number) => void;
}

const marks = 4;
/** Of the lane: so near a tick a touch means it. */
const near = 0.03;
const freeStepMs = 60_000;
const shortMs = 36 * 3_600_000;

function Scale({ range: [from, to] }: Pick<LaneProps, 'range'>) {
  const { language } = useWords();
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
  const day = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric' });
  const times = Array.from({ length: marks + 1 }, (_, index) => from + ((to - from) * index) / marks);
  return (
    <div className="lane-scale number" aria-hidden="true">
      {times.map((at) => (
        <span key={at}>{(to - from > shortMs ? day : clock).format(at)}</span>
      ))}
    </div>
  );
}

function useChoices({ range, ticks, chosen, isFree = false, onChoose }: LaneProps) {
  const [from, to] = range;
  const step = (to_: 1 | -1): void => {
    const start = chosen ?? (to_ > 0 ? from - 1 : to + 1);
    const next = nextTick(ticks, start, to_);
    if (next !== undefined) onChoose(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const side = event.key === 'ArrowRight' || event.key === 'ArrowUp' ? 1 : -1;
    if (!/^Arrow/.test(event.key)) return;
    event.preventDefault();
    if (isFree && event.shiftKey) onChoose(Math.min(to, Math.max(from, (chosen ?? to) + side * freeStepMs)));
    else step(side);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = from + ((event.clientX - box.left) / Math.max(1, box.width)) * (to - from);
    const meant = nearestTick(ticks, at, isFree ? (to - from) * near : to - from);
    if (meant !== undefined || isFree) onChoose(meant ?? Math.round(at));
  };
  return { onKeyDown, onPointerDown };
}

export function Lane(props: LaneProps) {
  const { label, range, ticks, chosen } = props;
  const { say, language } = useWords();
  const choices = useChoices(props);
  const drawn = useMemo(() => drawnTicks(ticks, range), [ticks, range]);
  const percent = (at: number): string => `${placeOf(at, range) * 100}%`;
  return (
    <div className="lane">
      <div
        role="slider"
        className="lane-track"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={range[0]}
        aria-valuemax={range[1]}
        aria-valuenow={chosen ?? range[1]}
        aria-valuetext={chosen === undefined ? say('lane.none') : formatMoment(language, chosen, range[1])}
        {...choices}
      >
        {drawn.map(({ at, kind }) => (
          <span key={`${kind} ${at}`} className="lane-tick" data-kind={kind} style={{ left: percent(at) }} />
        ))}
        {chosen === undefined ? null : <span className="lane-cursor" style={{ left: percent(chosen) }} />}
      </div>
      <Scale range={range} />
    </div>
  );
}

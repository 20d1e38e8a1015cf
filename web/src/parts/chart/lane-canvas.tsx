// Draws states as blocks and moments as ticks, with the same time axis and cursor as the charts beside it.
import { useMemo, useRef } from 'react';
import uPlot from 'uplot';
import { type LaneProps, type Mark, type MarkTone, nearestMark, type Stretch } from './lane-data.ts';
import { type Look, plotPadding, valueAxis } from './look.ts';
import { usePlot } from './use-plot.ts';

interface Painted {
  readonly stretches: readonly Stretch[];
  readonly marks: readonly Mark[];
}

const quiet = new Set(['false', 'off', 'OFF', 'closed', 'offline', 'no', '0', '']);
const toneColours: Readonly<Record<MarkTone, string>> = {
  good: '--accent',
  quiet: '--ink-3',
  wait: '--warn',
  bad: '--bad',
};
const touchPixels = 22;

/** The same text has the same colour, here and tomorrow. */
function colourOf(text: string, look: Look): string {
  if (quiet.has(text)) return look.colour('--line-strong');
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  const isPlain = ['true', 'on', 'ON', 'open', 'online', 'yes', '1'].includes(text);
  return look.colours[isPlain ? 0 : sum % 4] ?? look.ink;
}

function paintStretch(plot: uPlot, { from, to, text, isMixed }: Stretch, look: Look): void {
  const { ctx, bbox } = plot;
  const edge = bbox.left + bbox.width;
  const left = Math.max(bbox.left, plot.valToPos(from, 'x', true));
  const width = Math.min(edge, plot.valToPos(to, 'x', true)) - left;
  if (width <= 0) return;
  ctx.globalAlpha = isMixed ? 0.25 : 0.38;
  ctx.fillStyle = colourOf(text, look);
  ctx.fillRect(left, bbox.top, Math.max(1, width - 1), bbox.height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = look.colour('--ink');
  if (!isMixed && ctx.measureText(text).width + 12 * uPlot.pxRatio < width)
    ctx.fillText(text, left + 6 * uPlot.pxRatio, bbox.top + bbox.height / 2);
}

function paintMark(plot: uPlot, { at, tone }: Mark, look: Look): void {
  const { ctx, bbox } = plot;
  const left = plot.valToPos(at, 'x', true);
  if (left < bbox.left || left > bbox.left + bbox.width) return;
  ctx.fillStyle = look.colour(toneColours[tone]);
  ctx.fillRect(Math.round(left - uPlot.pxRatio), bbox.top, 2 * uPlot.pxRatio, bbox.height);
}

function paint(plot: uPlot, { stretches, marks }: Painted, look: Look): void {
  const { ctx } = plot;
  ctx.save();
  ctx.font = `${12 * uPlot.pxRatio}px ${globalThis.getComputedStyle(plot.root).fontFamily}`;
  // The axes before it leave it at their own.
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const stretch of stretches) paintStretch(plot, stretch, look);
  for (const mark of marks) paintMark(plot, mark, look);
  ctx.restore();
}

function markUnder(plot: uPlot, marks: readonly Mark[]): Mark | undefined {
  const at = plot.posToVal(plot.cursor.left ?? -1, 'x');
  return nearestMark(marks, at, plot.posToVal(touchPixels, 'x') - plot.posToVal(0, 'x'));
}

const noStretches: readonly Stretch[] = [];
const noMarks: readonly Mark[] = [];

export function LaneCanvas(props: LaneProps) {
  const { stretches = noStretches, marks = noMarks, height = 36, ...handling } = props;
  const latest = useRef({ stretches, marks, onMark: props.onMark });
  latest.current = { stretches, marks, onMark: props.onMark };
  const data = useMemo((): uPlot.AlignedData => {
    const moments = [...stretches.flatMap(({ from, to }) => [from, to]), ...marks.map(({ at }) => at)];
    const [first = 0, last = 1] = [moments[0], moments.at(-1)];
    return [
      [first, last + 1],
      [0, 0],
    ];
  }, [stretches, marks]);
  const place = usePlot({
    ...handling,
    height,
    shape: '',
    data,
    build: (look) => ({
      padding: [2, plotPadding[1], 2, plotPadding[3]],
      axes: [{ show: false }, { ...valueAxis(look), grid: { show: false }, values: () => [] }],
      series: [{}, { stroke: 'transparent', points: { show: false } }],
      hooks: {
        draw: [(plot) => paint(plot, latest.current, look)],
        ready: [
          (plot) =>
            plot.over.addEventListener('click', () => {
              const mark = markUnder(plot, latest.current.marks);
              if (mark) latest.current.onMark?.(mark.key);
            }),
        ],
      },
    }),
  });
  return <div ref={place} className={props.onMark ? 'lane-live' : ''} />;
}

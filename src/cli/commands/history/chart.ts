// A series as one line of bars, for terminals.
import type { HistoryView } from '../../../api/index.ts';

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const nothing = ' ';

/** The mean of the points in each of `width` stretches; undefined where there is none. */
function columnsOf({ from, to, points }: HistoryView, width: number): (number | undefined)[] {
  const sums = new Array<number>(width).fill(0);
  const counts = new Array<number>(width).fill(0);
  const span = Math.max(1, to - from + 1);
  for (const { at, mean } of points) {
    if (mean === undefined) continue;
    const column = Math.min(width - 1, Math.max(0, Math.floor(((at - from) / span) * width)));
    sums[column] = (sums[column] ?? 0) + mean;
    counts[column] = (counts[column] ?? 0) + 1;
  }
  return sums.map((sum, n) => (counts[n] ? sum / (counts[n] ?? 1) : undefined));
}

/** Empty when no value is a number. */
export function sparkline(view: HistoryView, width: number): string {
  const columns = columnsOf(view, width);
  const numbers = columns.filter((value) => value !== undefined);
  if (numbers.length === 0) return '';
  const least = Math.min(...numbers);
  const span = Math.max(...numbers) - least;
  const bar = (value: number): string => {
    const height = span === 0 ? 0 : Math.round(((value - least) / span) * (bars.length - 1));
    return bars[height] ?? nothing;
  };
  return columns.map((value) => (value === undefined ? nothing : bar(value))).join('');
}

/** Rounded as people read it. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** Greatest and least of all points and what the last one was: `19.2 … 23.1, mean 21.04, last 22`. */
export function summary({ points }: HistoryView): string {
  const mins = points.flatMap(({ min }) => (min === undefined ? [] : [min]));
  const maxs = points.flatMap(({ max }) => (max === undefined ? [] : [max]));
  const last = points.findLast((point) => point.last !== undefined)?.last;
  const words: string[] = [];
  if (mins.length > 0) {
    const weight = points.reduce((sum, { mean, count }) => sum + (mean === undefined ? 0 : count), 0);
    const total = points.reduce((sum, { mean, count }) => sum + (mean ?? 0) * count, 0);
    words.push(`${shortNumber(Math.min(...mins))} … ${shortNumber(Math.max(...maxs))}`);
    words.push(`mean ${shortNumber(total / weight)}`);
  }
  if (last !== undefined) words.push(`last ${typeof last === 'number' ? shortNumber(last) : last}`);
  const samples = points.reduce((sum, { count }) => sum + count, 0);
  return [...words, `${samples} samples`].join(', ');
}

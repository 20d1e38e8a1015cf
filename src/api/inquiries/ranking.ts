// Which of many reasons is told first: what holds at the instant in question or is nearest to it, and of those the one
// that says most.
import type { Timestamp } from '../../base/index.ts';
import type { Happening } from '../../rules/index.ts';
import type { CircumstanceView, ExplanationEntry } from '../contract/explanations.ts';

const mostEntries = 50;

/** What says most comes first. `silent` and `client-away` are what remains when nothing else was found. */
const order: readonly ExplanationEntry['code'][] = [
  'house-down',
  'not-yet',
  'deleted',
  'disabled',
  'suspended',
  'other-version',
  'ran',
  'unconfirmed',
  'failed',
  'refused',
  'hold-reset',
  'condition',
  'denied',
  'unheard',
  'holding',
  'missed',
  'not-true',
  'already-true',
  'not-due',
  'gap',
  'client-away',
  'silent',
];
/** Said only behind everything that happened. */
const weak: ReadonlySet<ExplanationEntry['code']> = new Set(['gap', 'client-away', 'silent']);
/** Said of the instant itself, whatever happened around it. */
const standing: ReadonlySet<ExplanationEntry['code']> = new Set([
  'unheard',
  'not-true',
  'already-true',
  'not-due',
]);
/** What holds all the time says less than what happened so near. */
const nearMs = 30_000;

/** Another version only matters where it would have run. */
function isWeak(entry: ExplanationEntry): boolean {
  return weak.has(entry.code) || (entry.code === 'other-version' && entry.now !== 'ran');
}

/** 0: it holds at that time. */
function distance(entry: ExplanationEntry, at: Timestamp): number {
  if (entry.code === 'holding' || entry.code === 'hold-reset') {
    const end = entry.code === 'holding' ? Number.POSITIVE_INFINITY : entry.at;
    return entry.since <= at && at <= end ? 0 : Math.min(Math.abs(at - entry.since), Math.abs(at - end));
  }
  if (standing.has(entry.code)) return nearMs;
  if ('at' in entry) return Math.abs(at - entry.at);
  const from = 'from' in entry ? (entry.from ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY;
  const to = 'to' in entry ? (entry.to ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  if (from <= at && at <= to) return 0;
  return nearMs + (at < from ? from - at : at - to);
}

export function rankedEntries(
  at: Timestamp,
  happenings: readonly Happening[],
  circumstances: readonly CircumstanceView[],
): readonly ExplanationEntry[] {
  const rank = (entry: ExplanationEntry): [number, number, number] => [
    isWeak(entry) ? 1 : 0,
    distance(entry, at),
    order.indexOf(entry.code),
  ];
  return [...happenings, ...circumstances]
    .map((entry) => ({ entry, key: rank(entry) }))
    .sort((a, b) => {
      const [index] = [0, 1, 2].filter((each) => a.key[each] !== b.key[each]);
      return index === undefined ? 0 : (a.key[index] ?? 0) - (b.key[index] ?? 0);
    })
    .slice(0, mostEntries)
    .map(({ entry }) => entry);
}

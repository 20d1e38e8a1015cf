// The time that is shown, as the address has it: a span that ends now, or two moments. Only the first goes on by itself.
import { moved, type Range } from '../parts/chart/range.ts';

const hourMs = 3_600_000;
export const spans = {
  '1h': hourMs,
  '6h': 6 * hourMs,
  '24h': 24 * hourMs,
  '7d': 7 * 24 * hourMs,
  '30d': 30 * 24 * hourMs,
} as const;
export type Span = keyof typeof spans;
export const spanNames = Object.keys(spans).filter(isSpan);

export function isSpan(text: string | undefined): text is Span {
  return text !== undefined && Object.hasOwn(spans, text);
}

export interface TimeAddress {
  readonly span?: string;
  readonly from?: string;
  readonly to?: string;
}

export type ShownTime =
  | { readonly follows: true; readonly span: Span }
  | { readonly follows: false; readonly range: Range };

export function shownTimeOf({ span, from, to }: TimeAddress): ShownTime {
  const range: Range = [Date.parse(from ?? ''), Date.parse(to ?? '')];
  if (range[1] > range[0]) return { follows: false, range };
  return { follows: true, span: isSpan(span) ? span : '24h' };
}

export function rangeOf(shown: ShownTime, now: number): Range {
  return shown.follows ? [now - spans[shown.span], now] : shown.range;
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

/** What begins in the future shows nothing: the end is now at most. */
export function addressOfRange(range: Range, now: number): TimeAddress {
  const [from, to] = range[1] > now ? moved(range, now - range[1]) : range;
  return { from: isoOf(from), to: isoOf(to) };
}

/** To the next stretch of the same length. That which ends now goes on by itself again, if it has one of the lengths. */
export function stepped(shown: ShownTime, turns: -1 | 1, now: number): TimeAddress {
  const [from, to] = rangeOf(shown, now);
  const next = moved([from, to], turns * (to - from));
  const span = spanNames.find((name) => spans[name] === to - from);
  return next[1] >= now && span !== undefined ? { span } : addressOfRange(next, now);
}

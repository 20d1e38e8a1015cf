// Use cases about numeric history: draw a series, list its samples, say which series a topic has.
import type { HistoryApi, HistoryQuery, TimeQuery } from './api.ts';
import type { GapView, HistoryView, SampleView, SeriesView } from './contract.ts';
import { fail } from './errors.ts';
import { type LocalClock, pastInstant } from './instant.ts';
import type { HistoryGap, HistoryPort } from './ports.ts';

const defaultFrom = '-1d';
const defaultPoints = 800;

export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Throws `bad-time`, `bad-range`. */
export function rangeOf({ from = defaultFrom, to = 'now' }: TimeQuery, house: LocalClock): TimeRange {
  const range = { from: pastInstant(from, house), to: pastInstant(to, house) };
  if (range.from > range.to) throw fail('bad-range', `from ${from} is after to ${to}`);
  return range;
}

export function gapView({ from, to, reason, lost }: HistoryGap): GapView {
  return { from, to, reason, ...(lost !== null && { lost }) };
}

export class HistoryDesk implements HistoryApi {
  readonly #history: HistoryPort;
  readonly #house: LocalClock;

  constructor(options: LocalClock & { readonly history: HistoryPort }) {
    this.#history = options.history;
    this.#house = options;
  }

  async draw(query: HistoryQuery & { readonly points?: number }): Promise<HistoryView> {
    const { topic, path = '', points = defaultPoints } = query;
    const range = { topic, path, ...rangeOf(query, this.#house) };
    const drawing = await this.#history.draw(range, points);
    if (drawing === undefined) throw await this.#missing(topic, path);
    return { ...range, ...drawing, gaps: drawing.gaps.map(gapView) };
  }

  async samples(query: HistoryQuery): Promise<AsyncIterable<readonly SampleView[]>> {
    const { topic, path = '' } = query;
    const pages = await this.#history.samples({ topic, path, ...rangeOf(query, this.#house) });
    if (pages === undefined) throw await this.#missing(topic, path);
    return (async function* views() {
      for await (const page of pages)
        yield page.map(({ at, value }): SampleView => (value === undefined ? { at } : { at, value }));
    })();
  }

  async series(topic: string): Promise<readonly SeriesView[]> {
    return (await this.#history.paths(topic)).map((path) => ({ topic, path }));
  }

  async #missing(topic: string, path: string): Promise<Error> {
    const paths = (await this.#history.paths(topic)).map((one) => (one === '' ? 'the payload itself' : one));
    const has = paths.length > 0 ? `; there is one of ${paths.join(', ')}` : '';
    const what = path === '' ? `"${topic}"` : `"${path}" of "${topic}"`;
    return fail('history-missing', `there is no history of ${what}${has}`);
  }
}

// Numeric history as the rest of the house has it: what a series was, as samples or drawn in so many points.
import type { Clock, Logger, Timestamp, Undo } from '../base/index.ts';
import type { Gap, Recent } from './protocol.ts';
import type { ReaderLink } from './reader-link.ts';
import type { Drawing } from './series/drawing.ts';
import { keptPath } from './series/leaves.ts';
import type { SamplePage, SampleRequest, SeriesSample } from './series/listing.ts';
import type { WorkerLink } from './worker-link.ts';

export interface HistoryOptions {
  readonly link: WorkerLink;
  readonly reader: ReaderLink;
  readonly clock: Clock;
  readonly log: Logger;
  /** Sends what was gathered of the journal to the worker. */
  readonly flush: () => void;
}

export interface HistoryRange {
  readonly topic: string;
  /** Empty: the payload itself. */
  readonly path: string;
  readonly from: Timestamp;
  readonly to: Timestamp;
}

export interface HistoryDrawing extends Drawing {
  /** What is known to be missing between `from` and `to`. */
  readonly gaps: readonly Gap[];
}

const hourMs = 3_600_000;
const stepMs = 50;

export class History {
  readonly #options: HistoryOptions;
  #undo: Undo | undefined;
  #isStopped = false;
  #counters: Readonly<Record<string, number>> = {};

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  counters(): Readonly<Record<string, number>> {
    return this.#counters;
  }

  /** What the worker counted last. */
  heard(counters: Readonly<Record<string, number>>): void {
    this.#counters = counters;
  }

  /** Hears what of the journal was not heard yet, then tends to what is old. */
  start(): void {
    this.#isStopped = false;
    this.#catchUp();
  }

  stop(): void {
    this.#isStopped = true;
    this.#undo?.();
  }

  /** Undefined for a series that there never was. Sees every message before the call. */
  async draw(range: HistoryRange, points: number): Promise<HistoryDrawing | undefined> {
    const recent = await this.#recent(range);
    if (recent === null) return undefined;
    const { from, to } = range;
    const drawing = await this.#options.reader.ask('draw', { ...recent, from, to, points });
    const { gaps } = await this.#options.link.ask('gaps', { from, to });
    return { ...drawing, gaps };
  }

  /** Page after page, oldest first; undefined for a series that there never was. */
  async samples(range: HistoryRange): Promise<AsyncIterable<readonly SeriesSample[]> | undefined> {
    const recent = await this.#recent(range);
    const { reader } = this.#options;
    if (recent === null) return undefined;
    const { from, to } = range;
    return (async function* pages() {
      let after: SampleRequest['after'] = null;
      do {
        const page: SamplePage = await reader.ask('samples', { ...recent, from, to, after });
        if (page.samples.length > 0) yield page.samples;
        after = page.next;
      } while (after !== null);
    })();
  }

  /** Paths of a topic that have a history; the empty one is the payload itself. */
  async paths(topic: string): Promise<readonly string[]> {
    this.#options.flush();
    return (await this.#options.link.ask('seriesPaths', { topic })).toSorted();
  }

  #recent({ topic, path }: HistoryRange): Promise<Recent | null> {
    this.#options.flush();
    return this.#options.link.ask('recent', { topic, path: keptPath(path) });
  }

  #catchUp(): void {
    this.#options.link.send(
      'catchUp',
      { input: null },
      {
        done: ({ hasMore, series }) => {
          this.heard(series);
          if (this.#isStopped) return;
          if (hasMore) this.#catchUp();
          else this.#tend();
        },
        failed: (error) => this.#failed(error, () => this.#catchUp()),
      },
    );
  }

  /** One step, the next soon while there is more to do, otherwise in an hour. */
  #tend(): void {
    const { clock, link } = this.#options;
    link.send(
      'tend',
      { input: { now: clock.now() } },
      {
        done: ({ hasMore, series }) => {
          this.heard(series);
          this.#again(hasMore ? stepMs : hourMs, () => this.#tend());
        },
        failed: (error) => this.#failed(error, () => this.#tend()),
      },
    );
  }

  #failed(error: Error, retry: () => void): void {
    if (this.#isStopped) return;
    this.#options.log.warn({ error: error.message }, 'old history cannot be tended to');
    this.#again(hourMs, retry);
  }

  #again(ms: number, run: () => void): void {
    if (!this.#isStopped) this.#undo = this.#options.clock.after(ms, run);
  }
}

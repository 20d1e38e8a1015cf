// Records of runs as the rest of the house has them: the newest of each rule and outcome wait here and are flushed
// together, so that a hot rule costs nothing.
import { type Clock, type Logger, Ring, type Undo } from '../base/index.ts';
import type { LateTrace, RunStatus, Trace } from '../rules/index.ts';
import { FailureState } from './failure-state.ts';
import { parseTrace } from './parse-json.ts';
import type { TraceFilter } from './protocol.ts';
import { tracesPerOutcome } from './tables/traces.ts';
import type { WorkerLink } from './worker-link.ts';

export interface TraceQuery extends Partial<TraceFilter> {
  readonly limit: number;
  /** Id of a trace; only older ones. */
  readonly before?: string;
}

export interface TracesOptions {
  readonly link: WorkerLink;
  readonly clock: Clock;
  readonly log: Logger;
  /** Traces that can wait or be on their way; more are not recorded. */
  readonly maxPending: number;
}

const flushMs = 5000;
/** Turned into JSON in one go. */
const sliceTraces = 200;

export class Traces {
  readonly #options: TracesOptions;
  readonly #failure: FailureState;
  /** By rule, then by outcome. */
  #pending = new Map<string, Map<RunStatus, Ring<LateTrace>>>();
  #undoTimer: Undo | undefined;
  #isStopped = false;
  #flushing: Promise<void> = Promise.resolve();
  /** Put and not yet written. */
  #waiting = 0;
  #dropped = 0;
  #stored = 0;

  constructor(options: TracesOptions) {
    this.#options = options;
    this.#failure = new FailureState(options.log, 'writes of traces');
  }

  get failure(): string | undefined {
    return this.#failure.text;
  }

  counters(): Readonly<Record<string, number>> {
    return {
      tracesStored: this.#stored,
      tracesPending: this.#waiting,
      tracesDropped: this.#dropped,
      tracesFailedWrites: this.#failure.count,
    };
  }

  // hot: called for every run that ended
  put(trace: LateTrace): void {
    const { rule, status } = trace.head;
    let ring = this.#pending.get(rule)?.get(status);
    if (ring?.size !== tracesPerOutcome && this.#waiting >= this.#options.maxPending) {
      this.#dropped++;
      return;
    }
    if (ring === undefined) {
      ring = new Ring(tracesPerOutcome);
      const ofRule = this.#pending.get(rule) ?? new Map<RunStatus, Ring<LateTrace>>();
      this.#pending.set(rule, ofRule.set(status, ring));
    }
    if (ring.push(trace) === undefined) this.#waiting++;
    else this.#dropped++;
    if (!this.#isStopped) this.#undoTimer ??= this.#options.clock.after(flushMs, () => void this.flush());
  }

  /** Resolves when everything put before the call was written, or could not be. */
  flush(): Promise<void> {
    this.#undoTimer?.();
    this.#undoTimer = undefined;
    const pending = this.#pending;
    this.#pending = new Map();
    const rings = [...pending.values()].flatMap((ofRule) => [...ofRule.values()]);
    this.#flushing = this.#flushing.then(() => this.#write(rings.flatMap((ring) => [...ring])));
    return this.#flushing;
  }

  /** Writes the rest; afterwards nothing is flushed by itself. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.flush();
  }

  /** Newest first; sees everything put before the call. */
  async recent(query: TraceQuery): Promise<Trace[]> {
    await this.flush();
    const any = {
      rule: null,
      statuses: null,
      reason: null,
      device: null,
      from: null,
      to: null,
      before: null,
    };
    return (await this.#options.link.ask('recentTraces', { ...any, ...query })).map(parseTrace);
  }

  async find(id: string): Promise<Trace | undefined> {
    await this.flush();
    const json = await this.#options.link.ask('findTrace', { id });
    return json === null ? undefined : parseTrace(json);
  }

  async #write(traces: readonly LateTrace[]): Promise<void> {
    for (let start = 0; start < traces.length; start += sliceTraces) {
      const slice = traces.slice(start, start + sliceTraces);
      const records = slice.map((trace) => {
        const { id, rule, status, at } = trace.head;
        return { id, rule, status, at, json: JSON.stringify(trace.read()) };
      });
      await new Promise<void>((resolve) => {
        this.#options.link.send(
          'putTraces',
          { input: records },
          {
            done: () => {
              this.#waiting -= slice.length;
              this.#stored += slice.length;
              this.#failure.worked();
              resolve();
            },
            failed: (error) => {
              this.#waiting -= slice.length;
              this.#dropped += slice.length;
              this.#failure.failed(error.message);
              resolve();
            },
          },
        );
      });
    }
  }
}

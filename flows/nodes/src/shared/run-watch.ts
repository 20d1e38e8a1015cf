// Follows one run until it has ended. It looks on before the run is asked for, so that no ending is missed, and asks
// again after a lost connection.
import type { RunView } from '../../../../src/api/contract.ts';
import type { Clock, Undo } from './clock.ts';
import type { Engine } from './engine.ts';
import { PaletteError } from './errors.ts';

export interface RunWatchOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly rule: string;
  readonly timeoutMs: number;
}

/** Endings that came before the run's own id was known. */
const mostEarly = 100;

function hasEnded({ status }: RunView): boolean {
  return status !== 'running' && status !== 'waiting';
}

export class RunWatch {
  readonly #options: RunWatchOptions;
  readonly #early = new Map<string, RunView>();
  readonly #undo: Undo;
  #disarm: Undo = () => undefined;
  #id: string | undefined;
  #resolve: (run: RunView) => void = () => undefined;

  constructor(options: RunWatchOptions) {
    this.#options = options;
    const { engine, rule } = options;
    this.#undo = engine.link.watch('runs', rule, {
      item: (item) => this.#heard(item as RunView),
      ready: () => void this.#look(),
    });
  }

  /** Rejects with `timeout`. */
  endOf(run: RunView): Promise<RunView> {
    if (hasEnded(run)) return Promise.resolve(run);
    const early = this.#early.get(run.id);
    if (early !== undefined) return Promise.resolve(early);
    const { clock, timeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      this.#id = run.id;
      this.#resolve = resolve;
      this.#disarm = clock.after(timeoutMs, () =>
        reject(
          new PaletteError('timeout', `run ${run.id} of "${run.rule}" has not ended within ${timeoutMs} ms`),
        ),
      );
    });
  }

  close(): void {
    this.#undo();
    this.#disarm();
  }

  #heard(run: RunView): void {
    if (!hasEnded(run)) return;
    if (run.id === this.#id) this.#resolve(run);
    else if (this.#id === undefined && this.#early.size < mostEarly) this.#early.set(run.id, run);
  }

  async #look(): Promise<void> {
    if (this.#id === undefined) return;
    try {
      this.#heard(await this.#options.engine.requests.ask<RunView>(`/runs/${encodeURIComponent(this.#id)}`));
    } catch (error) {
      if (!(error instanceof PaletteError)) throw error; // the time limit ends the wait
    }
  }
}

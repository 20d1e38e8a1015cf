// Keeps Node-RED running: starts it, starts it anew after a crash with growing pauses, without its flows when they end it
// too often, and not at all when even that does not help.
import { type Clock, Faults, type Logger, type Timestamp, type Undo } from '../base/index.ts';
import { fail } from './errors.ts';
import type { Told } from './messages.ts';
import { type ProcessGround, RunnerProcess, type Timing } from './process.ts';

export type SupervisedState = 'stopped' | 'starting' | 'running' | 'safe' | 'crashed';

export interface SupervisorTiming extends Timing {
  /** Of the first start after a crash; each further pause is twice as long. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** As many crashes within that time, and flows are not run any more. */
  readonly crashes: number;
  readonly crashesWithinMs: number;
}

export interface SupervisorGround extends Pick<ProcessGround, 'clock' | 'memoryMb' | 'environment'> {
  readonly timing: SupervisorTiming;
  readonly log: Logger;
  order(isSafe: boolean): ProcessGround['order'];
  /** It has a process. */
  began(pid: number): void;
  hear(message: Told): void;
  /** Its process is gone, whoever ended it. */
  ended(): void;
}

export interface Fault {
  readonly at: Timestamp;
  readonly message: string;
}

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

export class Supervisor {
  readonly #ground: SupervisorGround;
  readonly #clock: Clock;
  #crashes: Faults;
  #process: RunnerProcess | undefined;
  #state: SupervisedState = 'stopped';
  #since: Timestamp;
  #isSafe = false;
  #pauseMs: number;
  #beganAt = 0;
  #undoPause: Undo | undefined;
  #restarts = 0;
  #lastFault: Fault | undefined;
  #rss: number | undefined;
  readonly #waiting = new Set<Waiting>();

  constructor(ground: SupervisorGround) {
    this.#ground = ground;
    this.#clock = ground.clock;
    this.#since = ground.clock.now();
    this.#pauseMs = ground.timing.firstPauseMs;
    this.#crashes = this.#noCrashes();
  }

  get state(): SupervisedState {
    return this.#state;
  }

  get since(): Timestamp {
    return this.#since;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** As it last said. */
  get rss(): number | undefined {
    return this.#rss;
  }

  get restarts(): number {
    return this.#restarts;
  }

  get lastFault(): Fault | undefined {
    return this.#lastFault;
  }

  get answers(): boolean {
    return this.#state === 'running' || this.#state === 'safe';
  }

  /** Does nothing when it runs or starts already. */
  start({ isSafe = false }: { readonly isSafe?: boolean } = {}): void {
    if (this.#state !== 'stopped' && this.#state !== 'crashed') return;
    this.#isSafe = isSafe;
    this.#pauseMs = this.#ground.timing.firstPauseMs;
    this.#crashes = this.#noCrashes();
    this.#begin();
  }

  /** Resolves when it answers; rejects when it will not. */
  ready(): Promise<void> {
    if (this.answers) return Promise.resolve();
    if (this.#state !== 'starting') return Promise.reject(this.#unavailable());
    return new Promise((resolve, reject) => this.#waiting.add({ resolve, reject }));
  }

  async stop(): Promise<void> {
    this.#undoPause?.();
    const process = this.#process;
    this.#process = undefined;
    this.#become('stopped');
    await process?.stop();
    if (process !== undefined) this.#ground.ended();
  }

  #noCrashes(): Faults {
    const { crashes, crashesWithinMs } = this.#ground.timing;
    return new Faults(this.#clock, { most: crashes - 1, withinMs: crashesWithinMs });
  }

  #begin(): void {
    const { memoryMb, environment, timing } = this.#ground;
    this.#beganAt = this.#clock.monotonic();
    this.#become('starting');
    const life: RunnerProcess = new RunnerProcess({
      order: this.#ground.order(this.#isSafe),
      memoryMb,
      environment,
      timing,
      clock: this.#clock,
      hear: (message) => {
        if (this.#process === life) this.#hear(message);
      },
      ended: (reason) => {
        if (this.#process === life) this.#crashed(reason);
      },
    });
    this.#process = life;
    if (life.pid !== undefined) this.#ground.began(life.pid);
  }

  #hear(message: Told): void {
    if (message.tell === 'ready') this.#becomeReady();
    if (message.tell === 'pong') this.#rss = message.rss;
    if (message.tell === 'started' && this.#isSafe) this.#mended();
    this.#ground.hear(message);
  }

  #becomeReady(): void {
    this.#become(this.#isSafe ? 'safe' : 'running');
    const ms = Math.round(this.#clock.monotonic() - this.#beganAt);
    this.#ground.log.info({ ms, pid: this.pid }, `Node-RED runs${this.#isSafe ? ' without its flows' : ''}`);
  }

  /** A deploy let the flows run again. */
  #mended(): void {
    this.#isSafe = false;
    this.#crashes = this.#noCrashes();
    if (this.#state === 'safe') this.#become('running');
  }

  #crashed(message: string): void {
    this.#process = undefined;
    this.#lastFault = { at: this.#clock.now(), message };
    this.#ground.log.warn({ reason: message }, 'Node-RED ended');
    this.#ground.ended();
    const { crashesWithinMs, firstPauseMs } = this.#ground.timing;
    if (this.#clock.monotonic() - this.#beganAt > crashesWithinMs) this.#pauseMs = firstPauseMs;
    const isOnceTooOften = this.#crashes.add();
    if (isOnceTooOften && this.#isSafe) {
      this.#ground.log.error(
        {},
        'Node-RED ends even without its flows: it stays stopped until somebody starts it',
      );
      this.#become('crashed');
      return;
    }
    if (isOnceTooOften) {
      this.#ground.log.error(
        {},
        'flows ended Node-RED too often: it starts without them until the next deploy',
      );
      this.#isSafe = true;
      this.#crashes = this.#noCrashes();
      this.#pauseMs = firstPauseMs;
    }
    this.#again();
  }

  #again(): void {
    this.#become('starting');
    this.#restarts++;
    this.#undoPause = this.#clock.after(this.#pauseMs, () => this.#begin());
    this.#pauseMs = Math.min(this.#pauseMs * 2, this.#ground.timing.longestPauseMs);
  }

  #become(state: SupervisedState): void {
    if (this.#state !== state) this.#since = this.#clock.now();
    this.#state = state;
    if (!this.answers) this.#rss = undefined;
    if (state === 'starting') return;
    for (const { resolve, reject } of this.#waiting) {
      if (this.answers) resolve();
      else reject(this.#unavailable());
    }
    this.#waiting.clear();
  }

  #unavailable(): Error {
    const { state } = this;
    return fail(
      'flows-unavailable',
      state === 'crashed'
        ? 'Node-RED crashed too often; start it when what is wrong is mended'
        : 'Node-RED is stopped',
    );
  }
}

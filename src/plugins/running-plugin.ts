// One plugin that is switched on: started, started again after a crash with growing pauses, and given up when it goes
// wrong too often. Everything that it registered ends with each life.
import { type Clock, Faults, type Logger, messageOf, type Undo } from '../base/index.ts';
import { answerCall } from './calls.ts';
import { Desk, type DeskGround } from './desk.ts';
import { fail } from './errors.ts';
import type { FoundPlugin } from './folders.ts';
import type { OfferedFunction } from './ports.ts';
import { insideProcess, ownProcess, type PluginProcess } from './process.ts';

export type PluginState = 'off' | 'starting' | 'running' | 'waiting' | 'failed';

export interface RunningGround extends Pick<DeskGround, 'house' | 'values'> {
  readonly found: FoundPlugin;
  readonly config: Readonly<Record<string, unknown>>;
  readonly isIsolated: boolean;
  /** What it offers now that it is set up, and whenever that changes. */
  offers(functions: readonly OfferedFunction[]): void;
  /** It is given up. */
  gaveUp(reason: string): void;
}

const setUpMs = 30_000;
const answerMs = 30_000;
/** Errors of handlers. */
const errorLimits = { most: 20, withinMs: 60_000 };
/** Crashes and hangs. */
const crashLimits = { most: 3, withinMs: 600_000 };
const firstPauseMs = 1000;

/** Rejects when the promise does not settle in time; what it comes to later is nobody's. */
export function within<Value>(
  clock: Clock,
  ms: number,
  promise: Promise<Value>,
  what: string,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const undo = clock.after(ms, () =>
      reject(fail('plugin-timeout', `${what} took longer than ${ms / 1000} s`)),
    );
    promise.then(resolve, reject).finally(undo);
  });
}

export class RunningPlugin {
  readonly #ground: RunningGround;
  readonly #errors: Faults;
  readonly #crashes: Faults;
  #life: { readonly desk: Desk; readonly process: PluginProcess } | undefined;
  #state: PluginState = 'off';
  #reason = '';
  #undoPause: Undo | undefined;
  #pauseMs = firstPauseMs;

  constructor(ground: RunningGround) {
    const { clock } = ground.house;
    this.#ground = ground;
    this.#errors = new Faults(clock, errorLimits);
    this.#crashes = new Faults(clock, crashLimits);
  }

  get id(): string {
    return this.#ground.found.manifest.id;
  }

  get state(): PluginState {
    return this.#state;
  }

  /** Why it is not running. */
  get reason(): string {
    return this.#reason;
  }

  get desk(): Desk | undefined {
    return this.#life?.desk;
  }

  get pid(): number | undefined {
    return this.#life?.process.pid;
  }

  figures(): { readonly errors: number; readonly crashes: number } {
    return { errors: this.#errors.total, crashes: this.#crashes.total };
  }

  /** Resolves when it is set up or has failed; never rejects. */
  async start(): Promise<void> {
    const { found, house, config, isIsolated, values } = this.#ground;
    this.#state = 'starting';
    const make = isIsolated ? ownProcess : insideProcess;
    const process = make({
      manifest: found.manifest,
      main: found.main,
      config,
      clock: house.clock,
      ended: (reason) => this.#crashed(process, reason),
      threw: (error) => this.#erred(error),
    });
    const desk = new Desk({
      manifest: found.manifest,
      house,
      values,
      link: process.link,
      failed: (error) => this.#erred(error),
      offeredFunction: () => this.#tellFunctions(),
      flooded: () => void this.#giveUp('it asks the house for far too much: a flood'),
    });
    process.link.answerWith((name, args) => answerCall(desk, name, args));
    const life = { desk, process };
    this.#life = life;
    try {
      await within(house.clock, setUpMs, process.setUp(), 'setting up');
      if (this.#life === life) this.#state = 'running';
      this.#tellFunctions();
    } catch (error) {
      if (this.#life === life) await this.#giveUp(`it could not be set up: ${messageOf(error)}`);
    }
  }

  async stop(): Promise<void> {
    this.#undoPause?.();
    await this.#end('off', '');
  }

  /** Asks the plugin for something that it offers. */
  ask(name: 'act' | 'send' | 'request', key: string, value: unknown): Promise<unknown> {
    const life = this.#life;
    if (life === undefined || this.#state !== 'running') {
      const { id } = this.#ground.found.manifest;
      throw fail(
        'plugin-unavailable',
        `the plugin "${id}" is not running${this.#reason && `: ${this.#reason}`}`,
      );
    }
    const answer = life.process.link.call(name, { key, value });
    return within(this.#ground.house.clock, answerMs, answer, `${this.#ground.found.manifest.id}/${key}`);
  }

  /** While it is set up, those of its last life are in force. */
  #tellFunctions(): void {
    const { desk } = this;
    if (desk !== undefined && this.#state === 'running')
      this.#ground.offers([...desk.offers.functions.values()]);
  }

  get #log(): Logger {
    return this.#ground.house.log;
  }

  #erred(error: unknown): void {
    const plugin = this.#ground.found.manifest.id;
    this.#log.warn({ plugin, error: messageOf(error) }, 'a handler of a plugin failed');
    if (this.#errors.add())
      void this.#giveUp(`more than ${errorLimits.most} errors in a minute, the last: ${messageOf(error)}`);
  }

  #crashed(process: PluginProcess, reason: string): void {
    if (this.#life?.process !== process) return;
    const plugin = this.#ground.found.manifest.id;
    this.#log.warn({ plugin, reason }, 'the process of a plugin is gone');
    if (this.#crashes.add())
      return void this.#giveUp(`${crashLimits.most + 1} crashes in 10 minutes, the last: ${reason}`);
    void this.#end('waiting', reason).then(() => {
      if (this.#state !== 'waiting') return;
      this.#undoPause = this.#ground.house.clock.after(this.#pauseMs, () => void this.start());
      this.#pauseMs *= 2;
    });
  }

  async #giveUp(reason: string): Promise<void> {
    if (this.#state === 'failed' || this.#state === 'off') return;
    await this.#end('failed', reason);
    this.#log.error({ plugin: this.#ground.found.manifest.id, reason }, 'a plugin is switched off');
    this.#ground.gaveUp(reason);
  }

  /** The state is changed at once; its process may take a moment to end. */
  async #end(state: PluginState, reason: string): Promise<void> {
    const life = this.#life;
    this.#life = undefined;
    this.#state = state;
    this.#reason = reason;
    if (life === undefined) return;
    life.desk.close();
    await life.process.stop();
  }
}

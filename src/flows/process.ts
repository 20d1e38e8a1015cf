// One life of Node-RED's process: started, asked whether it still answers, stopped or ended.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Clock, Undo } from '../base/index.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { type Command, type RunnerOrder, type Told, told } from './messages.ts';

export interface Timing {
  /** How long it may not answer; longer when the machine does not let it compute. */
  readonly patienceMs: number;
  /** How long it may take until it listens. */
  readonly startMs: number;
  /** How long it may take to stop before it is killed. */
  readonly stopMs: number;
}

export interface ProcessGround {
  readonly order: RunnerOrder;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly timing: Timing;
  readonly clock: Clock;
  hear(message: Told): void;
  /** By itself, or because it did not answer. */
  ended(reason: string): void;
}

/** The entrance of the child, with the ending of this file: `.ts` from the sources, `.js` when built. */
const entrance = fileURLToPath(
  new URL(`./runner/main.${import.meta.url.split('.').at(-1)}`, import.meta.url),
);

/** Pings in a row without an answer that make a hang: several, so that a machine that slept is no reason. */
const mostMissed = 3;
/** So many times longer may it be silent when it hardly computes: the machine is busy, or it waits for a disk. */
const slowness = 5;
/** Of what it writes to standard error: shown when it ends. */
const longestLastWords = 2000;

export class RunnerProcess {
  readonly #ground: ProcessGround;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #isOver = false;
  #isReady = false;
  #missed = 0;
  /** Milliseconds that it had computed when it last answered. */
  #computed = 0;
  #lastWords = '';
  #undoBeat: Undo;

  constructor(ground: ProcessGround) {
    const { clock, environment, memoryMb, order, timing } = ground;
    this.#ground = ground;
    const child = fork(entrance, [], {
      env: environment,
      cwd: '/',
      execArgv: [`--max-old-space-size=${memoryMb}`, '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.#undoBeat = clock.after(timing.startMs, () =>
      this.#kill(`it did not listen after ${timing.startMs / 1000} s`),
    );
    child.on('message', (message) => this.#hear(message));
    child.stderr?.on('data', (bytes: Buffer) => {
      this.#lastWords = (this.#lastWords + bytes.toString()).slice(-longestLastWords);
    });
    child.on('error', (error) => this.#end(`its process cannot be started: ${error.message}`));
    this.#exited = new Promise((resolve) => {
      child.on('exit', (code, signal) => {
        resolve();
        this.#end(this.#reasonOf(code, signal));
      });
    });
    this.#send({ do: 'start', order });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when the process is gone. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#undoBeat();
    this.#send({ do: 'stop' });
    const { clock, timing } = this.#ground;
    const undo = clock.after(timing.stopMs, () => this.#child.kill('SIGKILL'));
    await this.#exited;
    undo();
  }

  #send(command: Command): void {
    if (this.#child.connected) this.#child.send(command, () => undefined);
  }

  #hear(message: unknown): void {
    const { data } = told.safeParse(message);
    if (data === undefined || this.#isOver) return;
    if (data.tell === 'pong') this.#answered();
    if (data.tell === 'fatal') this.#lastWords = data.message;
    if (data.tell === 'ready' && !this.#isReady) {
      this.#isReady = true;
      this.#undoBeat();
      this.#beat();
    }
    this.#ground.hear(data);
  }

  #beat(): void {
    const { clock, timing } = this.#ground;
    // It may fall silent right after an answer, which the first ping finds out one beat later.
    const everyMs = timing.patienceMs / (mostMissed + 2);
    if (this.#missed === 0) this.#send({ do: 'ping' });
    this.#missed++;
    this.#undoBeat = clock.after(everyMs, () => {
      const silentS = (this.#missed * everyMs) / 1000;
      if (this.#hangs()) this.#kill(`it did not answer for ${silentS} s: it hangs`);
      else this.#beat();
    });
  }

  #answered(): void {
    this.#missed = 0;
    this.#computed = cpuTimeOf(this.pid ?? 0) ?? 0;
  }

  #hangs(): boolean {
    if (this.#missed <= mostMissed) return false;
    if (this.#missed > mostMissed * slowness) return true;
    const computed = cpuTimeOf(this.pid ?? 0);
    return computed === undefined || computed - this.#computed > this.#ground.timing.patienceMs / 2;
  }

  #kill(reason: string): void {
    this.#child.kill('SIGKILL');
    this.#end(reason);
  }

  #reasonOf(code: number | null, signal: NodeJS.Signals | null): string {
    const words = this.#lastWords.trim().split('\n').slice(-12).join('\n');
    const isHeapFull = words.includes('heap out of memory') || signal === 'SIGABRT';
    // The words of that end are addresses of machine code.
    if (isHeapFull) return `it held more than ${this.#ground.memoryMb} MB`;
    const head = `its process ended (${signal ?? `code ${code}`})`;
    return words === '' ? head : `${head}: ${words}`;
  }

  #end(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#undoBeat();
    this.#ground.ended(reason);
  }
}

// A house with a thousand timers pending that is killed again and again, and what each timer said in the end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startHouse, type TestHouse } from '../support/house.ts';
import { Dice } from './random.ts';
import type { Stamp } from './stamp.ts';
import { Subscriber } from './subscriber.ts';
import { Armer, type Timer } from './timer-armer.ts';
import { everyRule, ruleOf, type TimerKind, timerKinds } from './timer-kinds.ts';
import { Losses } from './timer-loss.ts';
import { noTraceFigures, readTraces, type TraceFigures, TraceVerdict } from './timer-traces.ts';
import { graceMs, type Life, noTimerFigures, type TimerFigures, TimerVerdict } from './timer-verdict.ts';

/** All that was held back at a start goes out at once: more than a session keeps unless told to. */
const settings = 'rules: { breaker: { runs: 0 } }\nlimits: { maxQueuedMessages: 10000 }\n';
const life = { shortestMs: 50, longestMs: 1500 };
const due = { soonestMs: 1000, latestMs: 20_000 };
/** One life in so many outlasts the grace after a start, so that what is overdue fires under the next kill. */
const longLife = 5;
const drainMs = 60_000;
const tracesPerKind = 20;
/** With more of them nothing is left to come due in the last life, whose traces are read. */
const killsPerGeneration = 8;

export interface TimerKillOptions {
  readonly kills: number;
  readonly timers: number;
  readonly seed: number;
  readonly onGeneration?: (sofar: { readonly kills: number } & TimerFigures & TraceFigures) => void;
}

export interface TimerOutcome extends TimerFigures, TraceFigures {
  readonly kills: number;
  readonly startMs: readonly number[];
  readonly faults: readonly string[];
  /** What is known of those that were lost. */
  readonly notes: readonly string[];
}

/** `KIND N PART`, where the part is a number or `end`. */
function readSaid(payload: string): Stamp | undefined {
  const [kind, n, part] = payload.split(' ');
  return part === undefined ? undefined : { publisher: `${kind}.${part}`, seq: Number(n) };
}

function addTo<Figures extends TimerFigures | TraceFigures>(sum: Figures, more: Figures): void {
  for (const [name, count] of Object.entries(more)) Reflect.set(sum, name, Reflect.get(sum, name) + count);
}

export class TimerKills {
  readonly #options: TimerKillOptions;
  readonly #dice: Dice;
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'homerule-faults-'));
  readonly #armer = new Armer();
  readonly #listener = new Subscriber('timer-listener', 'timers/said', readSaid);
  readonly #figures = { ...noTimerFigures(), ...noTraceFigures() };
  readonly #faults: string[] = [];
  readonly #notes: string[] = [];
  readonly #lives: Life[] = [];
  #house: TestHouse | undefined;
  readonly #losses = new Losses();
  #kills = 0;
  #lastNumber = 0;

  constructor(options: TimerKillOptions) {
    this.#options = options;
    this.#dice = new Dice(options.seed);
  }

  async run(): Promise<TimerOutcome> {
    writeFileSync(join(this.#dataDir, 'homerule.yaml'), settings);
    const { kills, onGeneration } = this.#options;
    try {
      await this.#start();
      await this.#save(everyRule);
      for (const kind of timerKinds.filter(({ hasRows }) => !hasRows)) await this.#save(ruleOf(kind, []));
      while (this.#kills < kills) {
        await this.#generation(Math.min(killsPerGeneration, kills - this.#kills));
        onGeneration?.({ kills: this.#kills, ...this.#figures });
      }
    } catch (error) {
      this.#faults.push(error instanceof Error ? error.message : String(error));
      this.#faults.push(this.#house?.output().slice(-2000) ?? '');
    } finally {
      await this.#house?.kill();
      await this.#cut();
      rmSync(this.#dataDir, { recursive: true, force: true });
    }
    const startMs = this.#lives.map(({ spawnedAt, readyAt }) => readyAt - spawnedAt);
    const faults = [...this.#faults, ...this.#listener.faults];
    const notes = [...this.#notes, ...this.#losses.cameLater(this.#listener.receipts)];
    return { ...this.#figures, kills: this.#kills, startMs, faults, notes };
  }

  /** Timers are set, the house dies many times, all comes due, all is judged. */
  async #generation(kills: number): Promise<void> {
    const firstLife = this.#lives.length - 1;
    const firstReceipt = this.#listener.receipts.length;
    this.#armer.say('gate/open', '1');
    this.#armer.say('gate/closed', '1');
    const timers = await this.#set();
    let closedAt = Number.POSITIVE_INFINITY;
    for (let kill = 0; kill < kills; kill++) {
      const lifeMs = this.#lifeMs();
      await pause(lifeMs);
      // Records of runs are written every few seconds, or when somebody asks for them: else a kill takes them along.
      if (lifeMs > graceMs) await fetch(`${this.#house?.url}/api/v1/runs?limit=1`);
      await this.#kill();
      await this.#start();
      if (this.#armer.left > 0 || closedAt < Number.POSITIVE_INFINITY) continue;
      this.#armer.say('gate/closed', '0');
      await this.#armer.done(drainMs);
      closedAt = Date.now();
    }
    await this.#drain(timers);
    const receipts = this.#listener.receipts.slice(firstReceipt);
    const lives = this.#lives.slice(firstLife);
    const verdict = new TimerVerdict({ timers, receipts, lives, closedAt });
    addTo<TimerFigures>(this.#figures, verdict.figures);
    const traces = new TraceVerdict(timers, lives);
    for (const trace of await readTraces(this.#house?.url ?? '', tracesPerKind)) traces.judge(trace);
    addTo<TraceFigures>(this.#figures, traces.figures);
    this.#faults.push(...verdict.faults, ...traces.faults);
    this.#losses.keep(this.#house?.output() ?? '');
    const scene = { url: this.#house?.url ?? '', dataDir: this.#dataDir, receipts, lives };
    this.#notes.push(...(await this.#losses.explain(verdict.lost, scene, this.#listener.receipts.length)));
    const seconds = receipts.filter(({ publisher }) => publisher === 'every.1');
    if (seconds.length === 0) this.#faults.push('lost: nothing was said every second');
  }

  /** Numbers for every kind; those of rules with rows are set by saving the rule, the others by messages. */
  async #set(): Promise<Timer[]> {
    const perKind = Math.ceil(this.#options.timers / timerKinds.length);
    const timers: Timer[] = [];
    for (const kind of timerKinds) {
      const own = Array.from({ length: perKind }, (): Timer => {
        const ms = this.#dice.between(due.soonestMs, due.latestMs);
        return { kind: kind.name, n: ++this.#lastNumber, ms };
      });
      if (kind.hasRows) await this.#saveRows(kind, own);
      timers.push(...own);
    }
    const armed = timers.filter(({ kind }) => kind !== 'at');
    const keys = new Map(armed.map((timer) => [timer, this.#dice.next()]));
    this.#armer.arm([...armed].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0)));
    return timers;
  }

  async #saveRows(kind: TimerKind, timers: readonly Timer[]): Promise<void> {
    const now = Date.now();
    await this.#save(
      ruleOf(
        kind,
        timers.map(({ n, ms }) => ({ n: String(n), due: now + ms })),
      ),
    );
    const savedAt = Date.now();
    if (kind.waits !== 'schedule') return;
    for (const timer of timers) {
      timer.sentAt = now;
      if (now + timer.ms > savedAt) timer.ackedAt = now;
    }
  }

  async #save(rule: { readonly id: string }): Promise<void> {
    const answer = await fetch(`${this.#house?.url}/api/v1/rules/${rule.id}`, {
      method: 'PUT',
      headers: { 'content-type': 'text/yaml' },
      body: JSON.stringify(rule),
    });
    if (!answer.ok) throw new Error(`rule ${rule.id} was refused: ${await answer.text()}`);
  }

  #lifeMs(): number {
    const ms = this.#dice.between(life.shortestMs, life.longestMs);
    return this.#dice.between(1, longLife) === 1 ? graceMs + ms : ms;
  }

  async #start(): Promise<void> {
    const spawnedAt = Date.now();
    this.#house = await startHouse({ dataDir: this.#dataDir });
    this.#lives.push({ spawnedAt, readyAt: Date.now(), killedAt: Number.POSITIVE_INFINITY });
    await this.#listener.connect(this.#house.mqttPort);
    await this.#armer.connect(this.#house.mqttPort);
  }

  async #kill(): Promise<void> {
    await this.#house?.kill();
    this.#losses.keep(this.#house?.output() ?? '');
    const last = this.#lives.at(-1);
    if (last !== undefined) last.killedAt = Date.now();
    this.#kills++;
    await this.#cut();
  }

  async #cut(): Promise<void> {
    await this.#listener.cut();
    await this.#armer.cut();
  }

  /** Until nothing waits any more and everything that was said has come. */
  async #drain(timers: readonly Timer[]): Promise<void> {
    await this.#armer.done(drainMs);
    const lastDue = Math.max(...timers.map(({ sentAt = 0, ms }) => sentAt + ms));
    await pause(Math.max(0, lastDue - Date.now()));
    const signal = AbortSignal.timeout(drainMs);
    let pending = await this.#pending();
    for (; pending > 0 && !signal.aborted; pending = await this.#pending()) await pause(250);
    if (pending > 0)
      this.#faults.push(`${pending} timers still wait ${drainMs / 1000} s after the last was due`);
    // What was said last has left the house when a second has passed in it.
    const from = Date.now() + graceMs;
    const isOver = (): boolean => (this.#listener.receipts.at(-1)?.at ?? 0) > from;
    await this.#listener.until(isOver, drainMs);
    await this.#listener.settled();
  }

  /** Timers of runs and triggers; what is scheduled always is. */
  async #pending(): Promise<number> {
    const answer = await fetch(`${this.#house?.url}/api/v1/timers`);
    const { items } = (await answer.json()) as { items: { kind: string }[] };
    return items.filter(({ kind }) => kind !== 'schedule').length;
  }
}

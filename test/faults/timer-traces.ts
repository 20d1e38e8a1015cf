// Reads the records of runs that had a timer: what was late, let go or unobserved must say so.
import type { RunView } from '../../src/api/index.ts';
import type { Timer } from './timer-armer.ts';
import { type TimerKind, timerKinds } from './timer-kinds.ts';
import type { Life } from './timer-verdict.ts';

export interface TraceFigures {
  traces: number;
  late: number;
  overdue: number;
  /** Holds that say for how long nobody looked. */
  gaps: number;
  /** Late, let go or unobserved without a word. */
  silent: number;
}

export const noTraceFigures = (): TraceFigures => ({ traces: 0, late: 0, overdue: 0, gaps: 0, silent: 0 });

/** From here on the house calls it late. */
const lateMs = 1000;
const toleranceMs = 50;

async function read<View>(url: string): Promise<View> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${await answer.text()}`);
  return (await answer.json()) as View;
}

/** The latest traces of every kind of timer. */
export async function readTraces(url: string, perKind: number): Promise<RunView[]> {
  const traces: RunView[] = [];
  for (const { name } of timerKinds) {
    const list = `${url}/api/v1/rules/timers-${name}/runs?limit=${perKind}`;
    const { items } = await read<{ items: { id: string }[] }>(list);
    for (const { id } of items) traces.push(await read<RunView>(`${url}/api/v1/runs/${id}`));
  }
  return traces;
}

export class TraceVerdict {
  readonly figures = noTraceFigures();
  readonly faults: string[] = [];
  readonly #timers: ReadonlyMap<string, Timer>;
  readonly #lives: readonly Life[];

  constructor(timers: readonly Timer[], lives: readonly Life[]) {
    this.#timers = new Map(timers.map((timer) => [`${timer.kind} ${timer.n}`, timer]));
    this.#lives = lives;
  }

  judge(trace: RunView): void {
    const kind = timerKinds.find(({ name }) => `timers-${name}` === trace.rule);
    const timer = this.#timers.get(`${kind?.name} ${String(trace.trigger.params?.['n'])}`);
    if (kind === undefined || timer === undefined) return;
    this.figures.traces++;
    if (trace.reason === 'overdue') this.figures.overdue++;
    if (kind.waits === 'run') this.#run(kind, timer, trace);
    if (kind.waits === 'hold') this.#hold(timer, trace);
  }

  #blame(trace: RunView, what: string): void {
    this.figures.silent++;
    this.faults.push(`${what}: ${JSON.stringify(trace)}`);
  }

  #run({ name, shares }: TimerKind, { ms }: Timer, trace: RunView): void {
    for (const step of trace.steps) {
      if (step.verb !== 'delay' && step.verb !== 'wait') continue;
      const share = name === 'repeat' ? 1 / 3 : (shares[(step.branch ?? 1) - 1] ?? 1);
      const byMs = step.durationMs - ms * share;
      const isSaid = /^(late|overdue) /.test(step.result ?? '');
      if (isSaid) this.figures.late++;
      if (isSaid ? byMs < lateMs - toleranceMs : byMs > lateMs + toleranceMs)
        this.#blame(trace, `${step.path} is late by ${byMs} ms and says "${step.result}"`);
    }
  }

  #hold({ sentAt, ackedAt, ms }: Timer, trace: RunView): void {
    const { lateMs: late, unobservedMs, at } = trace.trigger;
    if (late !== undefined) this.figures.late++;
    if (unobservedMs !== undefined) this.figures.gaps++;
    if (sentAt === undefined || ackedAt === undefined) return;
    if (late === undefined && at - (ackedAt + ms) > lateMs + toleranceMs)
      this.#blame(trace, 'a hold fired late and does not say so');
    const isGap = this.#lives.some(({ spawnedAt }, index) => {
      const killedAt = this.#lives[index - 1]?.killedAt ?? Number.NEGATIVE_INFINITY;
      return ackedAt < killedAt && spawnedAt < sentAt + ms;
    });
    if (isGap && unobservedMs === undefined)
      this.#blame(trace, 'nobody looked for a while, and the hold does not say so');
  }
}

// What a wait holds: what its watches saw and must go on for a while, and the times of day that it waits for.
import type { Timestamp } from '../../base/index.ts';
import type { Watch } from '../compile/plan.ts';
import { isCarried, wentOver } from '../model/clock-step.ts';
import { enter } from './advance.ts';
import { decide } from './decide.ts';
import { RunError } from './evaluate.ts';
import type { Run } from './run.ts';
import type { HeldWatch, Thread, ThreadWait } from './thread.ts';
import type { RestoreTimes } from './trigger-memory.ts';
import { bareWake, unpackWake, type Wake } from './wake.ts';

/** Of one wait; one more fails it. */
const maxHolds = 1000;

/** One of those that a wait holds: by watch, and by what it is about. */
type HeldPlace = Pick<HeldWatch, 'index' | 'about'>;

function isAt({ index, about }: HeldPlace, place: HeldPlace): boolean {
  return index === place.index && about === place.about;
}

export function findHeld({ held }: ThreadWait, place: HeldPlace): HeldWatch | undefined {
  return held.find((each) => isAt(each, place));
}

export function withoutHeld(wait: ThreadWait, place: HeldPlace): ThreadWait {
  return { ...wait, held: wait.held.filter((each) => !isAt(each, place)) };
}

/** In place of what was held there. Throws RunError. */
export function withHeld(wait: ThreadWait, held: HeldWatch): ThreadWait {
  const others = withoutHeld(wait, held);
  if (others.held.length >= maxHolds)
    throw new RunError('too-many-holds', `a wait holds ${maxHolds} topics or devices at the most`, {
      path: 'wait',
      params: { limit: String(maxHolds) },
    });
  return { ...others, held: [...others.held, held] };
}

function watchOf(run: Run, thread: Thread, { index }: HeldPlace): Watch | undefined {
  return run.rule.plan.instructions[thread.pc]?.watches[index];
}

export function wakeOfHeld({ wake }: HeldWatch): Wake | undefined {
  return wake && unpackWake(wake);
}

/** What becomes of a wait when something has held long enough: it is over, or goes on. Throws RunError. */
export function afterHeld(
  held: HeldWatch,
  { run, thread, wait }: { readonly run: Run; readonly thread: Thread; readonly wait: ThreadWait },
  at: Timestamp,
): ThreadWait | 'over' {
  const watch = watchOf(run, thread, held);
  if (watch?.kind !== 'trigger' || watch.when === undefined) return 'over';
  run.bindings.at = at;
  enter(thread, run);
  const wake = wakeOfHeld(held) ?? bareWake(at, run.wake.seq);
  const frame = { scope: run.bindings.arriving(wake), record: undefined };
  if (decide(watch.when, frame) === 'pass') return 'over';
  const { source } = watch;
  const due = source.on === 'schedule' ? source.next(at, run.bindings) : undefined;
  return due === undefined ? withoutHeld(wait, held) : withHeld(wait, { ...held, since: at, due });
}

/** After an outage: what was held goes on, or begins anew where its trigger says so. */
export function heldAgain(run: Run, times: RestoreTimes): void {
  for (const thread of run.threads) {
    const { wait } = thread;
    if (wait === undefined || wait.held.length === 0) continue;
    thread.wait = { ...wait, held: wait.held.map((held) => again(held, watchOf(run, thread, held), times)) };
  }
}

function again(
  held: HeldWatch,
  watch: Watch | undefined,
  { now, stoppedAt }: Pick<RestoreTimes, 'now' | 'stoppedAt'>,
): HeldWatch {
  const source = watch?.kind === 'trigger' ? watch.source : undefined;
  if (source?.on === 'schedule') return held;
  const { since, due, unobservedMs = 0 } = held;
  const gap = source !== undefined && 'hold' in source ? source.hold?.gap : undefined;
  if (gap === 'reset') return { ...held, since: now, due: now + due - since, unobservedMs: 0 };
  return { ...held, unobservedMs: unobservedMs + Math.max(0, now - Math.max(stoppedAt, since)) };
}

/** The wall clock was set: what is left of a wait stays, and a time of day is the one that the clock shows. */
export function movedWait(
  wait: ThreadWait,
  { run, thread }: { readonly run: Run; readonly thread: Thread },
  { at, stepMs }: { readonly at: Timestamp; readonly stepMs: number },
): ThreadWait {
  if (!isCarried(wait.since, at, stepMs)) return wait;
  const move = (held: HeldWatch): HeldWatch => {
    const watch = watchOf(run, thread, held);
    if (watch?.kind !== 'trigger' || watch.source.on !== 'schedule')
      return { ...held, since: held.since + stepMs, due: held.due + stepMs };
    if (wentOver(stepMs)) return held;
    run.bindings.at = at;
    enter(thread, run);
    return { ...held, due: watch.source.next(at, run.bindings) ?? held.due };
  };
  return {
    ...wait,
    since: wait.since + stepMs,
    due: wait.due === undefined ? undefined : wait.due + stepMs,
    held: wait.held.map(move),
  };
}

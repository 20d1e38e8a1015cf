// Going on with a run until it waits or ends. Instructions decide; what they want done goes to the hooks.
import type { Timestamp } from '../../base/index.ts';
import type { Instruction, Next, Publish } from '../compile/plan.ts';
import { shown, shownText } from '../trace/shown.ts';
import type { RunStatus, TraceEffect, TraceExpression } from '../trace/trace.ts';
import { RunError, traceErrorOf } from './evaluate.ts';
import type { Run } from './run.ts';

/** Where the effects of a run go. */
export interface Effects {
  publish(run: Run, message: Publish): TraceEffect;
  log(run: Run, text: string): TraceEffect;
}

/** Instructions in one go; a loop without a wait ends here instead of stopping the house. */
const maxInstructions = 10_000;

interface Turn {
  readonly run: Run;
  readonly at: Timestamp;
  readonly effects: Effects;
}

/** What one instruction did, gathered for its step in the trace. */
interface Notes {
  readonly effects: TraceEffect[];
  readonly record: TraceExpression[] | undefined;
  changed: Record<string, unknown> | undefined;
  result: string | undefined;
}

function execute(instruction: Instruction, turn: Turn, notes: Notes): Next {
  const { run, at } = turn;
  run.bindings.seedFor(run.pc);
  return instruction.execute({
    frame: { scope: run.bindings, record: notes.record },
    at,
    setVariable(name, value) {
      run.bindings.set(name, value);
      notes.changed ??= {};
      notes.changed[name] = shown(value);
    },
    publish: (message) => void notes.effects.push(turn.effects.publish(run, message)),
    log: (text) => void notes.effects.push(turn.effects.log(run, text)),
    note(result) {
      notes.result = shownText(result);
    },
  });
}

function addStep(instruction: Instruction, turn: Turn, notes: Notes, error?: unknown): void {
  if (instruction.verb === 'jump' || instruction.verb === 'end') return;
  turn.run.addStep({
    path: instruction.path,
    verb: instruction.verb,
    at: turn.at,
    durationMs: 0,
    ...(instruction.id !== undefined && { id: instruction.id }),
    ...(notes.result !== undefined && { result: notes.result }),
    ...(notes.record !== undefined && notes.record.length > 0 && { expressions: notes.record }),
    ...(notes.effects.length > 0 && { effects: notes.effects }),
    ...(notes.changed !== undefined && { changed: notes.changed }),
    ...(error !== undefined && { error: traceErrorOf(error, instruction.path) }),
  });
}

/** Applies the error policy; true when the run goes on. */
function goesOnAfter(error: unknown, instruction: Instruction, run: Run): boolean {
  const { onError } = instruction;
  const traced = traceErrorOf(error, instruction.path);
  run.bindings.set('error', traced);
  if (run.ending === undefined) run.error = traced; // one of finally does not hide why the run ended
  if (onError === 'stop') return false;
  run.pc = onError === 'continue' ? instruction.behind.at : onError.at;
  return true;
}

function beginWait(next: Next & { readonly do: 'wait' }, turn: Turn): void {
  const { run, at } = turn;
  run.pc += 1;
  run.waiting = { since: at, due: at + next.for, for: next.for, overdue: next.overdue };
  run.status = 'waiting';
}

/** Ends the run, by way of `finally` when there is one that has not begun and the ending allows it. */
export function endRun(run: Run, status: RunStatus, reason: string | undefined, at: Timestamp): void {
  run.waiting = undefined;
  const { instructions, finallyAt } = run.rule.plan;
  if (
    run.ending === undefined &&
    status !== 'superseded' &&
    !run.isQueued &&
    finallyAt < instructions.length
  ) {
    run.ending = { status, reason };
    run.pc = finallyAt;
    run.status = 'running';
    return;
  }
  run.status = run.ending?.status ?? status;
  run.reason = run.ending?.reason ?? reason;
  run.endedAt = at;
}

/** `fail`, in the words of the document; behind a handler the error that it was for stands. */
function failBy(next: Next & { readonly do: 'end' }, instruction: Instruction, run: Run): void {
  if (run.ending !== undefined || next.keepsError === true) return;
  run.error = { code: 'failed', message: shownText(next.reason), path: instruction.path };
  run.bindings.set('error', run.error);
}

/** One instruction; afterwards the run stands at the next one, waits, or has ended. */
function turnOnce(instruction: Instruction, turn: Turn): void {
  const { run, at } = turn;
  const notes: Notes = {
    effects: [],
    record: run.isThin ? undefined : [],
    changed: undefined,
    result: undefined,
  };
  let next: Next;
  try {
    next = execute(instruction, turn, notes);
  } catch (error) {
    addStep(instruction, turn, notes, error);
    if (!goesOnAfter(error, instruction, run)) endRun(run, 'failed', run.error?.code, at);
    return;
  }
  if (next?.do !== 'wait') addStep(instruction, turn, notes);
  if (next === undefined) run.pc += 1;
  else if (next.do === 'jump') run.pc = next.to.at;
  else if (next.do === 'wait') beginWait(next, turn);
  else {
    if (next.outcome === 'failed') failBy(next, instruction, run);
    endRun(run, next.outcome, shownText(next.reason), at);
  }
}

/** Goes on until the run waits or has ended. */
export function advance(run: Run, at: Timestamp, effects: Effects): void {
  const { instructions, finallyAt } = run.rule.plan;
  const turn = { run, at, effects };
  run.status = 'running';
  run.pc = Math.max(0, run.pc);
  run.bindings.at = at;
  for (let count = 0; run.status === 'running'; count++) {
    const instruction = instructions[run.pc];
    const isMainDone = run.ending === undefined && run.pc >= finallyAt;
    if (instruction === undefined || isMainDone) endRun(run, 'finished', undefined, at);
    else if (count < maxInstructions) turnOnce(instruction, turn);
    else {
      run.ending ??= { status: 'failed', reason: 'too-many-steps' };
      run.error = traceErrorOf(
        new RunError('too-many-steps', `more than ${maxInstructions} steps without a wait`, {
          path: instruction.path,
        }),
        instruction.path,
      );
      endRun(run, 'failed', 'too-many-steps', at);
    }
  }
}

/** The step of a wait that is over, whatever ended it. */
export function addWaitStep(run: Run, at: Timestamp, result: string): void {
  const { waiting } = run;
  const instruction = run.rule.plan.instructions[run.pc - 1];
  if (waiting === undefined || instruction === undefined) return;
  const { path, verb, id } = instruction;
  run.addStep({
    path,
    verb,
    at: waiting.since,
    durationMs: at - waiting.since,
    result,
    ...(id !== undefined && { id }),
  });
  run.waiting = undefined;
}

// One execution of a rule: branches in its plan, its variables and what happened so far. Serialisable at any wait, see
// packed-run.ts.
import type { Timestamp } from '../../base/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import { longestSteps, shown, shownFields, stepWeight, thinStep } from '../trace/shown.ts';
import {
  type LateTrace,
  type RunStatus,
  readyTrace,
  type Trace,
  type TraceError,
  type TraceExpression,
  type TraceStep,
} from '../trace/trace.ts';
import type { Bindings } from './bindings.ts';
import { dueOf, newThread, type Thread } from './thread.ts';
import { isSmallWake, traceTriggerOf, type Wake } from './wake.ts';

const maxSteps = 300;

export interface RunParts {
  readonly rule: CompiledRule;
  readonly key: string;
  readonly bindings: Bindings;
  readonly conditions: readonly TraceExpression[];
  readonly when: TraceExpression | undefined;
  /** Sub-expression values are recorded. */
  readonly isRecorded: boolean;
}

export class Run {
  readonly id: string;
  readonly rule: CompiledRule;
  readonly key: string;
  readonly bindings: Bindings;
  readonly when: TraceExpression | undefined;
  readonly isRecorded: boolean;
  /** The call that the end of the run answers. */
  readonly answers: string | undefined;
  conditions: readonly TraceExpression[];
  steps: TraceStep[] = [];
  status: RunStatus = 'running';
  reason: string | undefined;
  error: TraceError | undefined;
  /** What `stop` gave. */
  result: unknown;
  /** Branches that have not ended, the main one first. Queued: it stands at -1. */
  threads: Thread[] = [newThread(0, -1)];
  nextThread = 1;
  /** The branch whose own bindings are in force. */
  current: Thread | undefined;
  endedAt: Timestamp | undefined;
  /** Values were left out of the trace. */
  isThin: boolean;
  #room = longestSteps;
  /** What led to `finally`: the ending that stands behind it. */
  ending: { readonly status: RunStatus; readonly reason: string | undefined } | undefined;

  constructor(id: string, parts: RunParts, answers?: string) {
    this.id = id;
    this.rule = parts.rule;
    this.key = parts.key;
    this.bindings = parts.bindings;
    this.conditions = parts.conditions;
    this.when = parts.when;
    this.isRecorded = parts.isRecorded;
    this.answers = answers;
    this.isThin = !parts.isRecorded;
    this.bindings.become(id);
  }

  get wake(): Wake {
    return this.bindings.wake;
  }

  get isQueued(): boolean {
    return this.threads[0]?.pc === -1;
  }

  find(thread: number): Thread | undefined {
    return this.threads.find((each) => each.number === thread);
  }

  /** The earliest time that does something to it. */
  get due(): Timestamp | undefined {
    const times = this.threads.map((thread) => dueOf(thread.wait)).filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Values beyond the room of a trace are left out, then whole steps. */
  addStep(step: TraceStep): void {
    if (this.steps.length > maxSteps) return;
    if (this.steps.length === maxSteps) {
      const { path, verb, at } = step;
      this.steps.push({
        path,
        verb,
        at,
        durationMs: 0,
        result: 'this step and those behind it were left out',
      });
      return;
    }
    this.#room -= stepWeight(step);
    if (this.#room < 0) this.isThin = true;
    this.steps.push(this.#room < 0 ? thinStep(step) : step);
  }
}

/** Whether nothing that may be large hangs on the run, so that its trace can be made later. */
function isSmall({ rule, result, wake }: Run): boolean {
  return rule.names.variables.length === 0 && result === undefined && isSmallWake(wake);
}

/** A run that has ended, or waits: told to many who seldom want to know. */
export function lateTraceOf(run: Run): LateTrace {
  if (run.endedAt === undefined || !isSmall(run)) return readyTrace(traceOf(run));
  const { id, rule, wake, status, endedAt, reason } = run;
  wake.payload?.detach();
  const { version } = rule;
  const { verb, topic } = wake;
  const key = run.key === '' ? undefined : run.key;
  const trigger = { verb, topic };
  const head = {
    id,
    rule: rule.id,
    version,
    at: wake.at,
    status,
    endedAt,
    reason,
    key,
    trigger,
    due: undefined,
  };
  return { head, read: () => traceOf(run) };
}

/** The run as it stands, for the store and for people. */
export function traceOf(run: Run): Trace {
  const variables = shownFields(run.bindings.variables());
  const { due } = run;
  return {
    id: run.id,
    rule: run.rule.id,
    version: run.rule.version,
    at: run.wake.at,
    status: run.status,
    trigger: traceTriggerOf(run.wake),
    conditions: run.conditions,
    steps: [...run.steps],
    ...(run.when !== undefined && { when: run.when }),
    ...(Object.keys(variables).length > 0 && { variables }),
    ...(run.key !== '' && { key: run.key }),
    ...(run.reason !== undefined && { reason: run.reason }),
    ...(run.error !== undefined && { error: run.error }),
    ...(run.result !== undefined && { result: shown(run.result) }),
    ...(run.endedAt !== undefined && { endedAt: run.endedAt }),
    ...(due !== undefined && { due }),
    ...(run.isThin && { thin: true }),
  };
}

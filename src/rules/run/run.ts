// One execution of a rule: a cursor over its plan, its variables and what happened so far. Serialisable at any wait.
import type { Duration, Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { Overdue } from '../compile/plan.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { RunRow } from '../ports.ts';
import { longestSteps, shownFields, thinStep, weightOf } from '../trace/shown.ts';
import type { RunStatus, Trace, TraceError, TraceExpression, TraceStep } from '../trace/trace.ts';
import { Bindings } from './bindings.ts';
import { packWake, traceTriggerOf, unpackWake, type Wake } from './wake.ts';

/** The form of `RunRow.state`. Raise it with a migration in `unpackRun` whenever it changes. */
const rowFormat = 1;
const maxSteps = 300;

/** A wait that was begun. */
export interface Waiting {
  readonly due: Timestamp;
  readonly since: Timestamp;
  readonly for: Duration;
  readonly overdue: Overdue | undefined;
}

export interface RunParts {
  readonly id: string;
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
  conditions: readonly TraceExpression[];
  steps: TraceStep[] = [];
  status: RunStatus = 'running';
  reason: string | undefined;
  error: TraceError | undefined;
  /** Next instruction. -1: queued, not begun. */
  pc = -1;
  waiting: Waiting | undefined;
  endedAt: Timestamp | undefined;
  /** Values were left out of the trace. */
  isThin: boolean;
  #room = longestSteps;
  /** What led to `finally`: the ending that stands behind it. */
  ending: { readonly status: RunStatus; readonly reason: string | undefined } | undefined;

  constructor(parts: RunParts) {
    this.id = parts.id;
    this.rule = parts.rule;
    this.key = parts.key;
    this.bindings = parts.bindings;
    this.conditions = parts.conditions;
    this.when = parts.when;
    this.isRecorded = parts.isRecorded;
    this.isThin = !parts.isRecorded;
    this.bindings.become(parts.id);
  }

  get wake(): Wake {
    return this.bindings.wake;
  }

  get isQueued(): boolean {
    return this.pc < 0;
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
    this.#room -= weightOf(step, longestSteps);
    if (this.#room < 0) this.isThin = true;
    this.steps.push(this.#room < 0 ? thinStep(step) : step);
  }
}

/** The run as it stands, for the store and for people. */
export function traceOf(run: Run): Trace {
  const variables = shownFields(run.bindings.variables());
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
    ...(run.endedAt !== undefined && { endedAt: run.endedAt }),
    ...(run.waiting !== undefined && { due: run.waiting.due }),
    ...(run.isThin && { thin: true }),
  };
}

/** What a suspended run keeps; the same shape is read back by `unpackRun`. */
interface PackedRun {
  readonly format: number;
  readonly key: string;
  readonly pc: number;
  readonly wake: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly steps: readonly TraceStep[];
  readonly conditions: readonly TraceExpression[];
  readonly when: TraceExpression | null;
  readonly waiting: Waiting | null;
  readonly ending: Run['ending'] | null;
  readonly error: TraceError | null;
  readonly isRecorded: boolean;
}

export function packRun(run: Run): RunRow {
  const packed: PackedRun = {
    format: rowFormat,
    key: run.key,
    pc: run.pc,
    wake: packWake(run.wake),
    variables: run.bindings.variables(),
    steps: run.steps,
    conditions: run.conditions,
    when: run.when ?? null,
    waiting: run.waiting ?? null,
    ending: run.ending ?? null,
    error: run.error ?? null,
    isRecorded: !run.isThin,
  };
  const { id, rule, waiting } = run;
  return {
    id,
    rule: rule.id,
    version: rule.version,
    due: waiting?.due ?? null,
    state: JSON.stringify(packed),
  };
}

/** A run as the last process left it; throws when the row is of a format that is not known. */
export function unpackRun(row: RunRow, rule: CompiledRule, home: HomeView): Run {
  const packed = JSON.parse(row.state) as PackedRun;
  if (packed.format !== rowFormat)
    throw new Error(`run ${row.id} has format ${packed.format}, known is ${rowFormat}`);
  const bindings = new Bindings(rule, unpackWake(packed.wake as Parameters<typeof unpackWake>[0]), home);
  for (const [name, value] of Object.entries(packed.variables)) bindings.set(name, value);
  const { key, conditions, when, isRecorded } = packed;
  const run = new Run({ id: row.id, rule, key, bindings, conditions, when: when ?? undefined, isRecorded });
  for (const step of packed.steps) run.addStep(step);
  run.pc = packed.pc;
  run.waiting = packed.waiting ?? undefined;
  run.ending = packed.ending ?? undefined;
  run.error = packed.error ?? undefined;
  if (run.error !== undefined) bindings.set('error', run.error);
  run.status = 'waiting';
  if (run.isQueued) run.reason = 'queued';
  return run;
}

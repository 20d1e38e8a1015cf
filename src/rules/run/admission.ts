// From a wake-up to a run, or to the reason why there is none: when, variables, conditions, key, limit, mode.
import type { Ids, Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { CompiledRule } from '../compile/rule.ts';
import { shownFields } from '../trace/shown.ts';
import {
  type LateTrace,
  type RunStatus,
  readyTrace,
  type TraceError,
  type TraceExpression,
} from '../trace/trace.ts';
import type { Trigger } from '../triggers/kind.ts';
import { Bindings } from './bindings.ts';
import { decide } from './decide.ts';
import { evaluateValue, type Frame, RunError, textOf, traceErrorOf } from './evaluate.ts';
import { failingConditions } from './failing-conditions.ts';
import type { RuleState } from './rule-state.ts';
import { setVariables } from './rule-variables.ts';
import type { Run } from './run.ts';
import { traceTriggerOf, type Wake } from './wake.ts';

const longestKey = 500;

/** A wake-up that passed everything; its run may begin. */
export interface Admitted {
  readonly state: RuleState;
  readonly rule: CompiledRule;
  readonly bindings: Bindings;
  readonly key: string;
  readonly when: TraceExpression | undefined;
  readonly conditions: readonly TraceExpression[];
  readonly isRecorded: boolean;
}

/** One way in which a rule was woken; a message may wake it in several. */
export interface WakeUp {
  readonly wake: Wake;
  readonly when: Condition | undefined;
  /** The row of `each`: a rule is woken once for every row. */
  readonly row?: Trigger['row'];
}

export interface AdmitOptions {
  readonly skipConditions?: boolean;
  /** The id that the run, or the trace of the refusal, is to have. */
  readonly id?: string | undefined;
}

export interface AdmissionHouse {
  readonly home: HomeView;
  readonly ids: Ids;
  trace(trace: LateTrace, state: RuleState): void;
  /** Whether anybody wants to see what became no run, errors aside. */
  readonly tracesRefusals: boolean;
  /** See EngineOptions. */
  readonly tracesFailing?: boolean | undefined;
  readonly tracesEach?: ((at: Timestamp) => boolean) | undefined;
}

interface Attempt {
  readonly state: RuleState;
  readonly rule: CompiledRule;
  readonly bindings: Bindings;
  readonly when: Condition | undefined;
  readonly options: AdmitOptions;
}

interface Refusal {
  readonly status: RunStatus;
  /** When it is known by then. */
  readonly key?: string;
  readonly reason?: string;
  readonly error?: TraceError;
}

const unrecorded: Pick<Admitted, 'when' | 'conditions'> = { when: undefined, conditions: [] };

/** Whether conditions let the run pass; evaluated without a record first, because most wake-ups fail here. */
function passes(attempt: Attempt, frame: Frame): boolean {
  const { rule, options } = attempt;
  if (options.skipConditions === true || rule.condition === undefined) return true;
  return decide(rule.condition, frame) === 'pass';
}

/** Keys are kept for as long as their runs, so a payload may not become one by accident. */
function keyOf(rule: CompiledRule, frame: Frame): string {
  if (rule.key === undefined) return '';
  const key = textOf(evaluateValue(rule.key, frame), 'key');
  if (key.length <= longestKey) return key;
  throw new RunError('bad-key', `the key has ${key.length} characters, the most is ${longestKey}`, {
    path: 'key',
    params: { count: String(key.length), limit: String(longestKey) },
  });
}

/** The same decision again, with the values that decided. Pure, so it comes to the same. */
function recorded(condition: Condition | undefined, bindings: Bindings): TraceExpression[] {
  const record: TraceExpression[] = [];
  if (condition === undefined) return record;
  try {
    decide(condition, { scope: bindings, record });
  } catch {
    return record; // the error stands in the record's own entry
  }
  return record;
}

export class Admission {
  readonly #house: AdmissionHouse;

  constructor(house: AdmissionHouse) {
    this.#house = house;
  }

  /** The first wake-up whose `when` passes counts; a rule is woken once per input. */
  // hot: test/bench/engine.ts
  admit(state: RuleState, wakeUps: readonly WakeUp[], options: AdmitOptions = {}): Admitted | undefined {
    const { rule } = state;
    let rejected: Attempt | undefined;
    for (const { wake, when } of wakeUps) {
      if (state.breaker.stateAt(wake.at) === 'open') return this.refuseUnseen(state, wake, 'breaker');
      const attempt = {
        state,
        rule,
        options,
        when,
        bindings: new Bindings(rule, wake, this.#house.home),
      };
      try {
        if (when === undefined || decide(when, { scope: attempt.bindings, record: undefined }) === 'pass')
          return this.#pass(attempt);
      } catch (error) {
        return this.#refuse(attempt, { status: 'failed', error: traceErrorOf(error, '') });
      }
      rejected ??= attempt;
    }
    return rejected && this.#refuse(rejected, { status: 'conditions-failed', reason: 'when' });
  }

  /** Whether the conditions of a run still hold, for the queue and for overdue timers; an error does not. */
  recheck(run: Run, at: Timestamp): boolean {
    const { bindings, isRecorded } = run;
    const { condition } = run.rule;
    bindings.at = at;
    bindings.seedFor('wake-up');
    if (isRecorded) run.conditions = recorded(condition, bindings);
    try {
      return condition === undefined || decide(condition, { scope: bindings, record: undefined }) === 'pass';
    } catch {
      return false; // an error at this point is a reason not to act
    }
  }

  /**
   * Without a look at conditions: the breaker is open, a schedule's time passed while the machine slept, or what was
   * held came due while the house was down.
   */
  refuseUnseen(state: RuleState, wake: Wake, reason: 'breaker' | 'missed' | 'overdue'): undefined {
    const { rule } = state;
    const bindings = new Bindings(rule, wake, this.#house.home);
    return this.#refuse(
      { state, rule, bindings, when: undefined, options: { skipConditions: true } },
      { status: 'refused', reason },
    );
  }

  /** The condition of a trigger could not be decided. */
  failUnseen(state: RuleState, wake: Wake, error: unknown): undefined {
    const { rule } = state;
    const bindings = new Bindings(rule, wake, this.#house.home);
    return this.#refuse(
      { state, rule, bindings, when: undefined, options: { skipConditions: true } },
      { status: 'failed', error: traceErrorOf(error, '') },
    );
  }

  #pass(attempt: Attempt): Admitted | undefined {
    const { state, rule, bindings } = attempt;
    const frame = { scope: bindings, record: undefined };
    setVariables(rule.variables, bindings);
    if (!passes(attempt, frame)) return this.#refuse(attempt, { status: 'conditions-failed' });
    const key = keyOf(rule, frame);
    const { at } = bindings.wake;
    const reason = this.#refusalOf(state, key, at);
    if (reason !== undefined) return this.#refuse(attempt, { status: 'refused', key, reason });
    const isRecorded = state.takeRecording(at);
    const { when, conditions } = this.#record(attempt, isRecorded);
    return { state, rule, bindings, key, when, conditions, isRecorded };
  }

  #record(attempt: Attempt, isRecorded: boolean): Pick<Admitted, 'when' | 'conditions'> {
    if (!isRecorded) return unrecorded;
    const { rule, bindings, options, when } = attempt;
    const conditions = options.skipConditions === true ? [] : recorded(rule.condition, bindings);
    return { when: recorded(when, bindings)[0], conditions };
  }

  /** Against the runs as they are now; mode `restart` never refuses. Only what is admitted counts for `limit`. */
  #refusalOf(state: RuleState, key: string, at: Timestamp): string | undefined {
    if (!state.isWithinLimit(key, at)) return 'limit';
    const active = state.runsOf(key).length;
    const { mode, max } = state.rule;
    if (active > 0 && mode === 'single') return 'single';
    if (active >= max && (mode === 'queued' || mode === 'parallel')) return 'max';
    if (!state.breaker.take(at)) return 'breaker';
    state.countStart(key, at);
    return undefined;
  }

  /** Counts what became no run and leaves a trace of it, at most once per second and outcome. */
  #refuse(attempt: Attempt, refusal: Refusal): undefined {
    const { state, rule, bindings, options } = attempt;
    const { wake } = bindings;
    state.count(refusal.status);
    const isAsked = options.id !== undefined;
    const isTold = isAsked || this.#house.tracesEach?.(wake.at) === true;
    if (!isTold && !state.takeNonRunTrace(refusal.status, wake.at)) return undefined;
    if (!isAsked && !this.#house.tracesRefusals && refusal.status !== 'failed') return undefined;
    const { status, key = '', reason, error } = refusal;
    const when = recorded(attempt.when, bindings)[0];
    const variables = shownFields(bindings.variables());
    const isFailing = this.#house.tracesFailing === true && options.skipConditions !== true;
    this.#house.trace(
      readyTrace({
        id: options.id ?? this.#house.ids.next(),
        rule: rule.id,
        version: rule.version,
        at: wake.at,
        endedAt: wake.at,
        status,
        trigger: traceTriggerOf(wake),
        conditions:
          reason === 'when' || options.skipConditions === true ? [] : recorded(rule.condition, bindings),
        steps: [],
        ...(when !== undefined && { when }),
        ...(Object.keys(variables).length > 0 && { variables }),
        ...(key !== '' && { key }),
        ...(reason !== undefined && { reason }),
        ...(error !== undefined && { error }),
        ...(isFailing && { failing: failingConditions(rule, attempt.when, bindings) }),
      }),
      state,
    );
    return undefined;
  }
}

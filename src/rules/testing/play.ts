// Plays the tests of a rule, each in a house of its own, and tells what came otherwise than expected.
import type { Timestamp } from '../../base/index.ts';
import { LocalTime } from '../../expression/index.ts';
import type { HomeSettings } from '../compile/context.ts';
import { acting, type CompiledRule } from '../compile/rule.ts';
import type { Trace, TraceError, TraceExpression } from '../trace/trace.ts';
import { type Expectation, type Happened, judge, type Mismatch } from './expectation.ts';
import type { Pace } from './pace.ts';
import type { RuleTest } from './rule-test.ts';
import { Stage } from './stage.ts';
import { TestFault } from './test-fault.ts';

/** A wake-up that came to nothing: why. */
export interface Unrun {
  readonly status: Trace['status'];
  readonly reason?: string;
  readonly topic?: string;
  readonly error?: TraceError;
  /** Conditions that did not pass, with what they saw. */
  readonly conditions: readonly TraceExpression[];
}

export interface TestFailure extends Mismatch {
  /** Of the expectation in the document. */
  readonly path: string;
  /** Virtual. */
  readonly at: Timestamp;
  /** The same as clocks of the test show it: `2026-03-02 22:30:00`. */
  readonly time: string;
  /** Wake-ups since the last look that came to nothing. */
  readonly unrun: readonly Unrun[];
  /** Nothing woke the rule since the last look, and it waits for nothing. */
  readonly isUnwoken: boolean;
}

export interface TestResult {
  readonly name: string;
  readonly path: string;
  readonly passed: boolean;
  readonly steps: number;
  readonly failures: readonly TestFailure[];
}

const mostUnrun = 5;
/** Of a list that came otherwise. */
const mostTold = 100;

function unrunOf(trace: Trace): Unrun {
  const { status, reason, error, trigger, when, conditions } = trace;
  const all = when === undefined ? conditions : [when, ...conditions];
  return {
    status,
    ...(reason !== undefined && { reason }),
    ...(trigger.topic !== undefined && { topic: trigger.topic }),
    ...(error !== undefined && { error }),
    conditions: all.filter(({ result }) => result !== undefined && result !== 'pass'),
  };
}

function told(came: unknown): unknown {
  if (!Array.isArray(came) || came.length <= mostTold) return came;
  return [...came.slice(0, mostTold), `${came.length - mostTold} more`];
}

const cameToNothing: readonly Trace['status'][] = ['conditions-failed', 'refused', 'failed'];

class Play {
  readonly #test: RuleTest;
  readonly #stage: Stage;
  readonly #failures: TestFailure[] = [];

  constructor(test: RuleTest, stage: Stage) {
    this.#test = test;
    this.#stage = stage;
  }

  async result(): Promise<TestResult> {
    const { name, path, steps } = this.#test;
    try {
      await this.#all();
    } catch (error) {
      if (!(error instanceof TestFault)) throw error;
      this.#add(path, { what: 'step', expected: 'to be played', came: error.message });
    }
    const failures = this.#failures;
    return { name, path, passed: failures.length === 0, steps: steps.length, failures };
  }

  async #all(): Promise<void> {
    const { path, steps, expect } = this.#test;
    for (const step of steps) {
      await step.act(this.#stage);
      await this.#stage.played();
      if (step.expect !== undefined) await this.#look(step.expect, `${step.path}.expect`);
    }
    if (expect !== undefined) await this.#look(expect, `${path}.expect`);
  }

  async #look(wanted: Expectation, path: string): Promise<void> {
    const happened: Happened = await this.#stage.look();
    for (const mismatch of judge(wanted, happened)) this.#add(path, mismatch, happened);
  }

  #add(path: string, mismatch: Mismatch, happened?: Happened): void {
    const { house, zone } = this.#stage;
    const at = house.clock.now();
    const local = new LocalTime(zone);
    const time = `${local.date(at)} ${local.time(at)}`;
    const { traces = [], waiting = 0 } = happened ?? {};
    const unrun = traces.filter(({ status }) => cameToNothing.includes(status)).slice(-mostUnrun);
    const isUnwoken = happened !== undefined && traces.length + waiting === 0;
    this.#failures.push({
      ...mismatch,
      came: told(mismatch.came),
      path,
      at,
      time,
      unrun: unrun.map(unrunOf),
      isUnwoken,
    });
  }
}

export interface PlayOptions {
  readonly rule: CompiledRule;
  readonly tests: readonly RuleTest[];
  readonly home: HomeSettings;
  readonly pace: Pace;
}

/** The rule is switched on and no shadow, whatever its document says. */
export function stageFor(test: RuleTest, { rule, home, pace }: Omit<PlayOptions, 'tests'>): Stage {
  const stage = new Stage({ given: test.given, home, pace });
  stage.house.put({ ...acting(rule), version: 1 }, true);
  return stage;
}

/** In order. */
export async function playTests({ rule, tests, home, pace }: PlayOptions): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  for (const test of tests) {
    results.push(await new Play(test, stageFor(test, { rule, home, pace })).result());
    await pace.turn();
  }
  return results;
}

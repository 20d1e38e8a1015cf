// One wake-up of a draft in a world of its own, its delays gone through in virtual time. Nothing leaves: what it would do
// is read from the traces of its runs.
import type { Timestamp } from '../../base/index.ts';
import { Recorded } from '../backtest/recorded.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { Input, Unnumbered } from '../input.ts';
import type { PresentRule } from '../run/present-rule.ts';
import { traceOf } from '../run/run.ts';
import type { Trace, TraceEffect } from '../trace/trace.ts';
import { Recording } from './recording.ts';
import { Replay, type ReplayOptions } from './replay.ts';

export interface DryRunOptions extends Pick<ReplayOptions, 'settings' | 'given' | 'answer' | 'recollect'> {
  /** Of what is given. */
  readonly at: Timestamp;
  /** As if it were in force. */
  readonly rule: CompiledRule;
  /** They wake on nothing, but the draft may run them. */
  readonly others: readonly CompiledRule[];
  /** Its runs that wait: mode, key and limit decide by them. Nothing that they do is told. */
  readonly present?: PresentRule | undefined;
}

export interface DryWakeUp {
  readonly at: Timestamp;
  /** What happens, in order. */
  readonly inputs: readonly Unnumbered[];
  readonly skipConditions?: boolean;
  /** For so long all its triggers go on; otherwise until nothing waits any more, and no schedule wakes it meanwhile. */
  readonly advanceMs?: number;
}

/** Something that would happen, and when. */
export interface WouldBe extends TraceEffect {
  readonly at: Timestamp;
  readonly rule: string;
  readonly run: string;
  /** The action. */
  readonly path: string;
}

export interface DryRunResult {
  /** In the order in which they ended; those that wait still stand behind them. */
  readonly traces: readonly Trace[];
  readonly effects: readonly WouldBe[];
  /** Those of `present` with the key of one of these runs, as they stand at the end; oldest first. */
  readonly met: readonly Trace[];
  /** What a trigger still holds, and until when. */
  readonly holds: readonly { readonly about: string; readonly due: Timestamp }[];
  /** The virtual time at its end. */
  readonly until: Timestamp;
  /** It went on for longer than is looked at. */
  readonly isCut: boolean;
}

/** Further ahead nothing is looked at, and no more than so many things that come due. */
const longestMs = 31 * 86_400_000;
const mostSteps = 10_000;

/** The draft with what is left out of it. */
function draftOf(rule: CompiledRule, { inputs, skipConditions, advanceMs }: DryWakeUp): CompiledRule {
  const meant = inputs.flatMap((input) => (input.kind === 'schedule' ? input.trigger : []));
  const triggers = rule.triggers.map((trigger) =>
    trigger.source.on === 'schedule' && !meant.includes(trigger.slot)
      ? { ...trigger, enabled: false }
      : trigger,
  );
  return {
    ...rule,
    ...(advanceMs === undefined && { triggers }),
    ...(skipConditions === true && { condition: undefined }),
  };
}

function effectsOf(trace: Trace): WouldBe[] {
  const { rule, id: run, steps } = trace;
  return steps.flatMap(({ at, path, effects = [] }) =>
    effects.map((effect): WouldBe => ({ ...effect, at, rule, run, path })),
  );
}

/** What began with one of these runs, over however many others. */
function ledBy(runs: ReadonlySet<string>, traces: readonly Trace[]): (trace: Trace) => boolean {
  const byId = new Map(traces.map((trace) => [trace.id, trace]));
  return (trace) => {
    let each: Trace | undefined = trace;
    while (each !== undefined && !runs.has(each.id)) each = byId.get(each.trigger.cause ?? '');
    return each !== undefined;
  };
}

/** Those whose key had a say in what became of a wake-up. */
function metBy(traces: readonly Trace[], waiting: readonly Trace[]): Trace[] {
  const asked = traces.filter(({ status }) => status !== 'conditions-failed');
  const keys = new Set(asked.map(({ key }) => key));
  return waiting.filter(({ key }) => keys.has(key)).sort((a, b) => a.at - b.at);
}

export class DryRun {
  readonly replay: Replay;
  readonly #sink = new Recording();
  readonly #recorded: Recorded;
  readonly #rule: CompiledRule;
  /** Those that waited before it. */
  readonly #waiting: ReadonlySet<string>;
  /** Once it is in force. */
  #draft: CompiledRule | undefined;

  constructor(options: DryRunOptions) {
    const { at, settings, given, rule, others, answer, recollect, present } = options;
    this.#rule = rule;
    this.#waiting = new Set(present?.kept.runs.map(({ id }) => id));
    this.replay = new Replay({
      ...{ at, settings, sink: this.#sink },
      ...(given && { given }),
      ...(answer && { answer }),
      ...(recollect && { recollect }),
      rules: others.map((other) => ({ rule: other, enabled: false })),
      findVersion: (_rule, version) =>
        this.#draft ?? present?.versions.find((each) => each.version === version),
    });
    if (present !== undefined) this.#putBack(present, at);
    this.#recorded = new Recorded({ replay: this.replay, rules: new Set() });
  }

  /** What happened before the draft came, in the order of the record. */
  give(input: Input): void {
    this.#recorded.give(input);
  }

  /** The draft comes into force, is woken, and what follows is gone through. */
  wake(wakeUp: DryWakeUp): DryRunResult {
    const { at, inputs, advanceMs } = wakeUp;
    const { replay } = this;
    this.#draft = draftOf(this.#rule, wakeUp);
    const { id: rule, version } = this.#draft;
    replay.feed({ kind: 'rule', at, rule, version, change: 'saved', enabled: true, by: '' });
    for (const input of inputs) replay.feed(input);
    const isOver = advanceMs === undefined ? this.#settle(at) : this.#advance(at + advanceMs);
    return this.#result(!isOver);
  }

  #putBack({ rule, kept, starts }: PresentRule, at: Timestamp): void {
    const { book, restoring } = this.replay.engine;
    book.put(rule, false, at);
    book.find(rule.id)?.takeOver(starts);
    restoring.putBack(kept, { now: at, notBefore: at, stoppedAt: at });
  }

  /** Goes on until nothing of the draft waits; false when that is too far. */
  #settle(from: Timestamp): boolean {
    const { replay } = this;
    for (let step = 0; step < mostSteps; step++) {
      const due = replay.nextDue();
      if (due === undefined || !this.#isBusy()) return true;
      if (due > from + longestMs) return false;
      replay.advanceTo(due);
    }
    return false;
  }

  /** All that comes due until then; false when that is too much. */
  #advance(to: Timestamp): boolean {
    const { replay } = this;
    for (let step = 0; step < mostSteps; step++) {
      const due = replay.nextDue() ?? to;
      replay.advanceTo(Math.min(due, to));
      if (due >= to) return true;
    }
    return false;
  }

  #isBusy(): boolean {
    const { runs, memory } = this.replay.engine;
    return memory.size > 0 || [...runs.values()].some(({ id }) => !this.#waiting.has(id));
  }

  #result(isCut: boolean): DryRunResult {
    const { engine, now: until } = this.replay;
    const ended = this.#sink.traces.map((trace) => trace.read());
    const all = [...ended, ...[...engine.runs.values()].map(traceOf)];
    const isOfPresent = ledBy(this.#waiting, all);
    const traces = all.filter((trace) => !isOfPresent(trace));
    const met = metBy(
      traces,
      all.filter(({ id }) => this.#waiting.has(id)),
    );
    const effects = traces.flatMap(effectsOf).sort((a, b) => a.at - b.at);
    return { traces, effects, met, holds: engine.memory.holds(), until, isCut };
  }
}

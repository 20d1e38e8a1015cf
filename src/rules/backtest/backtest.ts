// A backtest: a rule, or two of its versions, over a record of the house. Fed by whoever reads the record; pure, so that
// the same record gives the same result.
import type { Timestamp } from '../../base/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { Input } from '../input.ts';
import { differenceOf } from './difference.ts';
import type { BacktestFiring, BacktestResult, Incomplete } from './result.ts';
import { Side, type SideGround } from './side.ts';

export interface BacktestOptions {
  readonly from: Timestamp;
  readonly to: Timestamp;
  /** About then: what people did by hand agrees with an effect that is no farther away. */
  readonly windowMs: number;
  readonly ground: SideGround;
  readonly rule: CompiledRule;
  /** What it is held against; `off`: the house without it. */
  readonly against?: CompiledRule | 'off' | undefined;
  /** The other rules of the house. Those that it runs or switches are run, too; with `off` all are. */
  readonly others: readonly CompiledRule[];
}

/** Topics of which it is remembered whether they matter: each chunk of a record asks anew. */
const mostRemembered = 100_000;
/** Of the firings the first are told, all are counted. */
const mostListed = 10_000;

function callsOf(rule: CompiledRule, others: ReadonlyMap<string, CompiledRule>): readonly CompiledRule[] {
  return rule.touches.flatMap((touch) => {
    if (touch.does !== 'run' && touch.does !== 'enable' && touch.does !== 'disable') return [];
    if (touch.rule.kind !== 'constant') return [...others.values()];
    const called = others.get(String(touch.rule.value));
    return called === undefined ? [] : [called];
  });
}

/** A rule with those that it runs or switches, and they again. */
function company(rule: CompiledRule, others: readonly CompiledRule[]): readonly CompiledRule[] {
  const known = new Map(others.map((other) => [other.id, other]));
  const found = new Map([[rule.id, rule]]);
  for (const each of found.values())
    for (const called of callsOf(each, known)) if (!found.has(called.id)) found.set(called.id, called);
  return [...found.values()];
}

export class Backtest {
  readonly #options: BacktestOptions;
  readonly #tested: Side;
  readonly #against: Side | undefined;
  /** In a house without the rule others do other things. */
  readonly #whole: Side | undefined;
  readonly #sides: readonly Side[];
  readonly #wanted = new Map<string, boolean>();
  #hasBegun = false;

  constructor(options: BacktestOptions) {
    this.#options = options;
    const { rule, against, ground } = options;
    const others = options.others.filter(({ id }) => id !== rule.id);
    this.#tested = new Side(ground, { rules: company(rule, others), reported: rule.id });
    if (against === 'off') {
      this.#whole = new Side(ground, { rules: [rule, ...others] });
      this.#against = new Side(ground, { rules: others, absent: rule.id });
    } else if (against !== undefined)
      this.#against = new Side(ground, { rules: company(against, others), reported: rule.id });
    this.#sides = [this.#tested, this.#against, this.#whole].filter((side) => side !== undefined);
  }

  /** Whether a message on a topic may matter. */
  wants(topic: string): boolean {
    const known = this.#wanted.get(topic);
    if (known !== undefined) return known;
    const isWanted = this.#sides.some((side) => side.wants(topic));
    if (this.#wanted.size < mostRemembered) this.#wanted.set(topic, isWanted);
    return isWanted;
  }

  /** In the order of the record; messages that nobody wants may be left out. */
  // hot: test/bench/backtest.ts
  give(input: Input): void {
    if (!this.#hasBegun && input.at >= this.#options.from) this.#begin();
    for (const side of this.#sides) side.give(input);
  }

  /** `messages`: of the time, those that were left out included. */
  result(told: {
    readonly messages: number;
    readonly incomplete: readonly Incomplete[];
    readonly seconds: number;
  }): BacktestResult {
    const { from, to, windowMs } = this.#options;
    if (!this.#hasBegun) this.#begin();
    for (const side of this.#sides) side.finish(to);
    const firings = this.#tested.firings.list();
    const after = this.#whole?.firings.list() ?? firings;
    const before = this.#against?.firings.list();
    return {
      ...{ from, to, messages: told.messages, fired: this.#tested.firings.fired },
      firings: firings.slice(0, mostListed),
      effects: firings.reduce((sum, { effects }) => sum + effects.length, 0),
      outcomes: this.#tested.outcomes(),
      ...(before && { difference: differenceOf(before, after) }),
      agreement: this.#tested.hands.agreement(firings, windowMs),
      incomplete: [...told.incomplete, ...this.#shortcomings(firings)],
      seconds: told.seconds,
    };
  }

  #begin(): void {
    this.#hasBegun = true;
    for (const side of this.#sides) side.begin(this.#options.from);
  }

  #shortcomings(firings: readonly BacktestFiring[]): readonly Incomplete[] {
    const { from, to } = this.#options;
    const { unknownAnswers, fired } = this.#tested.firings;
    return [
      ...(unknownAnswers > 0 ? [{ reason: 'unknown-answers', from, to, count: unknownAnswers }] : []),
      ...(this.#sides.every(({ firings: { isWhole } }) => isWhole)
        ? []
        : [{ reason: 'too-many-firings', from, to, count: fired - firings.length }]),
    ];
  }
}

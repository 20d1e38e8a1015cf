// The rules that one topic wakes, seen through the comparisons that their conditions begin with: what several rules
// read is read once, and most rules that fail are ruled out without a look. Whom it does not rule out is evaluated.
import {
  compileExpression,
  type Expression,
  type Guard,
  GuardIndex,
  type HomeView,
  type IndexedGuard,
  Positions,
  type Scope,
  unread,
} from '../../expression/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { TopicEvent } from '../triggers/kind.ts';
import type { Candidate } from './candidate.ts';

/** With fewer, looking at each costs no more. */
const fewest = 4;

interface PlacedGuard extends IndexedGuard {
  readonly guard: Guard;
}

/** In a list, a missing value does not end the look at what follows: that may still be an error. */
function guardOfCondition(condition: Condition): PlacedGuard | undefined {
  if (condition.kind === 'expression') {
    const { guard } = condition.part.expression;
    return guard && { guard, test: guard.test, keepsMissing: false };
  }
  const [first, ...others] = condition.kind === 'all' ? condition.items : [];
  const found = first && guardOfCondition(first);
  return (
    found && { ...found, keepsMissing: found.keepsMissing || (others.length > 0 && found.guard.isWhole) }
  );
}

/** What must hold before anything else of the rule is evaluated: nothing that can fail may come before it. */
function guardOf({ state, entries }: Candidate): PlacedGuard | undefined {
  const [entry, ...others] = entries;
  if (entry?.source.isUnconditional !== true || others.length > 0) return undefined;
  const { when } = entry.trigger;
  const { condition, variables } = state.rule;
  if (when !== undefined) return guardOfCondition(when);
  const areConstant = variables.every(({ value }) => value.kind === 'constant');
  return areConstant && condition !== undefined ? guardOfCondition(condition) : undefined;
}

/** What all the rules see alike; undefined when it reads more than that. */
function sharedRead(source: string): Expression | undefined {
  const { expression } = compileExpression(source, { names: ['payload'] });
  return expression?.dependencies.isRandom === false ? expression : undefined;
}

class EventScope implements Scope {
  readonly values: unknown[] = [unread];
  readonly home: HomeView;
  readonly at: number;
  readonly seed = 0;
  readonly #event: TopicEvent;

  constructor(event: TopicEvent, home: HomeView) {
    this.#event = event;
    this.home = home;
    this.at = event.input.at;
  }

  read(): unknown {
    const { value } = this.#event.payload;
    this.values[0] = value;
    return value;
  }
}

/** The rules that compare the same value. */
class Group {
  readonly #read: Expression;
  readonly #index: GuardIndex;
  /** In the list of candidates, by number of the guard. */
  readonly #positions: readonly number[];
  readonly #selected: Positions;

  constructor(read: Expression, members: readonly (readonly [position: number, guard: PlacedGuard])[]) {
    this.#read = read;
    this.#index = new GuardIndex(members.map(([, guard]) => guard));
    this.#positions = members.map(([position]) => position);
    this.#selected = new Positions(members.length);
  }

  // hot: test/bench/engine.ts
  mark(scope: Scope, marks: Float64Array, look: number): void {
    const selected = this.#selected;
    selected.count = 0;
    try {
      this.#index.select(this.#read.evaluate(scope), selected);
    } catch {
      for (const position of this.#positions) marks[position] = look; // each rule meets the error by itself
      return;
    }
    for (let i = 0; i < selected.count; i++) marks[this.#positions[selected.items[i] ?? 0] ?? 0] = look;
  }
}

export class ConditionIndex {
  readonly #groups: readonly Group[];
  /** The latest look at which a candidate was not ruled out. */
  readonly #marks: Float64Array;
  #look = 0;

  private constructor(groups: readonly Group[], marks: Float64Array) {
    this.#groups = groups;
    this.#marks = marks;
  }

  /** Undefined when it would be no gain. */
  static of(candidates: readonly Candidate[]): ConditionIndex | undefined {
    if (candidates.length < fewest) return undefined;
    const byRead = new Map<string, [number, PlacedGuard][]>();
    for (const [position, candidate] of candidates.entries()) {
      const guard = guardOf(candidate);
      if (guard === undefined) continue;
      const members = byRead.get(guard.guard.read) ?? [];
      members.push([position, guard]);
      byRead.set(guard.guard.read, members);
    }
    const marks = new Float64Array(candidates.length).fill(Number.POSITIVE_INFINITY);
    const groups = [...byRead].flatMap(([source, members]) => {
      const read = members.length < fewest ? undefined : sharedRead(source);
      if (read === undefined) return [];
      for (const [position] of members) marks[position] = 0;
      return [new Group(read, members)];
    });
    return groups.length === 0 ? undefined : new ConditionIndex(groups, marks);
  }

  /** Takes in a message; what it rules out counts until the next one. */
  // hot: test/bench/engine.ts
  look(event: TopicEvent, home: HomeView): void {
    this.#look++;
    const scope = new EventScope(event, home);
    for (const group of this.#groups) group.mark(scope, this.#marks, this.#look);
  }

  /** Whether the conditions of the candidate at this position fail. */
  rulesOut(position: number): boolean {
    return (this.#marks[position] ?? this.#look) < this.#look;
  }
}

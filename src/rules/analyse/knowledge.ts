// What is known of a wake-up before it happens: rows, fixed topics, constant payloads. Expressions that read nothing else
// are evaluated, all others are unknown. Never guesses.
import { emptyHome, type Scope } from '../../expression/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { PlacedExpression, ValueNode } from '../compile/text.ts';
import type { NameTable } from '../model/names.ts';
import { evaluateValue } from '../run/evaluate.ts';

/** `unknown` may be any of the others. */
export type Verdict = 'pass' | 'fail' | 'missing' | 'unknown';

export interface Known {
  readonly value: unknown;
}

type Values = Readonly<Record<string, unknown>>;

function verdictOf(known: Known | undefined): Verdict {
  if (known === undefined) return 'unknown';
  if (known.value === true) return 'pass';
  if (known.value === false || known.value === null) return 'fail';
  return known.value === undefined ? 'missing' : 'unknown';
}

function combined(kind: 'all' | 'any' | 'not', verdicts: readonly Verdict[]): Verdict {
  const stopper: Verdict = kind === 'any' ? 'pass' : 'fail';
  const others: Verdict = kind === 'any' ? 'fail' : 'pass';
  const hasUnknown = verdicts.includes('unknown');
  const all = verdicts.includes(stopper)
    ? stopper
    : hasUnknown
      ? 'unknown'
      : verdicts.includes('missing')
        ? 'missing'
        : others;
  if (kind !== 'not' || all === 'missing' || all === 'unknown') return all;
  return all === 'pass' ? 'fail' : 'pass';
}

export class Knowledge {
  readonly #names: NameTable;
  /** By root name; of `params` all that are no levels of a topic. */
  readonly #values: Values;
  /** Params that are one level of a topic, whatever they hold. */
  readonly levels: ReadonlySet<string>;
  #scope: Scope | undefined;

  constructor(names: NameTable, values: Values, levels: ReadonlySet<string> = new Set()) {
    this.#names = names;
    this.#values = values;
    this.levels = levels;
  }

  with(values: Values): Knowledge {
    return new Knowledge(this.#names, { ...this.#values, ...values }, this.levels);
  }

  without(names: Iterable<string>): Knowledge {
    const values = { ...this.#values };
    for (const name of names) delete values[name];
    return new Knowledge(this.#names, values, this.levels);
  }

  /** Undefined: it cannot be told, or the evaluation fails. */
  value(node: ValueNode): Known | undefined {
    if (!this.#coversNode(node)) return undefined;
    try {
      return { value: evaluateValue(node, { scope: this.#scopeNow(), record: undefined }) };
    } catch {
      return undefined;
    }
  }

  part({ expression, ...rest }: PlacedExpression): Known | undefined {
    if (!this.#covers({ expression, ...rest })) return undefined;
    try {
      return { value: expression.evaluate(this.#scopeNow()) };
    } catch {
      return undefined;
    }
  }

  verdict(condition: Condition): Verdict {
    if (condition.kind !== 'expression')
      return combined(
        condition.kind,
        condition.items.map((item) => this.verdict(item)),
      );
    return condition.part.expression.isNeverTrue ? 'fail' : verdictOf(this.part(condition.part));
  }

  #coversNode(node: ValueNode): boolean {
    switch (node.kind) {
      case 'constant':
        return true;
      case 'expression':
        return this.#covers(node.part);
      case 'text':
        return node.parts.every((part) => typeof part === 'string' || this.#covers(part));
      case 'list':
        return node.items.every((item) => this.#coversNode(item));
      case 'map':
        return node.entries.every(([, item]) => this.#coversNode(item));
    }
  }

  #covers({ expression }: PlacedExpression): boolean {
    const { paths, topics, variables, devices, clock, isRandom, isDynamic } = expression.dependencies;
    if (expression.isSecret || isRandom || isDynamic || clock !== undefined || paths === 'all') return false;
    const readsHouse = [topics, variables, devices].some((each) => each === 'all' || each.length > 0);
    return !readsHouse && paths.every((path) => this.#coversPath(path));
  }

  #coversPath([root = '', next]: readonly string[]): boolean {
    if (!Object.hasOwn(this.#values, root)) return false;
    return root !== 'params' || (next !== undefined && !this.levels.has(next));
  }

  #scopeNow(): Scope {
    if (this.#scope !== undefined) return this.#scope;
    const values = new Array<unknown>(this.#names.size).fill(undefined);
    for (const [name, value] of Object.entries(this.#values)) {
      const slot = this.#names.slotOf(name);
      if (slot >= 0) values[slot] = value;
    }
    this.#scope = { values, read: () => undefined, at: 0, home: emptyHome, seed: 0 };
    return this.#scope;
  }
}

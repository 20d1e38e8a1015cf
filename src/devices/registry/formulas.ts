// The expressions of descriptions: compiled once for all who share a text, evaluated with a small budget. What goes
// wrong is an answer, never thrown: a device's odd payload must not disturb the message that it came with.
import { messageOf } from '../../base/index.ts';
import {
  type Compiled,
  compileExpression,
  type Expression,
  ExpressionError,
  emptyHome,
} from '../../expression/index.ts';
import type { CommandWish, Reading, ReportMessage, Writing } from '../model/description.ts';

export type Result = { readonly value: unknown } | { readonly error: string };

const budget = { steps: 20_000, bytes: 256 * 1024, depth: 50 };
/** Texts compiled at the most; beyond, all are forgotten and compiled anew as they are used. */
const mostTexts = 20_000;
const readingNames = ['topic', 'payload', 'raw'];
const writingNames = ['value', 'wanted', 'state', 'transition'];

function faultOf({ problems }: Compiled, source: string): string {
  return `${problems[0]?.message ?? 'no expression'} in ${source}`;
}

function attempt(make: () => unknown): Result {
  try {
    return { value: make() };
  } catch (error) {
    const code = error instanceof ExpressionError ? `${error.code}: ` : '';
    return { error: `${code}${messageOf(error)}` };
  }
}

export class Formulas {
  readonly #compiled = new Map<string, Compiled>();

  /** What a message says; without a reading, its payload. */
  read(reading: Reading | undefined, message: ReportMessage): Result {
    if (reading === undefined) return { value: message.payload };
    if (typeof reading === 'function') return attempt(() => reading(message));
    return this.#evaluate(reading, readingNames, [message.topic, message.payload, message.raw]);
  }

  /** The payload of a command; without a writing, the wanted value. */
  write(writing: Writing | undefined, wish: CommandWish): Result {
    if (writing === undefined) return { value: wish.value };
    if (typeof writing === 'function') return attempt(() => writing(wish));
    return this.#evaluate(writing, writingNames, [wish.value, wish.wanted, wish.state, wish.transition]);
  }

  #evaluate(source: string, names: readonly string[], values: readonly unknown[]): Result {
    const compiled = this.#compile(source, names);
    const { expression } = compiled;
    if (expression === undefined) return { error: faultOf(compiled, source) };
    return attempt(() => evaluate(expression, values));
  }

  #compile(source: string, names: readonly string[]): Compiled {
    const key = `${names.length} ${source}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    if (this.#compiled.size >= mostTexts) this.#compiled.clear();
    const compiled = compileExpression(source, { names, budget, secrets: 'refused' });
    this.#compiled.set(key, compiled);
    return compiled;
  }
}

function evaluate(expression: Expression, values: readonly unknown[]): unknown {
  return expression.evaluate({ values: [...values], read: () => undefined, at: 0, home: emptyHome, seed: 0 });
}

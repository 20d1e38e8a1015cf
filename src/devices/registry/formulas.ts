// The expressions of descriptions: compiled once for all who share a text, evaluated with a small budget. What goes
// wrong is an answer, never thrown: a device's odd payload must not disturb the message that it came with.
import { messageOf } from '../../base/index.ts';
import { type Compiled, compileExpression, ExpressionError, emptyHome } from '../../expression/index.ts';
import type { CommandWish, Reading, ReportMessage, Writing } from '../model/description.ts';

export type Result = { readonly value: unknown } | { readonly error: string };

const budget = { steps: 20_000, bytes: 256 * 1024, depth: 50 };
/** Texts compiled at the most; beyond, all are forgotten and compiled anew as they are used. */
const mostTexts = 20_000;

/** What expressions of one kind see, and those that are compiled, by their text. */
class Texts {
  readonly #names: readonly string[];
  readonly #compiled = new Map<string, Compiled>();

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  // hot: for every property that a message tells; test/bench/engine.ts
  compile(source: string): Compiled {
    const known = this.#compiled.get(source);
    if (known !== undefined) return known;
    if (this.#compiled.size >= mostTexts) this.#compiled.clear();
    const compiled = compileExpression(source, { names: this.#names, budget, secrets: 'refused' });
    this.#compiled.set(source, compiled);
    return compiled;
  }
}

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
  readonly #readings = new Texts(['topic', 'payload', 'raw']);
  readonly #writings = new Texts(['value', 'wanted', 'state', 'transition']);

  /** What a message says; without a reading, its payload. */
  read(reading: Reading | undefined, message: ReportMessage): Result {
    if (reading === undefined) return { value: message.payload };
    if (typeof reading === 'function') return attempt(() => reading(message));
    const { topic, payload, raw } = message;
    return evaluate(this.#readings.compile(reading), reading, [topic, payload, raw]);
  }

  /** The payload of a command; without a writing, the wanted value. */
  write(writing: Writing | undefined, wish: CommandWish): Result {
    if (writing === undefined) return { value: wish.value };
    if (typeof writing === 'function') return attempt(() => writing(wish));
    const { value, wanted, state, transition } = wish;
    return evaluate(this.#writings.compile(writing), writing, [value, wanted, state, transition]);
  }
}

const unreadable = (): undefined => undefined;

function evaluate(compiled: Compiled, source: string, values: unknown[]): Result {
  const { expression } = compiled;
  if (expression === undefined) return { error: faultOf(compiled, source) };
  return attempt(() => expression.evaluate({ values, read: unreadable, at: 0, home: emptyHome, seed: 0 }));
}

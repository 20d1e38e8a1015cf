// Evaluates the hostile corpus, once each, in a process of its own, and prints a line of JSON for each: how it ended and
// what that cost. Whoever starts it sees whether the process lived.
import { type Compiled, compileExpression, ExpressionError } from '../../src/expression/index.ts';
import { deepFreeze, scopeOf } from './generated.ts';
import { hostile } from './hostile.ts';
import type { Hostile } from './hostile-case.ts';

export interface HostileOutcome {
  readonly index: number;
  /** A code, `value`, or what was thrown that has no name. */
  readonly end: string;
  /** The stack ended before the budget did. */
  readonly isStack: boolean;
  /** CPU time: the machine may be busy with other things. */
  readonly compileMs: number;
  readonly evaluateMs: number;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed<T>(run: () => T): { readonly value: T; readonly ms: number } {
  const start = cpuMs();
  const value = run();
  return { value, ms: cpuMs() - start };
}

/** The result is written down, as whoever asked for it would. */
function endOf({ expression, problems }: Compiled, input: unknown): { end: string; isStack: boolean } {
  if (expression === undefined) return { end: problems[0]?.code ?? 'nothing', isStack: false };
  try {
    const value = expression.evaluate(scopeOf([input]));
    const length = JSON.stringify(value)?.length ?? 0;
    return { end: length > 10_000_000 ? `a value of ${length} characters` : 'value', isStack: false };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) return { end: String(thrown), isStack: false };
    const isLong = thrown.message.length > 1_000;
    return { end: isLong ? 'a long message' : thrown.code, isStack: thrown.cause !== undefined };
  }
}

/** Freezing goes by recursion, too. */
function frozen({ what, input }: Hostile): unknown {
  const value = input?.();
  return what.includes('deep') ? value : deepFreeze(value);
}

function outcomeOf(index: number): HostileOutcome {
  const one = hostile[index];
  if (one === undefined) throw new Error(`there is no case ${index}`);
  const input = frozen(one);
  const compiled = timed(() => compileExpression(one.source));
  const evaluated = timed(() => endOf(compiled.value, input));
  return { index, ...evaluated.value, compileMs: compiled.ms, evaluateMs: evaluated.ms };
}

if (import.meta.main) for (const index of hostile.keys()) console.log(JSON.stringify(outcomeOf(index)));

// A duration that an expression may give.
import { type Duration, HomeruleError, parseDuration, shownValue } from '../../base/index.ts';
import type { ValueNode } from '../compile/text.ts';
import { evaluateValue, type Frame, RunError } from './evaluate.ts';

/** Milliseconds. Throws RunError. */
export function durationOf(node: ValueNode, path: string, frame: Frame): Duration {
  const value = evaluateValue(node, frame);
  try {
    if (typeof value === 'number' || typeof value === 'string') return parseDuration(value);
  } catch (error) {
    if (error instanceof HomeruleError)
      throw new RunError(error.code, error.message, { path, params: error.params });
    throw error;
  }
  const words = `a duration is text such as 90s or a number of seconds, this gave ${JSON.stringify(value)}`;
  throw new RunError('bad-duration', words, { path, params: { text: shownValue(value) } });
}

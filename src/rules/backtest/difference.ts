// Two lists of runs over the same record: which are in one only, and which did something else.
import { isDeepStrictEqual } from 'node:util';
import type { BacktestDifference, BacktestFiring } from './result.ts';

const mostListed = 1000;

/** What woke it, as far as it is the same for two versions of a rule. */
function keyOf({ at, rule, trigger, key }: BacktestFiring): string {
  return JSON.stringify([at, rule, trigger.verb, trigger.topic, trigger.device, key]);
}

function byKey(firings: readonly BacktestFiring[]): Map<string, BacktestFiring[]> {
  const map = new Map<string, BacktestFiring[]>();
  for (const firing of firings) {
    const key = keyOf(firing);
    const same = map.get(key);
    if (same === undefined) map.set(key, [firing]);
    else same.push(firing);
  }
  return map;
}

function didTheSame(a: BacktestFiring, b: BacktestFiring): boolean {
  const did = ({ effects, outcome, reason, endedAt }: BacktestFiring) => ({
    ...{ effects, outcome, reason, endedAt },
  });
  return isDeepStrictEqual(did(a), did(b));
}

/** `after` is what is tested. */
export function differenceOf(
  before: readonly BacktestFiring[],
  after: readonly BacktestFiring[],
): BacktestDifference {
  const left = byKey(before);
  const added: BacktestFiring[] = [];
  const changed: { before: BacktestFiring; after: BacktestFiring }[] = [];
  for (const firing of after) {
    const was = left.get(keyOf(firing))?.shift();
    if (was === undefined) added.push(firing);
    else if (!didTheSame(was, firing)) changed.push({ before: was, after: firing });
  }
  const alone = new Set([...left.values()].flat());
  const removed = before.filter((firing) => alone.has(firing));
  return {
    counts: { added: added.length, removed: removed.length, changed: changed.length },
    added: added.slice(0, mostListed),
    removed: removed.slice(0, mostListed),
    changed: changed.slice(0, mostListed),
  };
}

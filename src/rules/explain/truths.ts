// What the conditions that a rule waits for were at one instant: `becomes` wakes only when one turns true.
import type { Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import { Bindings } from '../run/bindings.ts';
import { decide } from '../run/decide.ts';
import type { RuleState } from '../run/rule-state.ts';
import { triggerWake } from '../run/wake.ts';
import type { TraceExpression } from '../trace/trace.ts';
import type { TruthHappening } from './happening.ts';
import { blamed } from './woken.ts';

export function truthsOf({ rule, triggers }: RuleState, home: HomeView, at: Timestamp): TruthHappening[] {
  return triggers.flatMap((trigger): TruthHappening[] => {
    const { source, path, enabled } = trigger;
    if (source.on !== 'condition' || !enabled) return [];
    const wake = { ...triggerWake(trigger, { at, seq: 0 }), value: true };
    const record: TraceExpression[] = [];
    try {
      const scope = new Bindings(rule, wake, home);
      if (decide(source.condition, { scope, record }) === 'pass') return [{ code: 'already-true', at, path }];
    } catch {
      return []; // its error is a wake-up that failed, and told as that
    }
    const clauses = record.flatMap(({ decided = [] }) => decided.map(blamed));
    return [{ code: 'not-true', at, path, clauses }];
  });
}

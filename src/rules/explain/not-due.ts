// Triggers by the clock for which it is not time: when it will be, as the engine has it. Of the rows of one trigger the first.
import type { Timestamp } from '../../base/index.ts';
import type { DueItem } from '../run/due-item.ts';
import type { RuleState } from '../run/rule-state.ts';
import { scheduleId } from '../run/schedules.ts';
import type { DueHeap } from '../schedule/due-heap.ts';
import type { NotDueHappening } from './happening.ts';

export function notDueOf(
  { rule, triggers }: RuleState,
  armed: Pick<DueHeap<DueItem>, 'find'>,
  at: Timestamp,
): readonly NotDueHappening[] {
  const found = new Map<string, NotDueHappening>();
  for (const { source, enabled, path, slot } of triggers) {
    if (source.on !== 'schedule' || !enabled) continue;
    const due = armed.find(scheduleId(rule.id, slot))?.at;
    const known = found.get(path)?.due;
    const first = known === undefined || (due !== undefined && due < known) ? due : known;
    found.set(path, { code: 'not-due', at, path, ...(first !== undefined && { due: first }) });
  }
  return [...found.values()];
}

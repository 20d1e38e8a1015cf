// What must hold for every house: the index misses nothing, timers keep their order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { matchesFilter } from '../../src/base/index.ts';
import { DueHeap } from '../../src/rules/schedule/due-heap.ts';
import { RuleWorld } from '../support/rule-world.ts';

const byText = (a: string, b: string): number => (a < b ? -1 : 1);
const level = fc.constantFrom('a', 'b', 'c', '', '$x');
const topic = fc
  .array(level, { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((text) => text !== '');
/** Of a filter: `{row}` is filled in from the rows of `each`, `{}` becomes a name of its own. */
const part = fc.oneof(level, fc.constantFrom('+', '{}', '{row}'));
const filter = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([levels, isOpen]) => [...levels, ...(isOpen ? ['#'] : [])].join('/'))
  .filter((text) => text !== '');
const rows = fc.uniqueArray(fc.constantFrom('a', 'b', '$x'), { maxLength: 3 });
const ruled = fc.record({ filter, rows, verb: fc.constantFrom('message', 'change') });
type Ruled = typeof ruled extends fc.Arbitrary<infer Each> ? Each : never;

function documentOf({ filter: text, rows: names, verb }: Ruled, index: number): object {
  let count = 0;
  const written = text.replaceAll('{}', () => `{n${count++}}`).replaceAll('{row}', '{{ params.row }}');
  const each = text.includes('{row}') ? { each: names.map((row) => ({ row })) } : {};
  return {
    id: `r${index}`,
    mode: 'parallel',
    ...each,
    triggers: [{ [verb]: written }],
    actions: [{ log: 'x' }],
  };
}

/** How often a topic wakes it, by a look at every filter. */
function wakeUps({ filter: text, rows: names }: Ruled, topicName: string): number {
  const plain = text.replaceAll('{}', '+');
  const filters = text.includes('{row}') ? names.map((row) => plain.replaceAll('{row}', row)) : [plain];
  return filters.filter((one) => matchesFilter(one, topicName)).length;
}

test('the index finds exactly the rules that a look at every filter finds, names and rows included', () => {
  fc.assert(
    fc.property(
      fc.array(ruled, { maxLength: 8 }),
      fc.array(topic, { minLength: 1, maxLength: 6 }),
      (documents, topics) => {
        const world = new RuleWorld({ time: 0 });
        for (const [index, one] of documents.entries()) world.save(stringify(documentOf(one, index)));
        for (const [index, name] of topics.entries()) {
          if (index === 3) world.change('r0', 'deleted');
          if (index === 4) world.change('r1', 'disabled');
          world.publish({ topic: name, payload: index });
          const gone = index > 3 ? [0, 1] : index === 3 ? [0] : [];
          const wanted = documents.flatMap((one, i) =>
            Array.from({ length: gone.includes(i) ? 0 : wakeUps(one, name) }, () => `r${i}: x`),
          );
          expect(world.logged.splice(0).toSorted(byText)).toEqual(wanted.toSorted(byText));
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('what comes due leaves in order of time, then id, whatever was set again or taken out', () => {
  const step = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    at: fc.integer({ min: 0, max: 20 }),
    out: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const heap = new DueHeap<null>();
      const naive = new Map<string, number>();
      for (const { id, at, out } of steps) {
        if (out) heap.delete(id);
        else heap.set({ id, at, item: null });
        if (out) naive.delete(id);
        else naive.set(id, at);
      }
      const taken: string[] = [];
      for (let due = heap.take(10); due; due = heap.take(10)) taken.push(due.id);
      const wanted = [...naive]
        .filter(([, at]) => at <= 10)
        .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
      expect(taken).toEqual(wanted.map(([id]) => id));
      expect(heap.size).toBe(naive.size - taken.length);
    }),
  );
});

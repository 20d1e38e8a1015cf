// What holds: for any messages and restarts, rules with `for` fire when a look at the whole story says so, never early
// and never twice.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { RuleWorld } from '../support/rule-world.ts';

const start = Date.parse('2026-03-02T12:00:00Z');
const byText = (a: string, b: string): number => (a < b ? -1 : 1);
const forMs = 30_000;
const graceMs = 1500;

const log = { log: "{{ topic & ' ' & $string($millis()) }}" };
const rules = [
  { id: 'to', mode: 'parallel', triggers: [{ change: 't/+', to: 1, for: '30s' }], actions: [log] },
  { id: 'still', mode: 'parallel', triggers: [{ change: 't/+', for: '30s' }], actions: [log] },
  {
    id: 'becomes',
    triggers: [{ becomes: "$state('t/a') = 1", for: '30s' }],
    actions: [{ log: "{{ 't/a ' & $string($millis()) }}" }],
  },
];

const event = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ topic: fc.constantFrom('t/a', 't/b'), value: fc.integer({ min: 0, max: 2 }) }),
  },
  { weight: 3, arbitrary: fc.record({ advance: fc.integer({ min: 1, max: 40_000 }) }) },
  { weight: 1, arbitrary: fc.record({ down: fc.integer({ min: 0, max: 60_000 }) }) },
);
type Event = typeof event extends fc.Arbitrary<infer Each> ? Each : never;

/** One story of a topic: a hold begins and ends by what the definition says. */
class Reference {
  readonly fired: string[] = [];
  readonly #values = new Map<string, number>();
  readonly #holds = new Map<string, { due: number; at: number }>();
  #now = start;

  take(each: Event): void {
    if ('topic' in each) this.#publish(each.topic, each.value);
    else if ('advance' in each) this.#advance(each.advance);
    else this.#restart(each.down);
  }

  #publish(topic: string, value: number): void {
    if (this.#values.get(topic) === value) return;
    this.#values.set(topic, value);
    const rules = topic === 't/a' ? ['to', 'becomes'] : ['to'];
    for (const rule of rules) this.#begin(`${rule}: ${topic}`, value === 1);
    this.#begin(`still: ${topic}`, true);
  }

  #begin(hold: string, holds: boolean): void {
    const due = this.#now + forMs;
    if (holds) this.#holds.set(hold, { due, at: due });
    else this.#holds.delete(hold);
  }

  #advance(ms: number): void {
    this.#now += ms;
    for (const [hold, { at }] of this.#holds) {
      if (at > this.#now) continue;
      this.fired.push(`${hold} ${at}`);
      this.#holds.delete(hold);
    }
  }

  /** What came due meanwhile waits until devices had a moment to come back. */
  #restart(ms: number): void {
    this.#now += ms;
    for (const [hold, { due }] of this.#holds)
      this.#holds.set(hold, { due, at: Math.max(due, this.#now + graceMs) });
  }
}

function play(events: readonly Event[]): readonly string[] {
  const world = new RuleWorld({ time: start });
  for (const rule of rules) world.save(stringify(rule));
  for (const each of events) {
    if ('topic' in each) world.publish({ topic: each.topic, payload: each.value });
    else if ('advance' in each) world.advance(each.advance);
    else world.restart(each.down);
  }
  world.advance(100_000);
  return world.logged.toSorted(byText);
}

test('what holds fires at its time, over messages and restarts', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 25 }), (events) => {
      const reference = new Reference();
      for (const each of [...events, { advance: 100_000 }]) reference.take(each);
      expect(play(events)).toEqual(reference.fired.toSorted(byText));
    }),
    { numRuns: 200 },
  );
});

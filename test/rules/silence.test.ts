// Who is silent: for any messages and restarts, `silence` is told when a count of the time in which the house listened
// says so, never early and never twice.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { RuleWorld } from '../support/rule-world.ts';

const start = Date.parse('2026-03-02T12:00:00Z');
const byText = (a: string, b: string): number => (a < b ? -1 : 1);
const forMs = 30_000;
const graceMs = 1500;
/** The house notes so often that it is alive; when it dies, what came after the last note counts as not heard. */
const beatMs = 5000;

const rule = {
  id: 'r',
  mode: 'parallel',
  triggers: [{ silence: 't/+', for: '30s' }],
  actions: [{ log: "{{ topic & ' ' & $string($millis()) }}" }],
};

const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ topic: fc.constantFrom('t/a', 't/b') }) },
  { weight: 3, arbitrary: fc.record({ advance: fc.integer({ min: 1, max: 40_000 }) }) },
  { weight: 1, arbitrary: fc.record({ down: fc.integer({ min: 0, max: 60_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ save: true }) },
);
type Event = typeof event extends fc.Arbitrary<infer Each> ? Each : never;

class Reference {
  readonly told: string[] = [];
  /** How long each topic has yet to be silent. */
  readonly #left = new Map<string, { ms: number; spoke: number }>();
  #now = start;
  #beat = start;
  #notBefore = start;

  take(each: Event): void {
    if ('topic' in each) this.#left.set(each.topic, { ms: forMs, spoke: this.#now });
    else if ('advance' in each) for (let ms = 0; ms < each.advance; ms++) this.#tick();
    else if ('down' in each) this.#restart(each.down);
  }

  #tick(): void {
    this.#now++;
    if (this.#now - this.#beat === beatMs) this.#beat = this.#now;
    for (const [topic, { ms, spoke }] of this.#left) {
      this.#left.set(topic, { ms: ms - 1, spoke });
      if (ms > 1 || this.#now < this.#notBefore) continue;
      this.told.push(`r: ${topic} ${this.#now}`);
      this.#left.delete(topic);
    }
  }

  #restart(ms: number): void {
    for (const [topic, { ms: left, spoke }] of this.#left)
      this.#left.set(topic, { ms: left + this.#now - Math.max(this.#beat, spoke), spoke });
    this.#now += ms;
    this.#beat = this.#now;
    this.#notBefore = this.#now + graceMs;
  }
}

function play(events: readonly Event[]): readonly string[] {
  const world = new RuleWorld({ time: start });
  world.save(stringify(rule));
  for (const [index, each] of events.entries()) {
    if ('topic' in each) world.publish({ topic: each.topic, payload: index % 2 });
    else if ('advance' in each) world.advance(each.advance);
    else if ('down' in each) world.restart(each.down);
    else world.save(stringify({ ...rule, name: `version ${index}` }));
  }
  return world.logged.toSorted(byText);
}

test('a silence is told at its time, over messages, restarts and saves', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (some) => {
      const events = [...some, { advance: 100_000 }];
      const reference = new Reference();
      for (const each of events) reference.take(each);
      expect(play(events)).toEqual(reference.told.toSorted(byText));
    }),
    { numRuns: 100 },
  );
});

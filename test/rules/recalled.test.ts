// A rule that is made while the house runs looks back as far as one that was always there.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Payload, type Recollection, type WantedPast } from '../../src/devices/index.ts';
import type { Input } from '../../src/rules/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.UTC(2026, 2, 2, 12);

/** A journal that is read when the test says so. */
class SlowJournal {
  readonly inputs: Input[] = [];
  readonly #waiting: (() => void)[] = [];
  isBroken = false;

  async recollect(wanted: readonly WantedPast[]): Promise<readonly Recollection[]> {
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return wanted.map((one) => ({ ...one, from: time, told: this.isBroken ? undefined : this.#told(one) }));
  }

  /** All that was asked for is answered, and put in. */
  async answer(): Promise<void> {
    for (const each of this.#waiting.splice(0)) each();
    await new Promise(setImmediate);
  }

  #told({ topic, before }: WantedPast) {
    return this.inputs.flatMap((input) =>
      input.kind === 'message' && input.topic === topic && input.seq < before
        ? [{ at: input.at, payload: new Payload(input.payload) }]
        : [],
    );
  }
}

function houseWith(rules: readonly string[]): { readonly world: RuleWorld; readonly journal: SlowJournal } {
  const journal = new SlowJournal();
  const world = new RuleWorld({ time, recollect: (wanted) => journal.recollect(wanted) });
  vi.spyOn(world.inputs, 'push').mockImplementation((...inputs) => {
    journal.inputs.push(...inputs);
    return world.inputs.length;
  });
  for (const rule of rules) world.save(rule);
  return { world, journal };
}

const asking = (window: string, id = 'asking'): string =>
  `id: ${id}\ntriggers: [{ message: ask }]\nactions: [{ log: "{{ $over('t', '${window}', 'x') }}" }]`;

function asked(world: RuleWorld): unknown {
  world.logged.length = 0;
  world.publish({ topic: 'ask', payload: 1 });
  return world.logged.map((line) => JSON.parse(line.slice(line.indexOf('{'))) as unknown);
}

describe('a rule saved while the house runs', () => {
  test('knows what was before, and until then says that it does not', async () => {
    const { world, journal } = houseWith([]);
    for (const x of [10, 20, 30, 40]) {
      world.publish({ topic: 't', payload: { x } });
      world.advance(20_000);
    }
    world.save(asking('80s'));
    expect(asked(world)).toMatchObject([{ count: 0, mean: 40, coverage: 0.25 }]);
    await journal.answer();
    const figures = { min: 10, max: 40, sum: 100, mean: 25, first: 10, last: 40, delta: 30 };
    expect(asked(world)).toEqual([{ count: 4, changes: 4, coverage: 1, ...figures }]);
  });

  test('asks again for a longer window only', async () => {
    const { world, journal } = houseWith([]);
    world.publish({ topic: 't', payload: { x: 1 } });
    for (const window of ['10m', '5m', '10m', '20m']) {
      world.save(asking(window));
      await journal.answer();
    }
    const recalled = journal.inputs.flatMap((input) => (input.kind === 'recalled' ? [input.keepMs] : []));
    expect(recalled).toEqual([600_000, 1_200_000]);
  });

  test('goes on with what it has when nothing can be read, and tries again', async () => {
    const { world, journal } = houseWith([]);
    world.publish({ topic: 't', payload: { x: 1 } });
    world.advance(1000);
    world.publish({ topic: 't', payload: { x: 2 } });
    journal.isBroken = true;
    world.save(asking('10m'));
    await journal.answer();
    expect(asked(world)).toMatchObject([{ count: 0, last: 2 }]);
    journal.isBroken = false;
    world.save(asking('10m'));
    await journal.answer();
    expect(asked(world)).toMatchObject([{ count: 2, last: 2 }]);
  });

  test('is not woken by what was before', async () => {
    const { world, journal } = houseWith([]);
    for (const x of [50, 50, 1]) {
      world.publish({ topic: 't', payload: { x } });
      world.advance(60_000);
    }
    world.save(
      "id: r\ntriggers: [{ becomes: \"$over('t', '3m', 'x').mean > 20\" }]\nactions: [{ log: woken }]",
    );
    await journal.answer();
    world.advance(5000);
    expect(world.logged).toEqual([]);
    world.advance(300_000);
    world.publish({ topic: 't', payload: { x: 90 } });
    world.advance(120_000);
    expect(world.logged).toEqual(['r: woken']);
  });
});

type Step = { readonly x: number } | { readonly ms: number } | 'save' | 'answer';
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ x: fc.integer({ min: -3, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ ms: fc.nat({ max: 40_000 }) }) },
  fc.constantFrom('save' as const, 'answer' as const),
);

describe('properties', () => {
  test('in the end it comes to the same as one that was always there, live and from the record', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { world, journal } = houseWith([]);
        const first = houseWith([asking('2m')]);
        await first.journal.answer();
        for (const one of [...steps, 'save' as const, 'answer' as const]) {
          if (one === 'save') world.save(asking('2m'));
          else if (one === 'answer') await journal.answer();
          else
            for (const each of [world, first.world]) {
              if ('x' in one) each.publish({ topic: 't', payload: { x: one.x } });
              else each.advance(one.ms);
            }
        }
        const told = asked(world);
        expect(told).toEqual(asked(first.world));
        const replayed = new RuleWorld({ time, library: world.library, isStill: true });
        let latest = 0;
        for (const { seq, ...input } of journal.inputs) {
          if (seq > latest) replayed.decide(input);
          latest = Math.max(latest, seq, replayed.inputs.at(-1)?.seq ?? 0);
        }
        expect(replayed.logged.at(-1)).toEqual(world.logged.at(-1));
      }),
      { numRuns: 60 },
    );
  });
});

// However the wall clock is set and the machine sleeps: a delay takes the time that it was to, and ends once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RuleWorld } from '../support/rule-world.ts';

const start = Date.parse('2026-03-02T12:00:30Z');
/** So long it may sleep before it looks at the clock again. */
const latestLook = 60_000;

const rule = `id: lamp
mode: parallel
max: 100
triggers: [{ message: p }]
actions: [{ delay: "{{ payload.s }}" }, { log: "{{ payload.n }}" }]
`;

const happening = fc.oneof(
  fc.record({ kind: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 200_000 }) }),
  fc.record({ kind: fc.constant('begin' as const), ms: fc.integer({ min: 1000, max: 900_000 }) }),
  fc.record({ kind: fc.constant('sleep' as const), ms: fc.integer({ min: 5000, max: 600_000 }) }),
  fc.record({ kind: fc.constant('set' as const), ms: fc.integer({ min: 2500, max: 200_000_000 }) }),
  fc.record({ kind: fc.constant('set' as const), ms: fc.integer({ min: -200_000_000, max: -2500 }) }),
);

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

interface Delay {
  readonly from: number;
  readonly ms: number;
  ended: number[];
}

function live(happenings: readonly Happening[]): readonly Delay[] {
  const world = new RuleWorld({ time: start });
  const delays: Delay[] = [];
  world.logged.push = (line) => delays[Number(line.split(' ')[1])]?.ended.push(world.clock.uptime()) ?? 0;
  world.save(rule);
  for (const { kind, ms } of happenings) {
    if (kind === 'advance') world.advance(ms);
    else if (kind === 'sleep') world.sleep(ms);
    else if (kind === 'set') {
      world.setClock(ms);
      // A message makes it look. What is left of steps between two looks may be an ordinary adjustment: the case below.
      world.publish({ topic: 'heard', payload: null });
    } else {
      world.publish({ topic: 'p', payload: { s: ms / 1000, n: delays.length } });
      delays.push({ from: world.clock.uptime(), ms, ended: [] });
    }
  }
  world.advance(1_000_000);
  return delays;
}

test('a delay is neither shorter nor much longer than it was to be', () => {
  const seed = Math.floor(Math.random() * 1e9);
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
      const sleptMs = happenings.reduce((ms, each) => (each.kind === 'sleep' ? ms + each.ms : ms), 0);
      for (const { from, ms, ended } of live(happenings)) {
        expect(ended).toHaveLength(1);
        const [took = 0] = ended.map((at) => at - from);
        expect(took).toBeGreaterThanOrEqual(ms - 1);
        expect(took).toBeLessThanOrEqual(ms + latestLook + sleptMs);
      }
    }),
    { seed, numRuns: 300 },
  );
});

test('steps between two looks that all but undo each other are an adjustment, and the next step counts it', () => {
  const world = new RuleWorld({ time: start });
  world.save(rule);
  world.setClock(-2502);
  world.setClock(2500);
  world.publish({ topic: 'p', payload: { s: 1.002, n: 0 } });
  world.setClock(-2500);
  world.publish({ topic: 'heard', payload: null });
  world.advance(999);
  expect(world.logged).toEqual([]);
  world.advance(1);
  expect(world.logged).toEqual(['lamp: 0']);
});

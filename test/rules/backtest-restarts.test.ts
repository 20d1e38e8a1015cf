// Backtests of a time in which the house was restarted: it stops and starts there as the real one did.
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { simulatedDay } from '../fixtures/simulated-day/day.ts';
import { backtest, bare, compiled, dayMs, livedFirings, rules, time } from '../support/backtests.ts';
import { RuleWorld } from '../support/rule-world.ts';

const minuteMs = 60_000;

interface Restart {
  /** Since the beginning. */
  readonly after: number;
  readonly downMs: number;
  /** It was asked to stop, or killed. */
  readonly isClean: boolean;
}

function restart(world: RuleWorld, { downMs, isClean }: Omit<Restart, 'after'>): void {
  if (isClean) world.live.stop();
  world.restart(downMs);
}

/** While it is down nobody hears what is said. */
function livedThrough(restarts: readonly Restart[], days: number): RuleWorld {
  const world = new RuleWorld({ time });
  for (const rule of rules) world.save(stringify(rule));
  const ahead = [...restarts];
  for (const { after, topic, payload, isRetained } of simulatedDay(3, days)) {
    const [next] = ahead;
    if (next !== undefined && next.after <= after) {
      ahead.shift();
      world.clock.advanceTo(time + next.after);
      restart(world, next);
    }
    if (time + after < world.clock.now()) continue;
    world.clock.advanceTo(time + after);
    world.publish({ topic, payload, retain: isRetained });
  }
  world.clock.advanceTo(time + days * dayMs);
  return world;
}

const night = 7.7 * 60 * minuteMs;
const restarts: readonly Restart[] = [10, 11, 12, 13, 14, 15].flatMap((hour) => [
  { after: hour * 60 * minuteMs, downMs: 1000 * hour, isClean: hour % 2 === 0 },
  { after: night + hour * 90 * minuteMs, downMs: 7 * minuteMs, isClean: hour % 2 === 1 },
]);

describe('a house that was restarted again and again', () => {
  const days = 2;
  const world = livedThrough(
    restarts.toSorted((a, b) => a.after - b.after),
    days,
  );
  const to = time + days * dayMs;
  const others = rules.map((rule, index) => compiled(rule, index + 1));

  test.each(others)('$id does what it did', (rule) => {
    const result = backtest(world.inputs, { rule, others, to });
    const ended = result.firings.filter(({ outcome }) => outcome !== 'waiting');
    expect(ended.length).toBeGreaterThan(0);
    expect(ended).toEqual(livedFirings(world, rule.id));
    expect(JSON.stringify(backtest(world.inputs, { rule, others, to }, true))).toBe(JSON.stringify(result));
  });
});

interface Case {
  readonly what: string;
  readonly rule: object;
  readonly before: (world: RuleWorld) => void;
  readonly downMs: number;
  readonly after?: (world: RuleWorld) => void;
}

const said = (topic: string, payload: unknown) => (world: RuleWorld) => world.publish({ topic, payload });
const late = [{ publish: 'told', payload: '{{ $time() }}' }];

const cases: readonly Case[] = [
  {
    what: 'a delay that came due meanwhile waits for devices to come back',
    rule: { triggers: [{ message: 'go' }], actions: [{ delay: '30s' }, ...late] },
    before: said('go', 1),
    downMs: minuteMs,
  },
  {
    what: 'a delay that came due meanwhile is skipped where the rule says so',
    rule: { triggers: [{ message: 'go' }], overdue: 'skip', actions: [{ delay: '30s' }, ...late] },
    before: said('go', 1),
    downMs: minuteMs,
  },
  {
    what: 'what was held is told as unobserved',
    rule: { triggers: [{ change: 'door', to: 'open', for: '2m' }], actions: late },
    before: said('door', 'open'),
    downMs: minuteMs,
  },
  {
    what: 'what was held begins anew where the trigger says so',
    rule: { triggers: [{ change: 'door', to: 'open', for: '2m', gap: 'reset' }], actions: late },
    before: said('door', 'open'),
    downMs: minuteMs,
  },
  {
    what: 'time in which nobody listened is no silence',
    rule: { triggers: [{ silence: 'beat', for: '2m' }], actions: late },
    before: said('beat', 1),
    downMs: minuteMs,
  },
  {
    what: 'a schedule that was missed is not made up for',
    rule: { triggers: [{ at: '00:01:30' }], actions: late },
    before: said('beat', 1),
    downMs: 3 * minuteMs,
  },
  {
    what: 'a schedule that was missed is made up for where it says so',
    rule: { triggers: [{ at: '00:01:30', catchUp: 'latest' }], actions: late },
    before: said('beat', 1),
    downMs: 3 * minuteMs,
  },
  {
    what: 'how often it ran is forgotten',
    rule: { triggers: [{ message: 'go' }], limit: { runs: 1, in: '1h' }, actions: late },
    before: said('go', 1),
    downMs: 1000,
    after: said('go', 2),
  },
  {
    what: 'it hears that the house stops and starts',
    rule: { triggers: [{ shutdown: true }, { startup: true }], actions: [{ log: '{{ verb }}' }] },
    before: said('go', 1),
    downMs: 1000,
  },
  {
    what: 'what a condition was is remembered',
    rule: { triggers: [{ becomes: "$state('door') = 'open'" }], actions: late },
    before: said('door', 'open'),
    downMs: 1000,
    after: said('door', 'open'),
  },
  {
    what: 'a window of time has a hole',
    rule: {
      triggers: [{ message: 'go' }],
      actions: [{ log: "{{ $string($over('t', '10m')) }}" }],
    },
    before: said('t', 5),
    downMs: minuteMs,
    after: said('go', 1),
  },
];

describe.each([true, false])('asked to stop: %s', (isClean) => {
  test.each(cases)('$what', ({ rule: document, before, downMs, after }) => {
    const world = new RuleWorld({ time });
    const whole = { id: 'r', ...document };
    world.save(stringify(whole));
    world.advance(10_000);
    before(world);
    world.advance(10_000);
    restart(world, { downMs, isClean });
    world.advance(5000);
    after?.(world);
    world.advance(10 * minuteMs);
    const lived = livedFirings(world, 'r');
    // The start of the house before the rule was saved is none of its matters.
    const given = { rule: compiled(whole, 1), from: time + 1, to: world.clock.now() };
    expect(backtest(world.inputs, given).firings).toEqual(lived);
  });
});

test('what was asked of the outside and may not be asked again is interrupted', async () => {
  const document = {
    id: 'ask',
    triggers: [{ message: 'ask' }],
    actions: [{ notify: 'phone', message: 'hello' }],
  };
  const world = new RuleWorld({ time });
  world.services.set('notify', () => new Promise(() => undefined));
  world.save(stringify(document));
  world.publish({ topic: 'ask', payload: 1 });
  world.restart(minuteMs);
  world.advance(minuteMs);
  const answers = world.inputs.filter((input) => input.kind === 'answer');
  const lived = livedFirings(world, 'ask');
  expect(lived).toMatchObject([{ error: { code: 'interrupted' } }]);
  const { firings } = backtest(world.inputs, {
    rule: compiled(document, 1),
    ground: { ...bare, answers },
    to: world.clock.now(),
  });
  expect(firings).toEqual(lived);
});

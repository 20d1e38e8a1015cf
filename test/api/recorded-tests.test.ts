// A recorded run becomes a test of its rule that passes against the version that ran.
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { RunTestView } from '../../src/api/index.ts';
import { RecordedTests } from '../../src/api/recorded-tests.ts';
import { SystemClock } from '../../src/base/index.ts';
import { checkText, Pace, playTests, type RuleVersionRow, type Trace } from '../../src/rules/index.ts';
import { simulatedDay } from '../fixtures/simulated-day/day.ts';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.parse('2026-03-10T00:00:00Z');
const dayMs = 86_400_000;
const home = { zone: 'UTC' };
const clock = new SystemClock();

const rules: readonly { readonly id: string; readonly [key: string]: unknown }[] = [
  {
    id: 'hot',
    triggers: [{ becomes: "$state('home/living-room/temperature').celsius > 20.5", hysteresis: 0.2 }],
    actions: [{ publish: 'home/living-room/valve/set', payload: { position: 0 } }],
  },
  {
    id: 'night-light',
    mode: 'restart',
    triggers: [{ message: 'home/{room}/motion', when: 'payload.occupancy' }],
    conditions: ["$state('home/hallway/lux') < 40"],
    actions: [
      { publish: 'home/{{ params.room }}/light/set', payload: { state: 'ON' } },
      { delay: '2m' },
      { publish: 'home/{{ params.room }}/light/set', payload: { state: 'OFF' } },
    ],
  },
  {
    id: 'door-open',
    mode: 'parallel',
    triggers: [{ change: 'home/hallway/door', path: 'contact', to: false, for: '5s' }],
    actions: [
      { emit: 'door' },
      { wait: "$state('home/hallway/door').contact", timeout: '3m' },
      { var: { doors: "{{ $var('doors', 0) + 1 }}" } },
    ],
  },
  { id: 'counted', triggers: [{ change: 'homerule/var/doors' }], actions: [{ log: '{{ payload }}' }] },
  { id: 'told', triggers: [{ event: 'door' }], actions: [{ log: 'a door' }] },
  { id: 'morning', triggers: [{ at: '07:30' }], actions: [{ publish: 'good', payload: 'morning' }] },
];

interface Recorded {
  readonly world: RuleWorld;
  readonly tests: RecordedTests;
}

function recorded(
  world: RuleWorld,
  texts: readonly string[],
  secrets: Readonly<Record<string, string>> = {},
): Recorded {
  const rows = texts.map((source, index): RuleVersionRow => {
    const { rule } = checkText(source, { version: index + 1, home });
    if (rule === undefined) throw new Error(source);
    return { rule: rule.id, version: index + 1, source, document: '', author: '', note: '', savedAt: time };
  });
  const nothing = { put: () => undefined, delete: () => undefined };
  const tests = new RecordedTests({
    ...{
      home,
      clock,
      library: world.library,
      replays: { settings: home, breaker: { runs: 100, inMs: 10_000 } },
    },
    store: {
      ...{ commits: { open: 0, whenCommitted: () => undefined } as never, rules: nothing, versions: nothing },
      versionsOf: async (rule) => rows.filter((row) => row.rule === rule),
      journalFrom: () => 0,
    },
    secrets: {
      list: () => Object.keys(secrets).map((name) => ({ name })),
      value: (name) => secrets[name],
    },
    runOf: async (id) => world.traces.find((trace) => trace.id === id) as Trace,
    past: {
      start: async () => ({ seq: 0, at: time, data: new Uint8Array(), hasSnapshot: true }),
      rows: async () => ({
        ...{ state: [], rules: [], variables: [], devices: [], deviceProperties: [], deviceMappings: [] },
        ...{ runs: [], triggers: [], captures: [] },
      }),
      inputs: async function* (_, to) {
        yield world.inputs.filter(({ at }) => at <= to);
      },
      missing: async () => [],
    },
  });
  return { world, tests };
}

const pace = (): Pace => new Pace(clock, { inputs: 1_000_000, bytes: 1e9, workMs: 60_000 });

async function replayed(view: RunTestView, text: string): Promise<unknown> {
  const tested = `${text}tests:\n${view.yaml}`;
  const { rule, tests, problems } = checkText(tested, { version: 9, home });
  if (rule === undefined) return problems;
  return (await playTests({ rule, tests, home, pace: pace() })).flatMap(({ failures }) => failures);
}

describe.each([1, 2])('in a simulated home of seed %d', (seed) => {
  const texts = rules.map((rule) => stringify(rule));
  const world = new RuleWorld({ time });
  for (const text of texts) world.save(text);
  for (const { after, topic, payload, isRetained } of simulatedDay(seed)) {
    world.clock.advanceTo(time + Math.round(after));
    world.publish({ topic, payload, retain: isRetained });
  }
  world.clock.advanceTo(time + dayMs);
  const { tests } = recorded(world, texts);

  test.each(rules.map(({ id }, index) => [id, texts[index] ?? '']))('runs of %s', async (id, text) => {
    const traces = world.traces.filter(({ rule }) => rule === id);
    const step = Math.max(1, Math.floor(traces.length / 8));
    const some = traces.filter((_, index) => index % step === 0);
    if (id !== 'counted') expect(some.length).toBeGreaterThan(0);
    for (const trace of some) {
      const view = await tests.of(trace.id, pace());
      expect([view.report, view.passes], view.yaml).toEqual([[], true]);
      expect(await replayed(view, text), view.yaml).toEqual([]);
    }
  });
});

const lamp = `id: lamp
triggers: [{ message: "door/{who}" }]
conditions: ["payload.pin = $secret('pin')", "$state('lux') < 10"]
actions:
  - publish: lamp/set
    payload: { state: "ON", who: "{{ params.who }}" }
  - delay: 2m
  - publish: lamp/set
    payload: { state: "OFF" }
`;

test('it holds what the rule read and heard, and no secret', async () => {
  const world = new RuleWorld({ time });
  world.keepSecret('pin', '4711');
  world.save(lamp);
  for (const topic of ['lux', 'other']) world.publish({ topic, payload: 3 });
  world.advance(3_600_000);
  world.publish({ topic: 'door/ann', payload: { pin: '4711' } });
  world.publish({ topic: 'other', payload: 4 });
  world.advance(200_000);
  const { tests } = recorded(world, [lamp], { pin: '4711' });
  const view = await tests.of(world.traces[0]?.id ?? '', pace());
  expect(view).toMatchObject({ rule: 'lamp', version: 1, passes: true, report: [], incomplete: [] });
  expect(view.yaml).toBe(`- name: door/ann on 2026-03-10 at 01:00:00
  given:
    time: 2026-03-10 01:00:00
    zone: UTC
    state:
      lux: 3
    secrets:
      pin: (secret)
  steps:
    - publish: door/ann
      payload:
        pin: (secret)
    - advance: 2m
  expect:
    published:
      - lamp/set {"state":"ON","who":"ann"}
      - lamp/set {"state":"OFF"}
    outcome: finished
`);
});

test('work outside is answered as it was', async () => {
  const text =
    'id: ask\ntriggers: [{ message: p }]\nactions: [{ http: "http://a/b" }, { publish: q, payload: "{{ http.body.now }}" }]\n';
  const world = new RuleWorld({ time });
  world.services.set('http', async () => ({ status: 200, headers: {}, body: { now: 12 } }));
  world.save(text);
  world.publish({ topic: 'p', payload: 1 });
  await new Promise<void>((resolve) => void clock.soon(resolve));
  const { tests } = recorded(world, [text]);
  const view = await tests.of(world.traces[0]?.id ?? '', pace());
  expect(view, view.yaml).toMatchObject({ passes: true, report: [] });
  expect(view.yaml).toContain('- answer: http');
  expect(view.yaml).toContain('- q 12');
});

test('what a test cannot hold is said, and the test expects what was', async () => {
  const world = new RuleWorld({ time });
  const text =
    "id: lamp\ntriggers: [{ message: p }]\nactions: [{ run: other, wait: true }, { publish: q, payload: '{{ run.outcome }}' }]\n";
  world.save('id: other\nactions: [{ log: a }]\n');
  world.save(text);
  world.publish({ topic: 'p', payload: 1 });
  const { tests } = recorded(world, ['id: other\nactions: [{ log: a }]\n', text]);
  const trace = world.traces.find(({ rule }) => rule === 'lamp');
  const view = await tests.of(trace?.id ?? '', pace());
  expect(view.passes).toBe(false);
  expect(view.report.join('\n')).toMatch(/published/);
});

test('a secret that somebody sent is nowhere in it, not even where the test is not the run', async () => {
  const text = `id: lamp
triggers: [{ message: "p/{who}" }]
actions:
  - publish: q
    payload: "{{ payload }}"
  - run: other
    wait: true
  - publish: r
    payload: "{{ run.outcome }}"
`;
  const world = new RuleWorld({ time });
  world.save('id: other\nactions: [{ log: a }]\n');
  world.save(text);
  world.publish({ topic: 'p/4711', payload: 'it is 4711' });
  const { tests } = recorded(world, ['id: other\nactions: [{ log: a }]\n', text], { pin: '4711' });
  const trace = world.traces.find(({ rule }) => rule === 'lamp');
  const view = await tests.of(trace?.id ?? '', pace());
  expect(view.passes).toBe(false);
  expect(view.yaml).toContain('q it is (secret)');
  expect(JSON.stringify(view)).not.toContain('4711');
});

// A busy home's week: how fast rules are tried on it, and what the live house notices of that. Against the `jsonata`
// package putting its condition to the same payloads.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsonata from 'jsonata';
import { connectAsync } from 'mqtt';
import { SystemClock, silentLogger } from '../../src/base/index.ts';
import { Store } from '../../src/store/index.ts';
import { type DayLine, simulatedDay } from '../fixtures/simulated-day/day.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { buildServer, metricOf } from './support/house-subject.ts';
import { attempt, type Tally } from './support/tally.ts';
import { printTargets, type Target } from './support/targets.ts';

const dayMs = 86_400_000;
const clock = new SystemClock();
/** Messages a second to the live house meanwhile. */
const livePace = 500;

interface Plan {
  readonly messages: number;
  /** For so long the live house is looked at alone. */
  readonly restMs: number;
}

const fullPlan: Plan = { messages: 5_000_000, restMs: 5000 };
/** Together within a minute, building included. */
const quickPlan: Plan = { messages: 200_000, restMs: 2000 };

interface Scene {
  readonly what: string;
  readonly rule: string;
}

const scenes: readonly Scene[] = [
  {
    what: 'a threshold on one topic',
    rule: `id: hot\ntriggers: [{ becomes: "$state('h0/home/living-room/temperature').celsius > 21" }]\nactions: [{ publish: fan/set, payload: "ON" }]\n`,
  },
  {
    what: 'motion in every home, a wait, an $over',
    rule: `id: motion\nmode: restart\nkey: "{{ params.home }}"\ntriggers: [{ message: "{home}/home/hallway/motion", when: payload.occupancy }]\nconditions: ["$over('h0/home/hallway/lux', '1h').mean < 100"]\nactions: [{ publish: "{{ params.home }}/light/set", payload: "ON" }, { delay: 2m }, { publish: "{{ params.home }}/light/set", payload: "OFF" }]\n`,
  },
  {
    what: 'a trigger on every message',
    rule: `id: any\ntriggers: [{ message: "#", when: "payload.celsius > 27" }]\nactions: [{ log: hot }]\n`,
  },
];

/** The same week in so many homes, one after the other in each moment. */
async function fill(dir: string, lines: readonly DayLine[], homes: number): Promise<number> {
  const policy = { journalMs: 9 * dayMs, journalBytes: 4 * 2 ** 30, rawMs: dayMs, rollupMs: dayMs };
  const history = { ...policy, seriesBytes: 2 ** 30, series: 0, paths: 1, topics: [] };
  const store = new Store({ dir, clock, log: silentLogger, history });
  await store.start(new AbortController().signal);
  const start = clock.now() - 7 * dayMs;
  let seq = await store.nextSeqBlock();
  const first = seq;
  const by = 'sensor';
  for (const [index, { after, topic, payload, isRetained: retain }] of lines.entries()) {
    const bytes = Buffer.from(payload);
    for (let home = 0; home < homes; home++) {
      const head = { kind: 'message', seq: seq++, at: start + after, topic: `h${home}/${topic}` } as const;
      store.journal.append({ ...head, payload: bytes, qos: 0, retain, origin: 'client', by, depth: 0 });
    }
    if (index % 200 === 0) await store.history.paths('nothing');
  }
  await store.stop();
  return seq - first;
}

/** Keeps the house busy until it is told to stop. */
async function busy({ mqttPort }: TestHouse): Promise<() => Promise<void>> {
  const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`);
  let isOver = false;
  const done = (async () => {
    for (let n = 0; !isOver; n++) {
      for (let left = livePace / 100; left > 0; left--)
        client.publish(`live/${n % 100}/t`, JSON.stringify({ celsius: 20 + (n % 10), n }));
      await new Promise<void>((resolve) => void clock.after(10, resolve));
    }
  })();
  return async () => {
    isOver = true;
    await done;
    await client.endAsync();
  };
}

interface Tried {
  readonly messages: number;
  readonly fired: number;
  readonly seconds: number;
  readonly delayMs: number;
}

const lag = 'nodejs_eventloop_lag_p99_seconds';

/** What other work of the machine does to the house by itself. */
async function undisturbed(house: TestHouse, ms: number): Promise<number> {
  const stop = await busy(house);
  await metricOf(house, lag); // asking begins a new period
  await new Promise<void>((resolve) => void clock.after(ms, resolve));
  const delayMs = (await metricOf(house, lag)) * 1000;
  await stop();
  return delayMs;
}

async function tried(house: TestHouse, { rule }: Scene): Promise<Tried> {
  const id = /id: (\w+)/.exec(rule)?.[1] ?? '';
  const stop = await busy(house);
  await metricOf(house, lag);
  const answer = await fetch(`${house.url}/api/v1/rules/${id}/backtest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: rule, from: '-8d' }),
  });
  const delayMs = (await metricOf(house, lag)) * 1000;
  await stop();
  const view = (await answer.json()) as Tried & { readonly detail?: string };
  if (!answer.ok) throw new Error(view.detail);
  return { ...view, delayMs };
}

/** Messages a second that the package alone puts to a condition. */
async function peer(lines: readonly DayLine[]): Promise<number> {
  const condition = jsonata('celsius > 21');
  const payloads = lines.filter(({ payload }) => payload.startsWith('{')).slice(0, 20_000);
  const begin = clock.monotonic();
  for (const { payload } of payloads) await condition.evaluate(JSON.parse(payload));
  return (payloads.length / (clock.monotonic() - begin)) * 1000;
}

function targetsOf({ what }: Scene, { messages, fired, seconds, delayMs }: Tried, rate: number): Target[] {
  const speed = messages / seconds;
  return [
    {
      what: `${what}: ${Math.round(speed / 1000)} k messages/s, ${fired} runs, in`,
      value: seconds,
      unit: 's',
      ...(what === scenes[0]?.what && { atMost: 30 }),
    },
    { what: '  event-loop delay of the live house meanwhile, p99', value: delayMs, unit: 'ms', atMost: 20 },
    { what: `  to jsonata alone at ${Math.round(rate / 1000)} k/s`, value: speed / rate, unit: '×' },
  ];
}

export async function run({
  quick,
  tally,
}: {
  readonly quick: boolean;
  readonly tally: Tally;
}): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'homerule-bench-'));
  const lines = simulatedDay(1, 7);
  const plan = quick ? quickPlan : fullPlan;
  const homes = Math.ceil(plan.messages / lines.length);
  try {
    buildServer();
    const messages = await attempt(tally, 'backtest, filling', () => fill(dir, lines, homes));
    const rate = await peer(lines);
    const house = await startHouse({ dataDir: dir, isBuilt: true });
    const alone = await attempt(tally, 'backtest, none', () => undisturbed(house, plan.restMs));
    const what = 'event-loop delay of the live house without a backtest, p99';
    const targets: Target[] = [{ what, value: alone ?? Number.NaN, unit: 'ms' }];
    for (const scene of scenes) {
      const result = await attempt(tally, `backtest, ${scene.what}`, () => tried(house, scene));
      if (result !== undefined) targets.push(...targetsOf(scene, result, rate));
    }
    await house.stop();
    printTargets(`backtest: a week of ${messages} messages, ${livePace} a second to the live house`, targets);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

// A busy home's week: how fast rules are tried on it, and what the live house notices of that. Against the `jsonata`
// package putting its condition to the same payloads.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsonata from 'jsonata';
import { SystemClock } from '../../src/base/index.ts';
import { type DayLine, simulatedDay } from '../fixtures/simulated-day/day.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { busy, fill, lag, livePace, undisturbed } from './support/busy-week.ts';
import { buildServer, metricOf } from './support/house-subject.ts';
import { attempt, type Tally } from './support/tally.ts';
import { printTargets, type Target } from './support/targets.ts';

const clock = new SystemClock();

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

interface Tried {
  readonly messages: number;
  readonly fired: number;
  readonly seconds: number;
  readonly delayMs: number;
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
    const messages = await attempt(tally, 'backtest, filling', () => fill({ dir, lines, homes }));
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

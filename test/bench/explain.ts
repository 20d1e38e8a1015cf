// Twenty questions why a rule did not run, about a busy home's week: how long an answer takes, and what the live house notices.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../src/base/index.ts';
import { simulatedDay } from '../fixtures/simulated-day/day.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { busy, fill, lag, livePace, undisturbed } from './support/busy-week.ts';
import { buildServer, metricOf } from './support/house-subject.ts';
import { attempt, type Tally } from './support/tally.ts';
import { printTargets, type Target } from './support/targets.ts';

const dayMs = 86_400_000;
const questions = 20;
const clock = new SystemClock();

const rules: ReadonlyMap<string, string> = new Map([
  [
    'hot',
    `id: hot\ntriggers: [{ becomes: "$state('h0/home/living-room/temperature').celsius > 21" }]\nactions: [{ publish: fan/set, payload: "ON" }]\n`,
  ],
  ['any', `id: any\ntriggers: [{ message: "#", when: "payload.celsius > 27" }]\nactions: [{ log: hot }]\n`],
  [
    'moved',
    `id: moved\ntriggers: [{ message: "+/home/hallway/motion", origin: client, when: payload.occupancy }]\nconditions: ["$state('h0/home/hallway/lux') < 10"]\nactions: [{ log: moved }]\n`,
  ],
]);

async function explain({ url }: TestHouse, rule: string, at: number): Promise<number> {
  const begin = clock.monotonic();
  const answer = await fetch(`${url}/api/v1/rules/${rule}/explain`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ at: String(Math.round(at)) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return clock.monotonic() - begin;
}

/** One after the other, over the days that are on record. */
async function asked(house: TestHouse, rule: string): Promise<readonly Target[]> {
  const stop = await busy(house);
  const begin = clock.now() - 6.5 * dayMs;
  const took: number[] = [];
  await metricOf(house, lag);
  for (let n = 0; n < questions; n++)
    took.push(await explain(house, rule, begin + (n * 6 * dayMs) / questions));
  const delayMs = (await metricOf(house, lag)) * 1000;
  await stop();
  const sorted = took.toSorted((a, b) => a - b);
  return [
    { what: `rule ${rule}: an answer, median`, value: sorted[questions / 2] ?? Number.NaN, unit: 'ms' },
    { what: '  the slowest', value: sorted.at(-1) ?? Number.NaN, unit: 'ms' },
    { what: '  event-loop delay of the live house meanwhile, p99', value: delayMs, unit: 'ms', atMost: 20 },
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
  const homes = Math.ceil((quick ? 200_000 : 5_000_000) / lines.length);
  try {
    buildServer();
    const messages = await attempt(tally, 'explain, filling', () => fill({ dir, lines, homes, rules }));
    const house = await startHouse({ dataDir: dir, isBuilt: true });
    const alone = await attempt(tally, 'explain, none', () => undisturbed(house, 5000));
    const what = 'event-loop delay of the live house without a question, p99';
    const targets: Target[] = [{ what, value: alone ?? Number.NaN, unit: 'ms' }];
    for (const rule of rules.keys())
      targets.push(...((await attempt(tally, `explain, ${rule}`, () => asked(house, rule))) ?? []));
    await house.stop();
    const title = `explain: ${questions} questions about a week of ${messages} messages, ${livePace} a second to the live house`;
    printTargets(title, targets);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

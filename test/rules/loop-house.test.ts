// Two rules that wake each other, in a whole house: told when they are saved, cut off when they run, felt by nobody else.
import { expect, test } from 'vitest';
import type { AnalysisView, CheckView, RuleView } from '../../src/api/index.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, client, get, house } from '../support/house-visit.ts';

const rule = (id: string, other: string): string =>
  `id: ${id}\nmode: parallel\nmax: 1000\ntriggers: [{ message: ${id}/set }]\nactions: [{ publish: ${other}/set, payload: "ON" }]\n`;

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** Times so many round trips of a client that has nothing to do with the rules; the median in milliseconds. */
async function pinger(at: TestHouse): Promise<(count: number, before: () => void) => Promise<number>> {
  const other = await client(at.mqttPort);
  await other.subscribeAsync('ping', { qos: 0 });
  const ping = async (): Promise<number> => {
    const begun = performance.now();
    const heard = new Promise<void>((resolve) => other.once('message', () => resolve()));
    await Promise.all([other.publishAsync('ping', ''), heard]);
    return performance.now() - begun;
  };
  return async (count, before) => {
    const times: number[] = [];
    for (let turn = 0; turn < count; turn++) {
      before();
      times.push(await ping());
    }
    return median(times);
  };
}

/** Runs of both that ended well: one for each depth that is let through, from one message on. */
const runsOfOneMessage = 17;

test('a loop is named when it is saved, ends by itself, and leaves others their speed', async () => {
  const at = await house();
  await apply(at, 'a', rule('a', 'b'));

  const headers = { 'content-type': 'text/yaml' };
  const asked = await fetch(`${at.url}/api/v1/rules/check`, {
    method: 'POST',
    headers,
    body: rule('b', 'a'),
  });
  const check = (await asked.json()) as CheckView;
  expect(check.findings).toMatchObject([{ code: 'loop', rules: ['b', 'a'] }]);
  expect((await get<AnalysisView>(`${at.url}/api/v1/rules/analysis`)).findings).toEqual([]);

  const saved = await apply(at, 'b', rule('b', 'a'));
  expect(saved.findings).toEqual(check.findings);
  expect(saved.problems).toMatchObject([{ code: 'loop', severity: 'warning', path: 'actions[0]', line: 5 }]);
  expect(saved.problems[0]?.message).toContain('"b" publishes a/set (actions[0]), which wakes "a"');
  const analysis = await get<AnalysisView>(`${at.url}/api/v1/rules/analysis`);
  expect(analysis.findings).toMatchObject([{ code: 'loop' }]);
  expect(analysis.edges).toContainEqual({
    from: 'rule a',
    to: 'topic b/set',
    does: 'writes',
    path: 'actions[0]',
  });

  const pings = await pinger(at);
  await pings(50, () => undefined);
  const calm = await pings(200, () => undefined);

  const starter = await client(at.mqttPort);
  await starter.publishAsync('a/set', 'ON', { qos: 1 });
  const ruleNow = (id: string): Promise<RuleView> => get<RuleView>(`${at.url}/api/v1/rules/${id}`);
  const runsNow = async (): Promise<number> => {
    const [a, b] = await Promise.all([ruleNow('a'), ruleNow('b')]);
    return (a.counters.finished ?? 0) + (b.counters.finished ?? 0);
  };
  expect(await runsNow()).toBe(runsOfOneMessage);

  const busy = await pings(300, () => starter.publish('a/set', 'ON'));
  const a = await ruleNow('a');
  expect(a.breaker).toBe('open');
  expect(a.counters.refused).toBeGreaterThan(100);
  expect(await runsNow()).toBeLessThan(500);
  console.log(`a round trip took ${calm.toFixed(2)} ms, beside the loop ${busy.toFixed(2)} ms (medians)`);
  expect(busy).toBeLessThan(5 * calm + 10);
}, 60_000);

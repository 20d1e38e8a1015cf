// The whole house in its own process: what a person does on the first day, and what must survive the worst.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Page, RuleView, RunSummary, RunView, TimerView, TopicView } from '../../src/api/index.ts';
import { startHouse } from '../support/house.ts';
import { apply, client, freshFolder, get, house, listen } from '../support/house-visit.ts';

const fan = readFileSync(new URL('../../data/example/rules/fan.yaml', import.meta.url), 'utf8');
const later = (delay: string): string => `id: later
mode: parallel
triggers: [{ message: press }]
actions:
  - delay: ${delay}
  - publish: lamp/set
    payload: "{{ payload }}"
`;

describe('the first rule', () => {
  test('a message becomes an action, and the run tells why', async () => {
    const at = await house();
    await apply(at, 'fan', fan);
    const next = await listen(at.mqttPort, 'home/+/fan/set');
    const sensor = await client(at.mqttPort);
    await sensor.publishAsync('home/kitchen/temperature', '{"celsius":20}');
    await sensor.publishAsync('home/kitchen/temperature', '{"celsius":31}', { qos: 1 });
    expect(await next()).toBe('home/kitchen/fan/set ON');
    await sensor.publishAsync('home/kitchen/threshold', '35', { qos: 1 });
    await sensor.publishAsync('home/kitchen/temperature', '{"celsius":31}', { qos: 1 });
    await sensor.publishAsync('home/bath/temperature', '{"celsius":31}', { qos: 1 });
    expect(await next()).toBe('home/bath/fan/set ON');

    const { items } = await get<Page<RunSummary>>(`${at.url}/api/v1/rules/fan/runs`);
    const finished = items.filter(({ status }) => status === 'finished');
    expect(finished.map(({ topic }) => topic)).toEqual(['home/bath/temperature', 'home/kitchen/temperature']);
    const run = await get<RunView>(`${at.url}/api/v1/runs/${finished[1]?.id}`);
    const values = run.conditions[0]?.parts.map(({ source, value }) => [source, value]);
    expect(values).toContainEqual(['payload.celsius', 31]);
    expect(values).toContainEqual([`$state('home/' & params.room & '/threshold', 28)`, 28]);
  });

  test('a bad rule is refused with its problems, and nothing is stored', async () => {
    const at = await house();
    const body = 'id: bad\ntriggers: [{ mesage: a }]\nactions: [{ log: "{{ x + }}" }]\n';
    const answer = await fetch(`${at.url}/api/v1/rules/bad`, {
      method: 'PUT',
      headers: { 'content-type': 'text/yaml' },
      body,
    });
    expect(answer.status).toBe(400);
    const problem = (await answer.json()) as { code: string; problems: { path: string }[] };
    expect(problem.code).toBe('rule-invalid');
    expect(problem.problems.map(({ path }) => path)).toEqual(['triggers[0].mesage', 'actions[0].log']);
    expect((await get<Page<unknown>>(`${at.url}/api/v1/rules`)).items).toEqual([]);
  });

  test('an older version can be taken back; who saw an old one may not overwrite', async () => {
    const at = await house();
    await apply(at, 'fan', fan);
    const second = await apply(at, 'fan', fan.replace('28)', '29)'));
    expect(second.version).toBe(2);
    const headers = { 'content-type': 'text/yaml', 'if-match': '"1"' };
    const conflict = await fetch(`${at.url}/api/v1/rules/fan`, { method: 'PUT', headers, body: fan });
    expect(conflict.status).toBe(412);
    const json = { 'content-type': 'application/json' };
    const back = await fetch(`${at.url}/api/v1/rules/fan/rollback`, {
      method: 'POST',
      headers: json,
      body: '{"version":1}',
    });
    expect(((await back.json()) as RuleView).source).toBe(fan);
    expect((await get<RuleView>(`${at.url}/api/v1/rules/fan`)).version).toBe(3);
  });
});

describe('kill -9', () => {
  test('a delay goes on where it was and ends once', async () => {
    const folder = freshFolder();
    const first = await startHouse({ dataDir: folder });
    await apply(first, 'later', later('2s'));
    const presser = await client(first.mqttPort);
    await presser.publishAsync('press', 'off', { qos: 1 });
    expect((await get<Page<TimerView>>(`${first.url}/api/v1/timers`)).items).toHaveLength(1);
    await first.kill();

    const second = await house(folder);
    const next = await listen(second.mqttPort, '#');
    const heard = [await next()];
    while (heard.at(-1) !== 'lamp/set off') heard.push(await next());
    expect((await get<Page<TimerView>>(`${second.url}/api/v1/timers`)).items).toEqual([]);
    const { items } = await get<Page<RunSummary>>(`${second.url}/api/v1/rules/later/runs`);
    expect(items.map(({ status }) => status)).toEqual(['finished']);
    await second.kill();

    const third = await house(folder);
    expect((await get<Page<TimerView>>(`${third.url}/api/v1/timers`)).items).toEqual([]);
    expect((await get<RuleView>(`${third.url}/api/v1/rules/later`)).last?.status).toBe('finished');
  });

  test('a run finishes on its own version though the rule was changed meanwhile', async () => {
    const folder = freshFolder();
    const first = await startHouse({ dataDir: folder });
    await apply(first, 'later', later('1h'));
    const presser = await client(first.mqttPort);
    await presser.publishAsync('press', 'old', { qos: 1 });
    await apply(first, 'later', later('2h').replace('lamp/set', 'other'));
    await first.kill();

    const second = await house(folder);
    const next = await listen(second.mqttPort, '+/set');
    const { items } = await get<Page<TimerView>>(`${second.url}/api/v1/timers`);
    expect(items).toHaveLength(1);
    await fetch(`${second.url}/api/v1/timers/${items[0]?.id}/fire`, { method: 'POST' });
    expect(await next()).toBe('lamp/set old');
    const run = await get<RunView>(`${second.url}/api/v1/runs/${items[0]?.id}`);
    expect([run.version, run.status]).toEqual([1, 'finished']);
  });

  test('what was acknowledged is there: state, retained messages, rules, waiting runs', async () => {
    const folder = freshFolder();
    const first = await startHouse({ dataDir: folder });
    await apply(first, 'later', later('1h'));
    const sensor = await client(first.mqttPort);
    const presses = Array.from({ length: 8 }, (_, i) => sensor.publishAsync('press', String(i), { qos: 1 }));
    await Promise.all([...presses, sensor.publishAsync('sensor', '{"n":1}', { qos: 1, retain: true })]);
    await sensor.publishAsync('twice', 'yes', { qos: 2 });
    await first.kill();

    const second = await house(folder);
    expect((await get<TopicView>(`${second.url}/api/v1/topics/sensor`)).payload).toBe('{"n":1}');
    expect((await get<TopicView>(`${second.url}/api/v1/topics/sensor`)).retained).toBe(true);
    expect((await get<TopicView>(`${second.url}/api/v1/topics/twice`)).payload).toBe('yes');
    const { items } = await get<Page<TimerView>>(`${second.url}/api/v1/timers`);
    expect(items).toHaveLength(8);
    const next = await listen(second.mqttPort, 'sensor');
    expect(await next()).toBe('sensor {"n":1}');
    await fetch(`${second.url}/api/v1/timers/${items[0]?.id}/fire`, { method: 'POST' });
    expect((await get<Page<TimerView>>(`${second.url}/api/v1/timers`)).items).toHaveLength(7);
  });
});

test('a second start on the same data says who has them and leaves', async () => {
  const at = await house();
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const flags = ['start', '--data', at.dataDir, '--mqtt-port', '0', '--ws-port', '0', '--http-port', '0'];
  const { status, stderr } = spawnSync(process.execPath, [main, ...flags], {
    encoding: 'utf8',
    timeout: 15_000,
  });
  expect(status).toBe(1);
  expect(stderr).toContain('data-in-use');
  expect(stderr).toContain(String(at.pid));
});

test('SIGTERM stops it cleanly, and the next start finds no gap to mend', async () => {
  const folder = freshFolder();
  const first = await startHouse({ dataDir: folder });
  const sensor = await client(first.mqttPort);
  await sensor.publishAsync('a', '1');
  // Acknowledged after it on the same connection: the house has heard the first one.
  await sensor.publishAsync('b', '1', { qos: 1 });
  expect(await first.stop()).toBe(0);
  const second = await house(folder);
  expect((await get<TopicView>(`${second.url}/api/v1/topics/a`)).payload).toBe('1');
});

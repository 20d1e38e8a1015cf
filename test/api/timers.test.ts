// Versions and timers through the API of a real house: what waits is seen, brought forward, ended and outlives edits.
import { expect, test } from 'vitest';
import type { LiveItems, Page, RuleVersionView, RunView, TimerView } from '../../src/api/index.ts';
import { invoke } from '../cli/invoke.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, client, get, house, listen } from '../support/house-visit.ts';
import { LiveClient } from '../support/live-client.ts';

const door = (note: string, action = 'open too long'): string => `id: door
description: ${note}
triggers:
  - change: home/{room}/door
    to: open
    for: 1h
actions:
  - publish: alarm
    payload: "{{ params.room }}: ${action}"
`;

const branches = `id: both
triggers: [{ message: press }]
actions:
  - parallel:
      - [{ delay: 1h }, { publish: out, payload: first }]
      - [{ wait: "$state('never') = 1", timeout: 2h }, { publish: out, payload: second }]
`;

const timers = async (at: TestHouse): Promise<readonly TimerView[]> =>
  (await get<Page<TimerView>>(`${at.url}/api/v1/timers`)).items;

const ask = (at: TestHouse, method: 'POST' | 'DELETE', path: string): Promise<Response> =>
  fetch(`${at.url}/api/v1/timers/${path}`, { method });

test('an unrelated edit resets no hold, and a version says what it changed', async () => {
  const at = await house();
  await apply(at, 'door', door('first'));
  const next = await listen(at.mqttPort, 'alarm');
  const sensor = await client(at.mqttPort);
  await sensor.publishAsync('home/a b/door', 'open', { qos: 1 });
  const [held] = await timers(at);
  expect(held).toMatchObject({
    kind: 'hold',
    rule: 'door',
    path: 'triggers[0]',
    verb: 'change',
    about: 'home/a b/door',
  });

  await apply(at, 'door', door('second', 'close it'));
  expect((await timers(at)).map(({ id, due }) => [id, due])).toEqual([[held?.id, held?.due]]);
  const { items } = await get<Page<RuleVersionView>>(`${at.url}/api/v1/rules/door/versions`);
  expect(items.map(({ version, diff }) => [version, diff?.paths])).toEqual([
    [
      2,
      [
        { path: 'description', change: 'changed' },
        { path: 'actions[0].payload', change: 'changed' },
      ],
    ],
    [1, undefined],
  ]);
  expect(items[0]?.diff?.text).toContain('-description: first\n+description: second\n');

  expect((await ask(at, 'POST', `${encodeURIComponent(held?.id ?? '')}/fire`)).status).toBe(204);
  expect(await next()).toBe('alarm a b: close it');
  expect(await timers(at)).toEqual([]);

  await sensor.publishAsync('home/a b/door', 'shut', { qos: 1 });
  await sensor.publishAsync('home/a b/door', 'open', { qos: 1 });
  await apply(at, 'door', door('third').replace('for: 1h', 'for: 2h'));
  expect(await timers(at)).toEqual([]);
});

test('what a trigger holds can be let go from the command line, and fires no more', async () => {
  const at = await house();
  await apply(at, 'door', door('first'));
  const sensor = await client(at.mqttPort);
  await sensor.publishAsync('home/hall/door', 'open', { qos: 1 });
  const cli = (...argv: string[]) => invoke([...argv, '--data', at.dataDir]);
  const { out } = await cli('rule', 'timers');
  expect(out).toMatch(/hold .* 59m +triggers\[0\] change home\/hall\/door\n$/);
  const id = (await timers(at))[0]?.id ?? '';
  expect(await cli('timers', 'cancel', id)).toMatchObject({ code: 0, out: `cancelled ${id}\n` });
  expect(await timers(at)).toEqual([]);
  expect(await cli('timers', 'fire', id)).toMatchObject({ code: 1 });
});

test('each branch of a run has a timer of its own: one is fired, then the run is ended', async () => {
  const at = await house();
  await apply(at, 'both', branches);
  const next = await listen(at.mqttPort, 'out');
  const presser = await client(at.mqttPort);
  await presser.publishAsync('press', '1', { qos: 1 });
  const both = await timers(at);
  expect(both.map(({ kind, verb, path }) => [kind, verb, path])).toEqual([
    ['run', 'delay', 'actions[0].parallel[0][0]'],
    ['run', 'wait', 'actions[0].parallel[1][0]'],
  ]);
  expect(new Set(both.map(({ run }) => run)).size).toBe(1);
  const [first, second] = both.map(({ id }) => encodeURIComponent(id));
  expect((await ask(at, 'POST', `${first}/fire`)).status).toBe(204);
  expect(await next()).toBe('out first');
  expect(await timers(at)).toHaveLength(1);
  expect((await ask(at, 'DELETE', `${second}`)).status).toBe(204);
  const run = await get<RunView>(`${at.url}/api/v1/runs/${both[0]?.run}`);
  expect(run).toMatchObject({ status: 'cancelled', reason: 'owner' });
  expect((await ask(at, 'DELETE', `${second}`)).status).toBe(404);
});

test('a schedule belongs to its rule: it may be fired, not cancelled', async () => {
  const at = await house();
  await apply(
    at,
    'daily',
    'id: daily\ntriggers: [{ at: "03:00" }]\nactions: [{ publish: out, payload: x }]\n',
  );
  const next = await listen(at.mqttPort, 'out');
  const [timer] = await timers(at);
  expect(timer).toMatchObject({ kind: 'schedule', verb: 'at', path: 'triggers[0]' });
  const id = encodeURIComponent(timer?.id ?? '');
  const refused = await ask(at, 'DELETE', id);
  expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'timer-scheduled' }]);
  expect((await ask(at, 'POST', `${id}/fire`)).status).toBe(204);
  expect(await next()).toBe('out x');
  expect(await timers(at)).toHaveLength(1);
});

test('timers and runs are told live', async () => {
  const at = await house();
  await apply(at, 'door', door('first'));
  const live = new LiveClient(`${at.url.replace('http', 'ws')}/api/v1/live`);
  expect((await live.next()).op).toBe('hello');
  await live.ask({ op: 'sub', id: 't', channel: 'timers' });
  await live.ask({ op: 'sub', id: 'other', channel: 'timers', filter: 'nobody' });
  const sensor = await client(at.mqttPort);
  const told = async (): Promise<readonly LiveItems['timers'][]> =>
    ((await live.next()).items ?? []) as readonly LiveItems['timers'][];
  await sensor.publishAsync('home/hall/door', 'open', { qos: 1 });
  expect(await told()).toMatchObject([{ change: 'armed', timer: { kind: 'hold', about: 'home/hall/door' } }]);
  await sensor.publishAsync('home/hall/door', 'shut', { qos: 1 });
  expect(await told()).toMatchObject([{ change: 'gone', timer: { kind: 'hold' } }]);
  live.socket.close();
});

test('how a run ended is told to clients, and to nobody else', async () => {
  const at = await house();
  await apply(at, 'press', 'id: press\ntriggers: [{ message: press }]\nactions: [{ stop: enough }]\n');
  await apply(
    at,
    'echo',
    'id: echo\ntriggers: [{ message: homerule/rules/+/outcome }]\nactions: [{ log: x }]\n',
  );
  const next = await listen(at.mqttPort, 'homerule/rules/press/outcome');
  const presser = await client(at.mqttPort);
  await presser.publishAsync('press', '1', { qos: 1 });
  const [topic, ...text] = (await next()).split(' ');
  expect(topic).toBe('homerule/rules/press/outcome');
  expect(JSON.parse(text.join(' '))).toMatchObject({
    rule: 'press',
    version: 1,
    outcome: 'stopped',
    reason: 'enough',
    verb: 'message',
  });
  const echo = await get<Page<unknown>>(`${at.url}/api/v1/rules/echo/runs`);
  expect(echo.items).toEqual([]);
});

test('outcomes can be switched off', async () => {
  const at = await house(undefined, { env: { HOMERULE_RULES__OUTCOMES: 'false' } });
  await apply(
    at,
    'press',
    'id: press\ntriggers: [{ message: press }]\nactions: [{ publish: out, payload: "1" }]\n',
  );
  const next = await listen(at.mqttPort, '#');
  const presser = await client(at.mqttPort);
  for (const payload of ['1', '2']) await presser.publishAsync('press', payload, { qos: 1 });
  const heard = [await next(), await next(), await next(), await next(), await next()];
  expect(heard.filter((line) => line.includes('outcome'))).toEqual([]);
});

test('clients that are granted it run and switch rules; nobody else does', async () => {
  const at = await house(undefined, { env: { HOMERULE_ACCESS__RULE_COMMANDS: 'true' } });
  await apply(
    at,
    'press',
    'id: press\ntriggers: [{ button: true }]\nactions: [{ publish: out, payload: "{{ payload }}" }]\n',
  );
  const cli = (...argv: string[]) => invoke([...argv, '--data', at.dataDir]);
  await cli('user', 'add', 'remote', '--password', 'a long enough one');
  await cli('acl', 'add', 'remote', 'write', 'homerule/rules/+/run');
  const next = await listen(at.mqttPort, 'out');
  const stranger = await client(at.mqttPort, { clientId: 'stranger' });
  const remote = await client(at.mqttPort, { username: 'remote', password: 'a long enough one' });
  await stranger.publishAsync('homerule/rules/press/run', 'stranger', { qos: 1 });
  await remote.publishAsync('homerule/rules/press/disable', '', { qos: 1 });
  await remote.publishAsync('homerule/rules/nobody/run', '', { qos: 1 });
  await remote.publishAsync('homerule/rules/press/run', 'remote', { qos: 1 });
  expect(await next()).toBe('out remote');
  expect((await get<{ enabled: boolean }>(`${at.url}/api/v1/rules/press`)).enabled).toBe(true);
  expect(at.output()).toContain('there is no rule "nobody" that could run');
});

test('without the switch a grant opens nothing', async () => {
  const at = await house();
  await apply(
    at,
    'press',
    'id: press\ntriggers: [{ button: true }]\nactions: [{ publish: out, payload: x }]\n',
  );
  const cli = (...argv: string[]) => invoke([...argv, '--data', at.dataDir]);
  await cli('user', 'add', 'remote', '--password', 'a long enough one');
  await cli('acl', 'add', 'remote', 'write', '#');
  const next = await listen(at.mqttPort, 'out');
  const remote = await client(at.mqttPort, { username: 'remote', password: 'a long enough one' });
  await remote.publishAsync('homerule/rules/press/run', '', { qos: 1 });
  await remote.publishAsync('out', 'marker', { qos: 1 });
  expect(await next()).toBe('out marker');
});

const watchdog = `id: watchdog
triggers: [{ silence: "sensor/+", for: 1h }]
actions: [{ publish: out, payload: "{{ topic }}" }]
`;

const waiting = `id: patient
triggers: [{ message: go }]
actions: [{ wait: { silence: "sensor/+", for: 2h } }, { publish: out, payload: over }]
`;

test('topics that may fall silent are timers: with time left, to be told of now, or not at all', async () => {
  const at = await house();
  await apply(at, 'watchdog', watchdog);
  const next = await listen(at.mqttPort, 'out');
  const sensor = await client(at.mqttPort);
  for (const topic of ['sensor/a', 'sensor/b']) await sensor.publishAsync(topic, '1', { qos: 1 });
  const both = await timers(at);
  expect(both).toMatchObject([
    { kind: 'silence', rule: 'watchdog', path: 'triggers[0]', verb: 'silence', about: 'sensor/a' },
    { kind: 'silence', about: 'sensor/b' },
  ]);
  expect(both.every(({ leftMs }) => leftMs > 3_500_000 && leftMs <= 3_600_000)).toBe(true);
  const [first, second] = both.map(({ id }) => encodeURIComponent(id));
  expect((await ask(at, 'POST', `${first}/fire`)).status).toBe(204);
  expect(await next()).toBe('out sensor/a');
  expect((await ask(at, 'DELETE', `${second}`)).status).toBe(204);
  expect(await timers(at)).toEqual([]);
  expect((await ask(at, 'POST', `${second}/fire`)).status).toBe(404);
  await sensor.publishAsync('sensor/b', '2', { qos: 1 });
  expect(await timers(at)).toMatchObject([{ about: 'sensor/b' }]);
});

test('the silence that a run waits for is fired, or cancelled with its run', async () => {
  const at = await house();
  await apply(at, 'patient', waiting);
  const next = await listen(at.mqttPort, 'out');
  const sensor = await client(at.mqttPort);
  for (const topic of ['sensor/a', 'go']) await sensor.publishAsync(topic, '1', { qos: 1 });
  const [timer] = await timers(at);
  expect(timer).toMatchObject({
    kind: 'silence',
    rule: 'patient',
    path: 'actions[0]',
    verb: 'wait',
    about: 'sensor/a',
  });
  expect((await ask(at, 'POST', `${encodeURIComponent(timer?.id ?? '')}/fire`)).status).toBe(204);
  expect(await next()).toBe('out over');
  await sensor.publishAsync('go', '1', { qos: 1 });
  const [again] = await timers(at);
  expect((await ask(at, 'DELETE', encodeURIComponent(again?.id ?? ''))).status).toBe(204);
  expect(await timers(at)).toEqual([]);
  const run = await get<RunView>(`${at.url}/api/v1/runs/${again?.run}`);
  expect(run).toMatchObject({ status: 'cancelled', reason: 'owner' });
});

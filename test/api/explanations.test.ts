// Why a rule did not run, in a real house: ten causes are sown, and each is named first.
import { describe, expect, test } from 'vitest';
import type { ExplainRequest, ExplanationEntry, ExplanationView } from '../../src/api/index.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, client, freshFolder, house, listen } from '../support/house-visit.ts';

const kept = { qos: 1 } as const;

async function post(at: TestHouse, path: string, body: unknown = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${at.url}/api/v1${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect([answer.ok, text]).toEqual([true, expect.any(String)]);
  return text === '' ? undefined : JSON.parse(text);
}

const explain = async (at: TestHouse, rule: string, request: ExplainRequest = { at: 'now' }) =>
  (await post(at, `/rules/${rule}/explain`, request)) as ExplanationView;

const first = async (
  at: TestHouse,
  rule: string,
  request?: ExplainRequest,
): Promise<ExplanationEntry | undefined> => (await explain(at, rule, request)).entries[0];

const ruleOf = (trigger: string, more = ''): string =>
  `id: r\ntriggers: [${trigger}]\n${more}actions: [{ publish: out, payload: 1 }]\n`;

interface Sown {
  readonly name: string;
  readonly text: string;
  /** Messages: topic and payload. */
  readonly said: readonly (readonly [string, string])[];
  readonly named: object;
}

const sown: readonly Sown[] = [
  {
    name: 'another topic',
    text: ruleOf('{ message: home/kitchen/moton }'),
    said: [['home/kitchen/motion', '1']],
    named: { code: 'unheard', topic: 'home/kitchen/moton', nearest: 'home/kitchen/motion' },
  },
  {
    name: 'a topic in another case',
    text: ruleOf('{ message: Home/kitchen/motion }'),
    said: [['home/kitchen/motion', '1']],
    named: { code: 'unheard', topic: 'Home/kitchen/motion', nearest: 'home/kitchen/motion' },
  },
  {
    name: 'a number for a text',
    text: ruleOf(`{ message: button, when: "payload.action = '1'" }`),
    said: [['button', '{"action":1}']],
    named: {
      code: 'condition',
      where: 'triggers[0].when',
      clauses: [{ left: 1, right: '1', hint: 'type' }],
    },
  },
  {
    name: 'a text for a switch',
    text: ruleOf('{ change: plug, to: true }'),
    said: [
      ['plug', 'OFF'],
      ['plug', 'ON'],
    ],
    named: { code: 'missed', why: 'value', value: 'ON', wanted: true, hint: 'switch' },
  },
  {
    name: 'a condition',
    text: ruleOf('{ message: motion }', `conditions: ["$state('lux') < 10"]\n`),
    said: [
      ['lux', '12.5'],
      ['motion', '1'],
    ],
    named: { code: 'condition', where: 'conditions[0]', clauses: [{ left: 12.5, right: 10, distance: 2.5 }] },
  },
  {
    name: 'two conditions',
    text: ruleOf(
      '{ message: motion }',
      `conditions: ["$state('lux') < 10", "payload = 1", "payload = 'on'"]\n`,
    ),
    said: [
      ['lux', '12.5'],
      ['motion', '1'],
    ],
    named: {
      ...{ code: 'condition', where: 'conditions[0]', clauses: [{ left: 12.5, distance: 2.5 }] },
      others: [{ where: 'conditions[2]', clauses: [{ left: 1, right: 'on' }] }],
    },
  },
  {
    name: 'a time that has not come',
    text: ruleOf('{ cron: "0 0 29 2 *" }'),
    said: [],
    named: { code: 'not-due', path: 'triggers[0]', due: expect.any(Number) },
  },
  {
    name: 'the mode',
    text: 'id: r\nmode: single\ntriggers: [{ message: press }]\nactions: [{ delay: 1h }]\n',
    said: [
      ['press', '1'],
      ['press', '2'],
    ],
    named: { code: 'refused', reason: 'single', payload: 2 },
  },
  {
    name: 'a hold that was let go',
    text: ruleOf('{ change: door, to: open, for: 10m }'),
    said: [
      ['door', 'open'],
      ['door', 'closed'],
    ],
    named: { code: 'hold-reset', about: 'door', topic: 'door', value: 'closed' },
  },
  {
    name: 'a threshold that was not reached',
    text: ruleOf('{ becomes: "$state(\'heat\') > 26" }'),
    said: [['heat', '25.5']],
    named: { code: 'not-true', path: 'triggers[0]', clauses: [{ left: 25.5, right: 26, distance: 0.5 }] },
  },
  {
    name: 'a value that stayed the same',
    text: ruleOf('{ change: door }'),
    said: [
      ['door', 'open'],
      ['door', 'open'],
    ],
    named: { code: 'missed', why: 'unchanged', value: 'open' },
  },
];

describe('of what was sown, the cause is named first', () => {
  test.each(sown)('$name', async ({ text, said, named }) => {
    const at = await house();
    await apply(at, 'r', text);
    const device = await client(at.mqttPort, { clientId: 'device' });
    for (const [topic, payload] of said) await device.publishAsync(topic, payload, kept);
    expect(await first(at, 'r')).toMatchObject(named);
  });

  test('it was switched off', async () => {
    const at = await house();
    await apply(at, 'r', ruleOf('{ message: motion }'));
    await post(at, '/rules/r/disable');
    const device = await client(at.mqttPort);
    await device.publishAsync('motion', '1', kept);
    expect(await first(at, 'r')).toMatchObject({ code: 'disabled', version: 1 });
  });

  test('an older version was in force, which had another threshold; a restart in between', async () => {
    const dataDir = freshFolder();
    const one = await house(dataDir);
    await apply(one, 'r', ruleOf('{ message: heat, when: payload > 26 }'));
    const device = await client(one.mqttPort);
    await device.publishAsync('heat', '25.5', kept);
    const then = Date.now();
    await apply(one, 'r', ruleOf('{ message: heat, when: payload > 25 }'));
    await one.stop();
    const two = await house(dataDir);
    const { entries } = await explain(two, 'r', { at: `${then}` });
    expect(entries.slice(0, 2)).toMatchObject([
      { code: 'other-version', version: 1, present: 2, now: 'ran' },
      { code: 'condition', version: 1, clauses: [{ left: 25.5, right: 26 }] },
    ]);
  });

  test('the device was not let publish', async () => {
    const at = await house();
    await post(at, '/users', { name: 'sensor', password: 'geheim12' });
    await post(at, '/acl', { user: 'sensor', access: 'deny', filter: 'motion' });
    await apply(at, 'r', ruleOf('{ message: motion }'));
    const sensor = await client(at.mqttPort, {
      ...{ clientId: 'sensor-1', username: 'sensor', password: 'geheim12' },
    });
    await sensor.publishAsync('other', '1', kept).catch(() => undefined);
    await sensor.publishAsync('motion', '1', kept).catch(() => undefined);
    expect(await first(at, 'r')).toMatchObject({ code: 'denied', client: 'sensor-1', topic: 'motion' });
  });

  test('the breaker was open', async () => {
    const at = await house(freshFolder(), { env: { HOMERULE_RULES__BREAKER__RUNS: '3' } });
    await apply(at, 'r', ruleOf('{ message: motion }', 'mode: parallel\nmax: 100\n'));
    const device = await client(at.mqttPort);
    for (let n = 0; n < 6; n++) await device.publishAsync('motion', `${n}`, kept);
    expect(await first(at, 'r')).toMatchObject({ code: 'refused', reason: 'breaker' });
  });
});

test('a house that was down, a client that left and a device that did not confirm are named', async () => {
  const dataDir = freshFolder();
  const one = await house(dataDir);
  await apply(one, 'r', ruleOf('{ message: motion }'));
  const lock = `id: lock
triggers: [{ message: press }]
actions: [{ publish: door/set, payload: locked, confirm: { state: door, within: 50ms } }]
`;
  await apply(one, 'lock', lock);
  const sensor = await client(one.mqttPort, { clientId: 'sensor-1' });
  await sensor.publishAsync('motion', '1', kept);
  const failed = await listen(one.mqttPort, 'homerule/rules/lock/outcome');
  await sensor.publishAsync('press', '1', kept);
  await failed();
  expect(await first(one, 'lock')).toMatchObject({ code: 'unconfirmed', where: 'actions[0]' });
  const then = Date.now();
  const left = await listen(one.mqttPort, 'left');
  await apply(
    one,
    'left',
    'id: left\ntriggers: [{ client: "sensor-*", to: disconnected }]\nactions: [{ publish: left, payload: 1 }]\n',
  );
  await sensor.endAsync();
  await left();
  expect((await explain(one, 'r')).entries).toContainEqual(
    expect.objectContaining({ code: 'client-away', client: 'sensor-1', topic: 'motion' }),
  );
  await one.stop();
  const stopped = Date.now();
  const two = await house(dataDir);
  const { entries } = await explain(two, 'r', { at: `${stopped}`, window: '0s' });
  expect(entries[0]).toMatchObject({ code: 'house-down' });
  expect((await explain(two, 'r', { at: `${then}` })).entries[0]).toMatchObject({ code: 'ran' });
});

test('who said one thing under an id of the moment is left out beside what happened', async () => {
  const at = await house();
  await apply(at, 'r', ruleOf('{ message: motion }'));
  const left = await listen(at.mqttPort, 'left');
  await apply(
    at,
    'left',
    'id: left\ntriggers: [{ client: "*", to: disconnected }]\nactions: [{ publish: left, payload: 1 }]\n',
  );
  for (const clientId of ['mqttjs_1', 'sensor']) {
    const one = await client(at.mqttPort, { clientId });
    await one.publishAsync('motion', '1', kept);
    await one.endAsync();
    await left();
  }
  const { entries } = await explain(at, 'r');
  const away = entries.flatMap((entry) => (entry.code === 'client-away' ? entry.client : []));
  expect(away).toEqual(['sensor']);
});

test('what ran is said, with its run; what will be is under way', async () => {
  const at = await house();
  await apply(at, 'r', ruleOf('{ message: motion }'));
  await apply(at, 'held', 'id: held\ntriggers: [{ change: door, for: 1h }]\nactions: [{ log: x }]\n');
  const device = await client(at.mqttPort);
  await device.publishAsync('motion', '1', kept);
  await device.publishAsync('door', 'open', kept);
  const view = await explain(at, 'r');
  expect(view.entries[0]).toMatchObject({ code: 'ran', status: 'finished', topic: 'motion' });
  expect(view.runs).toMatchObject([{ status: 'finished' }]);
  expect(await first(at, 'held')).toMatchObject({ code: 'holding', about: 'door' });
});

// Who switched this: chains of causes in a real house, over device reports, timers, other rules, people and a restart.
import { describe, expect, test } from 'vitest';
import { chainOf } from '../../src/api/causes/chain.ts';
import type { CausesView, CauseView } from '../../src/api/index.ts';
import type { Trails } from '../../src/devices/index.ts';
import type { Input, MessageInput, Trace } from '../../src/rules/index.ts';
import { noon, openHouse } from '../store/house.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, client, freshFolder, get, house, listen } from '../support/house-visit.ts';

const lamp = {
  name: 'Lamp',
  properties: [
    {
      id: 'on',
      name: 'On',
      kind: 'boolean',
      reports: [{ topic: 'lamp', read: 'payload.on' }],
      command: { topic: 'lamp/set', write: "{ 'on': value }" },
    },
  ],
};
const kept = { qos: 1 } as const;

async function send({ url }: TestHouse, path: string, body: unknown, method = 'POST'): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
  expect([answer.ok, await answer.text()]).toEqual([true, expect.any(String)]);
}

const causesOf = (at: TestHouse, query: string): Promise<CausesView> =>
  get<CausesView>(`${at.url}/api/v1/causes?${query}`);

/** A chain in words: what each link is, and where it ends. */
function told({ links, end }: CausesView): string[] {
  const who = (link: CauseView): string => {
    const { kind, topic, value, origin, by, rule, version, trigger, path, name } = link;
    if (kind === 'run') return `run ${rule} v${version} ${trigger?.verb} ${path ?? ''}`.trim();
    if (topic !== undefined && kind !== 'hold')
      return `${kind} ${topic} ${JSON.stringify(value)} ${origin} ${by}`;
    return `${kind} ${topic ?? name}`;
  };
  return [...links.map(who), `${end.kind} ${end.by ?? end.reason ?? ''}`.trim()];
}

describe('a chain', () => {
  test('goes from the report of a lamp through two rules to the sensor, also after a restart', async () => {
    const dataDir = freshFolder();
    const first = await house(dataDir);
    await send(first, '/device-mappings/lamp', lamp, 'PUT');
    await apply(
      first,
      'presence',
      'id: presence\ntriggers: [{ message: motion }]\nactions: [{ publish: someone, payload: "here" }]\n',
    );
    await apply(
      first,
      'light',
      'id: light\ntriggers: [{ id: seen, change: someone }]\nactions: [{ log: x }, { set: lamp, properties: { on: true } }]\n',
    );
    const bulb = await client(first.mqttPort, { clientId: 'bulb' });
    await bulb.publishAsync('lamp', '{"on":false,"n":1}', kept);
    const next = await listen(first.mqttPort, 'lamp/set');
    const sensor = await client(first.mqttPort, { clientId: 'sensor' });
    await sensor.publishAsync('motion', '1', kept);
    expect(await next()).toBe('lamp/set {"on":true}');
    await bulb.publishAsync('lamp', '{"on":true,"n":2}', kept);
    await bulb.publishAsync('lamp', '{"on":true,"n":3}', kept);
    const chain = [
      'report lamp {"on":true,"n":2} client bulb',
      'message lamp/set {"on":true} rule light',
      'run light v1 change actions[1]',
      'message someone "here" rule presence',
      'run presence v1 message actions[0]',
      'message motion 1 client sensor',
      'client sensor',
    ];
    const view = await causesOf(first, 'device=lamp&property=on');
    expect(told(view)).toEqual(chain);
    expect(view).toMatchObject({ value: true, since: view.links[0]?.at });
    expect(told(await causesOf(first, 'topic=lamp&path=on'))).toEqual(chain);
    await first.stop();

    const second = await house(dataDir);
    expect(told(await causesOf(second, 'device=lamp&property=on'))).toEqual(chain);
    const before = (view.since ?? 0) - 1;
    const earlier = await causesOf(second, `device=lamp&property=on&at=${before}`);
    expect(told(earlier)).toEqual(['message lamp {"on":false,"n":1} client bulb', 'client bulb']);
    expect(earlier).toMatchObject({ value: false });
    expect(earlier).not.toHaveProperty('since');
  });

  test('ends at people, what they run, variables and holds', async () => {
    const at = await house();
    await send(at, '/device-mappings/lamp', lamp, 'PUT');
    await send(at, '/devices/lamp/set', { properties: { on: true } });
    expect(told(await causesOf(at, 'topic=lamp%2Fset'))).toEqual([
      'message lamp/set {"on":true} api owner',
      'person owner',
    ]);
    await send(at, '/publish', { topic: 'bell', payload: 'ring' });
    expect(told(await causesOf(at, 'topic=bell'))).toEqual(['message bell "ring" api owner', 'person owner']);

    await apply(
      at,
      'outer',
      'id: outer\ntriggers: [{ button: true }]\nactions: [{ run: inner }, { emit: done, data: 1 }]\n',
    );
    await apply(at, 'inner', 'id: inner\ntriggers: [{ button: true }]\nactions: [{ var: { mode: away } }]\n');
    await apply(
      at,
      'after',
      'id: after\ntriggers: [{ event: done }]\nactions: [{ publish: after, payload: 1 }]\n',
    );
    await send(at, '/rules/outer/run', {});
    expect(told(await causesOf(at, 'topic=homerule%2Fvar%2Fmode'))).toEqual([
      'message homerule/var/mode "away" rule inner',
      'run inner v1 button actions[0]',
      'command inner',
      'run outer v1 button actions[0]',
      'command outer',
      'person owner',
    ]);
    expect(told(await causesOf(at, 'topic=after')).slice(1, 4)).toEqual([
      'run after v1 event actions[0]',
      'event done',
      'run outer v1 button actions[1]',
    ]);

    await apply(
      at,
      'held',
      'id: held\ntriggers: [{ change: door, to: open, for: 50ms }]\nactions: [{ publish: alarm, payload: on }]\n',
    );
    const next = await listen(at.mqttPort, 'alarm');
    const sensor = await client(at.mqttPort, { clientId: 'door-1' });
    await sensor.publishAsync('door', 'open', kept);
    expect(await next()).toBe('alarm on');
    expect(told(await causesOf(at, 'topic=alarm'))).toEqual([
      'message alarm "on" rule held',
      'run held v1 change actions[0]',
      'hold door',
      'message door "open" client door-1',
      'client door-1',
    ]);
  });

  test('of what nobody recorded is an error that says so', async () => {
    const at = await house();
    const codeOf = async (query: string): Promise<unknown> => {
      const answer = await fetch(`${at.url}/api/v1/causes?${query}`);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await codeOf('topic=nobody')).toEqual([404, 'topic-missing']);
    expect(await codeOf('topic=nobody&at=yesterday')).toEqual([400, 'bad-time']);
    await send(at, '/publish', { topic: 'door', payload: { open: true } });
    expect(await codeOf('topic=door&path=open&at=2031-01-01')).toEqual([400, 'bad-range']);
    expect(await codeOf('topic=door&path=nowhere')).toEqual([404, 'topic-missing']);
    expect(await codeOf('device=nobody&property=on')).toEqual([404, 'device-missing']);
  });
});

describe('a chain of records', () => {
  const at = noon;
  const message = (seq: number, more: Partial<MessageInput>): MessageInput => {
    const what = { topic: 't', payload: Buffer.from('1'), qos: 0, retain: false } as const;
    return { kind: 'message', seq, at: at + seq, ...what, origin: 'client', by: 'c', depth: 0, ...more };
  };

  function trace(id: string, seq: number): Trace {
    const trigger = { index: 0, verb: 'message', at: at + seq, seq };
    return {
      ...{ id, rule: `rule-${id}`, version: 1, at: at + seq, status: 'finished', trigger },
      ...{ conditions: [], steps: [] },
    } as Trace;
  }

  async function chain(inputs: readonly Input[], traces: readonly Trace[] = []) {
    const { store, clock } = await openHouse();
    for (const input of inputs) store.journal.append(input);
    const last = inputs.at(-1) as MessageInput;
    const trails = { commandTopics: () => [], isAnswer: () => false } as unknown as Trails;
    const house = {
      ...{ journal: store.journal, clock, trails, stateOf: () => undefined },
      findRun: async (id: string) => traces.find((one) => one.id === id),
    };
    const { links, end } = await chainOf(house, last);
    return { kinds: links.map(({ kind, rule, by }) => `${kind} ${rule ?? by}`), end };
  }

  test('goes through a flow to the rule that called it', async () => {
    const made = message(2, { topic: 'out', origin: 'flow', by: 'flows/n1', cause: 'r1', depth: 2 });
    expect(await chain([message(1, {}), made], [trace('r1', 1)])).toEqual({
      kinds: ['message flows/n1', 'run rule-r1', 'message c'],
      end: { kind: 'client', by: 'c' },
    });
  });

  test.each([
    [
      { origin: 'bridge', by: 'plugin/bemfa' },
      { kind: 'plugin', by: 'bemfa' },
    ],
    [
      { origin: 'bridge', by: 'cloud' },
      { kind: 'bridge', by: 'cloud' },
    ],
    [
      { origin: 'flow', by: 'flows' },
      { kind: 'flow', by: 'flows' },
    ],
    [
      { origin: 'api', by: 'anna' },
      { kind: 'person', by: 'anna' },
    ],
    [{ origin: 'api', by: '' }, { kind: 'house' }],
    [
      { origin: 'rule', by: 'r', cause: 'gone' },
      { kind: 'unknown', reason: 'run-forgotten' },
    ],
  ] as const)('of %j ends with %j', async (from, end) => {
    expect((await chain([message(1, from)])).end).toEqual(end);
  });

  test('ends at the clock for a schedule, and says when nobody recorded what woke a run', async () => {
    const schedule = { kind: 'schedule', seq: 1, at: at + 1, rule: 'r', trigger: 0, due: at } as const;
    const made = message(2, { origin: 'rule', by: 'r', cause: 'r1' });
    expect((await chain([schedule, made], [trace('r1', 1)])).end).toEqual({ kind: 'time' });
    expect((await chain([made], [trace('r1', 1)])).end).toEqual({ kind: 'unknown', reason: 'not-recorded' });
  });

  test('that goes round and round is cut', async () => {
    const runs = Array.from({ length: 40 }, (_, n) => trace(`r${n}`, n));
    const inputs = Array.from({ length: 40 }, (_, n) =>
      message(n, n === 0 ? {} : { origin: 'rule', by: `rule-r${n - 1}`, cause: `r${n - 1}` }),
    );
    const { kinds, end } = await chain(inputs, runs);
    expect([kinds.length, end]).toEqual([32, { kind: 'unknown', reason: 'too-long' }]);
  });
});

// Backtests and the state at a time in a real house: its journal, its thread, its stream.
import { describe, expect, test } from 'vitest';
import type { BacktestEvent, BacktestView, RunSummary, StatesView } from '../../src/api/index.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, client, freshFolder, get, house } from '../support/house-visit.ts';

const fan = (limit: number): string => `id: fan
triggers: [{ becomes: "$state('home/t') > ${limit}" }]
actions: [{ publish: fan/set, payload: "ON" }]
`;

interface Answer {
  readonly status: number;
  readonly body: BacktestView & { readonly code?: string };
}

async function backtest({ url }: TestHouse, id: string, request: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ from: '-1h', ...request });
  const answer = await fetch(`${url}/api/v1/rules/${id}/backtest`, { method: 'POST', headers, body });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

async function say({ mqttPort }: TestHouse, messages: readonly (readonly [string, string])[]): Promise<void> {
  const sensor = await client(mqttPort, { clientId: 'sensor' });
  for (const [topic, payload] of messages) await sensor.publishAsync(topic, payload, { qos: 1 });
}

describe('a house with a recorded hour', () => {
  test('says what its rule did, what a draft would have done, and what differs', async () => {
    const at = await house(freshFolder());
    await apply(at, 'fan', fan(25));
    await say(
      at,
      ['20', '25.5', '20', '27', '24', '28'].map((value) => ['home/t', value]),
    );
    await say(at, [
      ['other', 'x'],
      ['fan/set', 'ON'],
    ]);
    const { items } = await get<{ readonly items: readonly RunSummary[] }>(`${at.url}/api/v1/rules/fan/runs`);
    const { body: same } = await backtest(at, 'fan', {});
    expect(same).toMatchObject({
      rule: 'fan',
      version: 1,
      fired: 3,
      outcomes: { finished: 3 },
      agreement: { matched: 1 },
    });
    expect(same.firings.map(({ at: when }) => when)).toEqual(items.map(({ at: when }) => when).reverse());
    expect(same.firings[0]).toMatchObject({
      trigger: { verb: 'becomes' },
      effects: [{ kind: 'publish', topic: 'fan/set', payload: 'ON' }],
    });
    expect(same.messages).toBeGreaterThanOrEqual(8);
    const { body: shadow } = await backtest(at, 'fan', { source: `shadow: true\n${fan(25)}` });
    expect(shadow.firings.map(({ effects }) => effects)).toEqual(same.firings.map(({ effects }) => effects));
    const { body: draft } = await backtest(at, 'fan', { source: fan(26), against: 'current' });
    expect(draft).toMatchObject({ version: 0, against: 1, fired: 2 });
    expect(draft.difference).toMatchObject({ counts: { added: 0, removed: 1, changed: 0 } });
    expect(draft.difference?.removed[0]?.at).toBe(same.firings[0]?.at);
    const again = await backtest(at, 'fan', {
      source: fan(26),
      against: 'current',
      to: `${draft.to}`,
      from: `${draft.from}`,
    });
    expect({ ...again.body, seconds: 0 }).toEqual({ ...draft, seconds: 0 });
  });

  test('tells its progress line by line, and refuses what cannot be', async () => {
    const at = await house(freshFolder());
    await apply(at, 'fan', fan(25));
    await say(at, [['home/t', '30']]);
    const answer = await fetch(`${at.url}/api/v1/rules/fan/backtest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
      body: JSON.stringify({ from: '-1h', against: 'off' }),
    });
    const lines = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as BacktestEvent);
    expect(lines[0]).toEqual({ progress: 0 });
    expect(lines.at(-1)).toMatchObject({ result: { against: 'off', difference: { counts: { added: 1 } } } });
    const refused = [
      [{ source: 'id: fan\nactions: [{ nothing: 1 }]' }, 422, 'rule-invalid'],
      [{ source: fan(1).replace('id: fan', 'id: other') }, 400, 'id-mismatch'],
      [{ version: 9 }, 404, 'version-missing'],
      [{ from: '-1h', to: '-2h' }, 400, 'bad-range'],
      [{ from: 'x' }, 400, 'bad-time'],
    ] as const;
    for (const [request, , code] of refused)
      expect((await backtest(at, 'fan', request)).body).toMatchObject({ code });
    expect(await backtest(at, 'nobody', {})).toMatchObject({ status: 404, body: { code: 'rule-missing' } });
  });

  test('commands devices, and knows whose a report is', async () => {
    const at = await house(freshFolder());
    const on = { id: 'on', name: 'On', kind: 'boolean', reports: [{ topic: 'lamp', read: 'payload.on' }] };
    const lamp = {
      name: 'Lamp',
      properties: [{ ...on, command: { topic: 'lamp/set', write: "{ 'on': value }" } }],
    };
    await fetch(`${at.url}/api/v1/device-mappings/lamp`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lamp),
    });
    await apply(
      at,
      'light',
      'id: light\ntriggers: [{ message: motion }]\nactions: [{ set: lamp, properties: { on: true } }]\n',
    );
    await apply(
      at,
      'hand',
      "id: hand\ntriggers: [{ change: lamp, path: 'on', origin: client }]\nactions: [{ log: hand }]\n",
    );
    await say(at, [
      ['lamp', '{"on":false}'],
      ['motion', '1'],
      ['lamp', '{"on":true}'],
      ['lamp', '{"on":false}'],
    ]);
    const { body: light } = await backtest(at, 'light', {});
    expect(light.firings).toMatchObject([
      { outcome: 'finished', effects: [{ topic: 'lamp/set', payload: { on: true } }] },
    ]);
    const { items } = await get<{ readonly items: readonly RunSummary[] }>(
      `${at.url}/api/v1/rules/hand/runs`,
    );
    const { body: hand } = await backtest(at, 'hand', {});
    expect(hand.firings.map((firing) => firing.at)).toEqual(items.map((run) => run.at).reverse());
    expect(hand.fired).toBe(2);
  });

  test('knows the state at a time', async () => {
    const at = await house(freshFolder());
    await say(at, [
      ['home/t', '1'],
      ['home/u', '5'],
    ]);
    const between = Date.now();
    await say(at, [['home/t', '2']]);
    const states = (time: number): Promise<StatesView> =>
      get<StatesView>(`${at.url}/api/v1/states?at=${time}&filter=home/%23`);
    const then = await states(between);
    expect(then.items.map(({ topic, payload }) => [topic, payload])).toEqual([
      ['home/t', '1'],
      ['home/u', '5'],
    ]);
    expect((await states(Date.now())).items[0]).toMatchObject({ payload: '2' });
    expect((await states(1000)).items).toEqual([]);
    const future = await fetch(`${at.url}/api/v1/states?at=${Date.now() + 60_000}`);
    expect([future.status, await future.json()]).toMatchObject([400, { code: 'bad-range' }]);
  });
});

// A dry run in a real house: what a draft would do, at which virtual time, and that nothing of it leaves.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { DryRunRequest, DryRunView, MessagePage, Page, RunSummary } from '../../src/api/index.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, client, get, house, listen } from '../support/house-visit.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const kept = { qos: 1 } as const;
const night = `id: night
mode: restart
triggers: [{ message: "home/{room}/motion", when: payload.occupancy }]
conditions: ["$state('home/' & params.room & '/lux') < 10"]
actions:
  - publish: home/{{ params.room }}/light/set
    payload: "ON"
  - delay: 2m
  - publish: home/{{ params.room }}/light/set
    payload: "OFF"
`;

async function dryRun({ url }: TestHouse, id: string, request: DryRunRequest): Promise<DryRunView> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(request);
  const answer = await fetch(`${url}/api/v1/rules/${id}/dry-run`, { method: 'POST', headers, body });
  expect([answer.status, await answer.clone().text()]).toEqual([200, expect.any(String)]);
  return (await answer.json()) as DryRunView;
}

const motion = { message: { topic: 'home/hall/motion', payload: { occupancy: true } } };

const said = ({ effects, at }: DryRunView): unknown[] =>
  effects.map(({ at: when, topic, payload, kind }) => [when - at, topic ?? kind, payload]);

describe('a draft', () => {
  test('is woken against the present, its delays fast-forwarded, and nothing leaves', async () => {
    const at = await house();
    const next = await listen(at.mqttPort, '#');
    const device = await client(at.mqttPort);
    await device.publishAsync('home/hall/lux', '4', kept);
    const view = await dryRun(at, 'night', { source: night, trigger: motion });
    expect(view.outcome).toBe('finished');
    expect(said(view)).toEqual([
      [0, 'home/hall/light/set', 'ON'],
      [120_000, 'home/hall/light/set', 'OFF'],
    ]);
    expect(view.until - view.at).toBe(120_000);
    const shadow = await dryRun(at, 'night', { source: `${night}shadow: true\n`, trigger: motion });
    expect(said(shadow)).toEqual(said(view));
    expect(view.runs[0]?.conditions[0]?.parts).toContainEqual(expect.objectContaining({ value: 4 }));

    const brighter = await dryRun(at, 'night', {
      source: night,
      trigger: motion,
      state: { 'home/hall/lux': 40 },
    });
    expect(brighter).toMatchObject({ outcome: 'conditions-failed', effects: [] });
    expect(brighter.runs[0]?.conditions[0]?.decided?.[0]).toMatchObject({
      left: 40,
      right: 10,
      distance: 30,
    });
    const forced = { source: night, trigger: motion, state: { 'home/hall/lux': 40 }, skipConditions: true };
    expect((await dryRun(at, 'night', forced)).outcome).toBe('finished');
    expect(
      await dryRun(at, 'night', { source: night, trigger: { message: { topic: 'x', payload: 1 } } }),
    ).toMatchObject({
      outcome: 'not-woken',
    });

    await device.publishAsync('end', '1', kept);
    const heard = [await next()];
    while (heard.at(-1) !== 'end 1') heard.push(await next());
    expect(heard.filter((line) => !line.startsWith('homerule/'))).toEqual(['home/hall/lux 4', 'end 1']);
    const { items } = await get<MessagePage>(`${at.url}/api/v1/messages`);
    expect(items.map(({ topic }) => topic)).toEqual(['end', 'home/hall/lux']);
    expect(await get<Page<RunSummary>>(`${at.url}/api/v1/runs`)).toEqual({ items: [] });
    expect((await get<Page<unknown>>(`${at.url}/api/v1/timers`)).items).toEqual([]);
  });

  test('asks nobody: answers are given, or unknown', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked++;
      response.end('{}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const source = `id: ask
triggers: [{ button: true }]
actions:
  - http: http://127.0.0.1:${port}/price
  - publish: price
    payload: "{{ http.body.now }}"
`;
    const at = await house();
    const unknown = await dryRun(at, 'ask', { source });
    expect(unknown).toMatchObject({ outcome: 'failed', runs: [{ error: { code: 'unknown-answer' } }] });
    const answers = { http: { status: 200, headers: {}, body: { now: 12 } } };
    const given = await dryRun(at, 'ask', { source, answers });
    expect(said(given).at(-1)).toEqual([0, 'price', 12]);
    expect(asked).toBe(0);
  });

  test('says why a trigger did not want the message, and what it holds', async () => {
    const at = await house();
    const device = await client(at.mqttPort);
    await device.publishAsync('door', 'open', kept);
    const source =
      'id: door\ntriggers: [{ change: door, to: Open, for: 10m }]\nactions: [{ publish: a, payload: 1 }]\n';
    const open = (payload: string): DryRunRequest => ({
      source,
      trigger: { message: { topic: 'door', payload } },
    });
    expect((await dryRun(at, 'door', open('open'))).misses).toMatchObject([
      { code: 'unchanged', value: 'open' },
    ]);
    expect((await dryRun(at, 'door', open('OPEN'))).misses).toMatchObject([
      { code: 'value', value: 'OPEN', wanted: 'Open', hint: 'case', path: 'triggers[0]' },
    ]);
    expect(said(await dryRun(at, 'door', open('Open')))).toEqual([[600_000, 'a', 1]]);
    const held = await dryRun(at, 'door', { ...open('Open'), advance: '5m' });
    expect(held).toMatchObject({ outcome: 'held', holds: [{ about: 'door' }], effects: [] });
  });

  test('is cut where more comes due in its time than is looked at', async () => {
    const at = await house();
    const source = 'id: tick\ntriggers: [{ every: 1s }]\nactions: [{ log: tick }]\n';
    const short = await dryRun(at, 'tick', { source, advance: '10m' });
    expect([short.isCut, short.until - short.at]).toEqual([false, 600_000]);
    const long = await dryRun(at, 'tick', { source, advance: '1d' });
    expect(long.isCut).toBe(true);
    expect(long.until - long.at).toBeLessThan(86_400_000);
  });

  test('finds the past as it was, and a recorded input with it', async () => {
    const at = await house();
    const device = await client(at.mqttPort);
    await device.publishAsync('home/hall/lux', '3', kept);
    await device.publishAsync('home/hall/motion', '{"occupancy":true}', kept);
    await device.publishAsync('home/hall/lux', '70', kept);
    const { items } = await get<MessagePage>(`${at.url}/api/v1/messages?filter=home/hall/motion`);
    const input = Number(items[0]?.id);
    await apply(at, 'night', night);
    expect(await dryRun(at, 'night', { trigger: { input } })).toMatchObject({
      at: items[0]?.at,
      outcome: 'finished',
    });
    expect(await dryRun(at, 'night', { trigger: { input }, at: 'now' })).toMatchObject({
      outcome: 'conditions-failed',
    });
  });
});

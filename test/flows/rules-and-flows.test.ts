// Rules and flows in the whole house with its real Node-RED: a rule calls a flow and has its answer, a loop of both ends.
import { beforeAll, expect, test } from 'vitest';
import type { RunView, SystemView } from '../../src/api/index.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, client, get, house, listen } from '../support/house-visit.ts';
import { LiveClient } from '../support/live-client.ts';
import { buildPaletteWhenOld } from '../support/palette.ts';

beforeAll(() => buildPaletteWhenOld(), 120_000);

async function post(url: string, body: object): Promise<void> {
  const { origin } = new URL(url);
  const headers = { 'content-type': 'application/json', 'node-red-api-version': 'v2', origin };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.ok, `${url}: ${await answer.text()}`).toBe(true);
}

async function deploy(at: TestHouse, nodes: readonly object[]): Promise<void> {
  await post(`${at.url}/api/v1/flows/start`, {});
  const flows = [{ id: 'tab', type: 'tab', label: 'test' }, ...nodes.map((node) => ({ z: 'tab', ...node }))];
  await post(`${at.url}/red/flows`, { flows });
}

const typed = { valueType: 'msg', dataType: 'msg', version: 1, engine: '' };
const flowIn = (id: string, flow: string, next: string) => ({
  ...{ id, type: 'homerule-flow-in', flow, ...typed, wires: [[next]] },
});

test('a rule calls a flow and goes on with what it answers, and with its error', async () => {
  const at = await house();
  await deploy(at, [
    flowIn('in', 'double', 'twice'),
    {
      ...{ id: 'twice', type: 'change', wires: [['answer']] },
      rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'payload * 2', tot: 'jsonata' }],
    },
    { id: 'answer', type: 'homerule-flow-answer', outcome: 'value', value: 'payload', ...typed, wires: [] },
    flowIn('in2', 'refuse', 'no'),
    { id: 'no', type: 'homerule-flow-answer', outcome: 'error', value: 'payload', ...typed, wires: [] },
  ]);
  const rule = (flow: string): string => `id: ${flow}
triggers: [{ message: ${flow} }]
actions:
  - flow: ${flow}
    data: "{{ payload }}"
    wait: true
    timeout: 20s
    onError: [{ publish: told, payload: "{{ error.code & ': ' & error.message }}" }, { stop: refused }]
  - publish: told
    payload: "{{ flow.result }}"
`;
  await apply(at, 'double', rule('double'));
  await apply(at, 'refuse', rule('refuse'));
  const told = await listen(at.mqttPort, 'told');
  const by = await client(at.mqttPort);
  await by.publishAsync('double', '21', { qos: 1 });
  expect(await told()).toBe('told 42');
  await by.publishAsync('refuse', 'not today', { qos: 1 });
  expect(await told()).toBe('told flow-failed: not today');
}, 60_000);

test('a rule and a flow that wake each other are stopped after sixteen, and the trace says who it was', async () => {
  const at = await house();
  await apply(
    at,
    'again',
    'id: again\nmode: parallel\ntriggers: [{ event: again }]\nactions: [{ flow: loop }]',
  );
  await deploy(at, [
    flowIn('in', 'loop', 'out'),
    {
      id: 'out',
      type: 'homerule-event-out',
      event: 'again',
      eventType: 'str',
      data: 'payload',
      ...typed,
      wires: [[]],
    },
  ]);
  const live = new LiveClient(`${at.url.replace('http', 'ws')}/api/v1/live`);
  await live.next();
  await live.ask({ op: 'sub', id: 'runs', channel: 'runs', filter: 'again' });
  await post(`${at.url}/api/v1/events/again`, {});
  const ended: RunView[] = [];
  while (!ended.some(({ status }) => status === 'failed')) {
    const { items = [] } = await live.next();
    ended.push(...(items as readonly RunView[]).filter(({ endedAt }) => endedAt !== undefined));
  }
  live.socket.close();
  const last = ended.at(-1);
  expect(last).toMatchObject({ status: 'failed', error: { code: 'depth' } });
  expect(last?.trigger).toMatchObject({ origin: 'flow', by: 'flows/out', depth: 16 });
  expect(ended.map(({ trigger }) => trigger.depth ?? 0)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16]);
  expect(last?.trigger.cause).toBe(ended.at(-2)?.id);
  const { counters } = await get<SystemView>(`${at.url}/api/v1/system`);
  expect(counters).toMatchObject({ flowCallsOpen: 0, flowCallsRefused: 0, flowCallsLost: 0 });
}, 60_000);

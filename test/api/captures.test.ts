// A device captured in a real house, which is killed before it is restored; and whose its reports are.
import { expect, test } from 'vitest';
import type { TopicView } from '../../src/api/index.ts';
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

const night = `id: night
triggers: [{ message: "night/{turn}" }]
actions:
  - if: params.turn = 'begins'
    then: [{ capture: day, devices: lamp }, { set: lamp, properties: { on: false } }]
    else: [{ restore: day }]
`;

async function describeLamp({ url }: TestHouse): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(lamp);
  const answer = await fetch(`${url}/api/v1/device-mappings/lamp`, { method: 'PUT', headers, body });
  expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
}

const lastOf = async ({ url }: TestHouse): Promise<unknown> => {
  const { origin, by } = await get<TopicView>(`${url}/api/v1/topics/lamp`);
  return [origin, by];
};

test('what a rule captured outlives a kill, and reports that answer it are the rule', async () => {
  const dataDir = freshFolder();
  const first = await house(dataDir);
  await describeLamp(first);
  await apply(first, 'night', night);
  const bulb = await client(first.mqttPort, { clientId: 'bulb' });
  const report = { qos: 1 } as const;
  await bulb.publishAsync('lamp', '{"on":true}', report);
  expect(await lastOf(first)).toEqual(['client', 'bulb']);
  const told = await listen(first.mqttPort, 'lamp/set');
  await bulb.publishAsync('night/begins', '', report);
  expect(await told()).toBe('lamp/set {"on":false}');
  await bulb.publishAsync('lamp', '{"on":false}', report);
  expect(await lastOf(first)).toEqual(['rule', 'night']);
  await first.kill();

  const second = await house(dataDir);
  expect(await lastOf(second)).toEqual(['rule', 'night']);
  const toldAgain = await listen(second.mqttPort, 'lamp/set');
  const again = await client(second.mqttPort, { clientId: 'bulb' });
  await again.publishAsync('night/ends', '', report);
  expect(await toldAgain()).toBe('lamp/set {"on":true}');
  await again.publishAsync('lamp', '{"on":true}', report);
  expect(await lastOf(second)).toEqual(['rule', 'night']);
});

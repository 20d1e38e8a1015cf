// What topics were seen to say, in a whole house: shown with the topic, heard by rules, kept over a restart.
import { expect, test } from 'vitest';
import type { TopicDetail } from '../../src/api/index.ts';
import { startHouse } from '../support/house.ts';
import { apply, client, freshFolder, get, listen } from '../support/house-visit.ts';

const alarm = `id: alarm
triggers: [{ event: contract/battery-low }]
actions:
  - publish: alarm/battery
    payload: "{{ payload.topic & ' ' & payload.path & ' ' & payload.value }}"
`;

test('a low battery wakes a rule, and a new process knows what the topic says', async () => {
  const dataDir = freshFolder();
  const house = await startHouse({ dataDir });
  await apply(house, 'alarm', alarm);
  const next = await listen(house.mqttPort, 'alarm/#');
  const sensor = await client(house.mqttPort);
  await sensor.publishAsync('home/door', '{"contact":true,"battery":7}', { qos: 1 });
  expect(await next()).toBe('alarm/battery home/door battery 7');
  await house.stop();

  const again = await startHouse({ dataDir });
  const { contract } = await get<TopicDetail>(`${again.url}/api/v1/topics/home%2Fdoor`);
  expect(contract).toMatchObject({
    looks: 1,
    fields: [
      { path: 'contact', types: ['boolean'], share: 1, values: [true] },
      { path: 'battery', types: ['number'], share: 1, values: [7], min: 7, max: 7 },
    ],
  });
  await again.stop();
});

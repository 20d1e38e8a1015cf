// A SUBACK answers every filter of its SUBSCRIBE, in order, however odd the filters are.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBroker, type TestBroker } from '../support/broker.ts';
import { bytesOf, publishBytes, RawClient } from '../support/raw-client.ts';

let house: TestBroker;
beforeEach(async () => {
  house = await startBroker();
});
afterEach(() => house.stop());

const cases: readonly { filters: readonly (readonly [string, 0 | 1 | 2])[]; granted: readonly number[] }[] = [
  {
    filters: [
      ['a', 0],
      ['a', 1],
    ],
    granted: [0, 1],
  },
  {
    filters: [
      ['a', 2],
      ['b', 1],
      ['a', 0],
    ],
    granted: [2, 1, 0],
  },
  {
    filters: [
      ['b', 2],
      ['10', 1],
      ['2', 0],
    ],
    granted: [2, 1, 0],
  },
  {
    filters: [
      ['2', 2],
      ['1', 1],
      ['2', 2],
      ['x', 0],
      ['1', 0],
    ],
    granted: [2, 1, 2, 0, 0],
  },
  {
    filters: [
      ['$share/g/t', 1],
      ['7', 2],
      ['$share/g/t', 2],
    ],
    granted: [1, 2, 2],
  },
  { filters: [['7', 2]], granted: [2] },
];

for (const version of [4, 5] as const) {
  test.each(cases)(`$filters, version ${version}`, async ({ filters, granted }) => {
    for (const clean of [true, false]) {
      const client = await RawClient.open(house.mqttPort, { id: 'c', version, clean });
      const subscriptions = filters.map(([topic, qos]) => ({ topic, qos }));
      client.send(bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions }, version));
      expect(await client.next('suback')).toMatchObject({ granted });
      const last = new Map(filters);
      for (const [topic, qos] of last) {
        if (topic.startsWith('$')) continue;
        client.packets.length = 0;
        house.broker.release({
          topic,
          payload: Buffer.from('x'),
          qos: 2,
          retain: false,
          origin: 'rule',
          by: 'r',
        });
        expect(await client.next('publish')).toMatchObject({ topic, qos });
      }
      client.send(publishBytes({ topic: 'done', version }));
      await client.settled();
      client.destroy();
    }
  });
}

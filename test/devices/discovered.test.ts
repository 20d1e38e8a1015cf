// Devices of every datatype and learned ones in a whole house.
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { discoveryCases } from '../support/discovery.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { apply, client, freshFolder, house, listen } from '../support/house-visit.ts';
import { testWithMosquittoClients } from '../support/peers.ts';

function tell(at: TestHouse, topic: string, payload: unknown, ...flags: string[]): void {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const head = ['-p', String(at.mqttPort), '-q', '1', '-t', topic, ...flags];
  const { status, stderr } = spawnSync(
    'mosquitto_pub',
    text === '' ? [...head, '-n'] : [...head, '-m', text],
  );
  expect(status, String(stderr)).toBe(0);
}

async function evaluate(at: TestHouse, expression: string): Promise<unknown> {
  const answer = await fetch(`${at.url}/api/v1/expressions/evaluate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ expression }),
  });
  return ((await answer.json()) as { value: unknown }).value;
}

const setting = (device: string, properties: object): string => `id: press
triggers: [{ message: press }]
actions:
  - set: ${device}
    properties: ${JSON.stringify(properties)}
`;

describe('devices of a whole house', () => {
  testWithMosquittoClients('a Homie 5 device is told what it is to do', async () => {
    const at = await house();
    for (const [topic, payload] of Object.entries(discoveryCases('homie-5.json')[0]?.topics ?? {}))
      tell(at, topic, payload, '-r');
    await apply(at, 'press', setting('lab', { on: true, color: '#00ff00' }));
    const next = await listen(at.mqttPort, 'homie/5/lab/+/+/set');
    tell(at, 'press', '1');
    expect([await next(), await next()]).toEqual([
      'homie/5/lab/all/power/set true',
      'homie/5/lab/all/color/set rgb,0,255,0',
    ]);
  });
});

describe('learned devices', () => {
  test('are there when a topic has spoken for a while, and after a restart', async () => {
    const dataDir = freshFolder();
    const first = await startHouse({ dataDir });
    const list = (at: TestHouse): Promise<unknown> => evaluate(at, '$devices().id');
    // A topic is looked at once a second, and three looks are needed.
    const sensor = await client(first.mqttPort);
    while ((await list(first)) === undefined)
      await sensor.publishAsync('home/kitchen/sensor', '{"temperature":20,"humidity":40}', { qos: 1 });
    expect(await list(first)).toBe('kitchen-sensor');
    await first.stop();
    const again = await house(dataDir);
    expect(await evaluate(again, `$device('kitchen-sensor').properties.humidity`)).toBe(40);
    tell(again, 'home/kitchen/sensor', { temperature: 5, humidity: 41 });
    expect(await evaluate(again, `$device('kitchen-sensor').properties`)).toEqual({
      temperature: 5,
      humidity: 41,
    });
  });
});

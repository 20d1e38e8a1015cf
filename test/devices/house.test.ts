// A whole house, told of devices by mosquitto's client: they are there with their values, and take commands.
import { spawnSync } from 'node:child_process';
import { describe, expect } from 'vitest';
import { discoveryCases } from '../support/discovery.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, house, listen } from '../support/house-visit.ts';
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
  testWithMosquittoClients('a lamp of an ESP8266 in the way of Bemfa', async () => {
    const at = await house();
    tell(at, 'light002', 'on#80#16711680');
    const { properties } = (await evaluate(at, `$device('light002')`)) as { properties: unknown };
    expect(properties).toMatchObject({ on: true, brightness: 80, color: '#ff0000' });
    await apply(at, 'press', setting('light002', { brightness: 50 }));
    const next = await listen(at.mqttPort, 'light002');
    tell(at, 'press', '1');
    expect(await next()).toBe('light002 on#50#16711680');
    tell(at, 'light002/up', 'off');
    expect(await evaluate(at, `$device('light002').properties.on`)).toBe(false);
  });

  testWithMosquittoClients('a Homie sensor', async () => {
    const at = await house();
    for (const [topic, payload] of Object.entries(discoveryCases('homie-4.json')[0]?.topics ?? {}))
      tell(at, topic, payload, '-r');
    expect(await evaluate(at, `$device('garden-sensor')`)).toMatchObject({
      name: 'Garden sensor',
      online: true,
      properties: { temperature: 21.5, humidity: 47 },
    });
    tell(at, 'homie/garden-sensor/climate/temperature', '22.5', '-r');
    tell(at, 'homie/garden-sensor/$state', 'lost', '-r');
    expect(await evaluate(at, `$device('garden-sensor')`)).toMatchObject({
      online: false,
      properties: { temperature: 22.5 },
    });
  });

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

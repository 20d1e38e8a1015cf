// Devices in a real house: announced with other people's clients, commanded from the command line, kept over a kill.
import { describe, expect } from 'vitest';
import type { DeviceView } from '../../src/api/index.ts';
import { invoke } from '../cli/invoke.ts';
import { apply, freshFolder, get, house, listen } from '../support/house-visit.ts';
import { PeerProcess, testWithMosquittoClients as test } from '../support/peers.ts';

/** Acknowledged when it returns. */
async function publish(port: number, topic: string, message: string): Promise<void> {
  const flags = ['-h', '127.0.0.1', '-p', String(port), '-q', '1', '-t', topic, '-m', message];
  const { code, output } = await new PeerProcess('mosquitto_pub', flags).finished();
  expect({ code, output }).toEqual({ code: 0, output: '' });
}

const balcony = {
  'homie/balcony/$homie': '4.0.0',
  'homie/balcony/$name': 'Balcony',
  'homie/balcony/$nodes': 'air',
  'homie/balcony/air/$name': 'Air',
  'homie/balcony/air/$properties': 'temperature',
  'homie/balcony/air/temperature/$name': 'Temperature',
  'homie/balcony/air/temperature/$datatype': 'float',
  'homie/balcony/air/temperature/$unit': '°C',
  'homie/balcony/$state': 'ready',
  'homie/balcony/air/temperature': '21.5',
};

const valuesOf = ({ properties }: DeviceView): Record<string, unknown> =>
  Object.fromEntries(properties.map(({ id, value }) => [id, value]));

describe('a real house', () => {
  test('finds what is announced, and commands it in its own words', async () => {
    const at = await house();
    for (const [topic, message] of Object.entries(balcony)) await publish(at.mqttPort, topic, message);
    await publish(at.mqttPort, 'light002', 'on#80#16711680');
    const sensor = await get<DeviceView>(`${at.url}/api/v1/devices/balcony`);
    expect(sensor).toMatchObject({ name: 'Balcony', format: 'homie-4', online: true });
    expect(valuesOf(sensor)).toEqual({ temperature: 21.5 });
    const lamp = await get<DeviceView>(`${at.url}/api/v1/devices/light002`);
    expect(valuesOf(lamp)).toMatchObject({ on: true, brightness: 80, color: '#ff0000' });
    const next = await listen(at.mqttPort, 'light002');
    const set = await invoke(['device', 'set', 'light002', 'brightness=40', '--data', at.dataDir]);
    expect(set).toEqual({ code: 0, out: 'light002 on#40#16711680\n', err: '' });
    expect(await next()).toBe('light002 on#40#16711680');
    const state = await invoke(['state', 'get', 'balcony', '--data', at.dataDir]);
    expect(JSON.parse(state.out)).toEqual({ temperature: 21.5 });
    const refused = await invoke(['device', 'set', 'light002', 'brightness=140', '--data', at.dataDir]);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('a number from 0 to 100 %, not 140'),
    });
  });

  test('lets rules command devices and hear them go', async () => {
    const at = await house();
    for (const [topic, message] of Object.entries(balcony)) await publish(at.mqttPort, topic, message);
    await publish(at.mqttPort, 'light002', 'off');
    await apply(
      at,
      'alarm',
      'id: alarm\ntriggers: [{ device: balcony, to: offline }]\nactions: [{ set: light002, properties: { on: true } }]',
    );
    const next = await listen(at.mqttPort, 'light002');
    await publish(at.mqttPort, 'homie/balcony/$state', 'lost');
    expect(await next()).toBe('light002 on');
    const lamp = await get<DeviceView>(`${at.url}/api/v1/devices/light002`);
    expect(lamp.properties.find(({ id }) => id === 'on')?.by).toMatchObject({ origin: 'rule', id: 'alarm' });
  });

  test('knows after a kill what it acknowledged', async () => {
    const folder = freshFolder();
    const first = await house(folder);
    for (const [topic, message] of Object.entries(balcony)) await publish(first.mqttPort, topic, message);
    const cli = (...argv: readonly string[]) => invoke(['device', ...argv, '--data', folder]);
    expect(
      await cli('edit', 'balcony', '--name', 'Terrace', '--room', 'outside', '--label', 'air'),
    ).toMatchObject({
      code: 0,
    });
    await publish(first.mqttPort, 'homie/balcony/air/temperature', '22.5');
    await first.kill();
    const second = await house(folder);
    const device = await get<DeviceView>(`${second.url}/api/v1/devices/balcony`);
    expect(device).toMatchObject({
      name: 'Terrace',
      room: 'outside',
      labels: ['air'],
      version: 2,
      online: true,
    });
    expect(valuesOf(device)).toEqual({ temperature: 22.5 });
  });
});

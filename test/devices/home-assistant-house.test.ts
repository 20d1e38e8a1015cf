// A whole house, told of devices by mosquitto's client in the ways of Home Assistant and Tasmota: they are there with
// their values, take commands, and are gone when their announcement is taken back.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { invoke } from '../cli/invoke.ts';
import type { TestHouse } from '../support/house.ts';
import { get, house, listen } from '../support/house-visit.ts';
import { testWithMosquittoClients } from '../support/peers.ts';

function tell(at: TestHouse, topic: string, payload: unknown, ...flags: string[]): void {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const head = ['-p', String(at.mqttPort), '-q', '1', '-t', topic, ...flags];
  const said = text === '' ? [...head, '-n'] : [...head, '-m', text];
  const { status, stderr } = spawnSync('mosquitto_pub', said);
  expect(status, String(stderr)).toBe(0);
}

interface Case {
  readonly name: string;
  readonly topics: Readonly<Record<string, unknown>>;
}

function announced(at: TestHouse, file: string, name: string): readonly string[] {
  const url = new URL(`../fixtures/discovery/${file}`, import.meta.url);
  const cases = JSON.parse(readFileSync(url, 'utf8')) as readonly Case[];
  const topics = cases.find((each) => each.name === name)?.topics ?? {};
  for (const [topic, payload] of Object.entries(topics)) tell(at, topic, payload, '-r');
  return Object.keys(topics);
}

interface DeviceAnswer {
  readonly online?: boolean;
  readonly room?: string;
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

async function device(at: TestHouse, id: string) {
  const { online, room, properties } = await get<DeviceAnswer>(`${at.url}/api/v1/devices/${id}`);
  const values = Object.fromEntries(properties.map((property) => [property.id, property.value ?? null]));
  return { online, room, values };
}

async function set(at: TestHouse, id: string, properties: object, transition?: number): Promise<void> {
  const answer = await fetch(`${at.url}/api/v1/devices/${id}/set`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ properties, transition }),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
}

describe('announced devices', () => {
  testWithMosquittoClients('a bulb of Zigbee2MQTT', async () => {
    const at = await house();
    const topics = announced(at, 'zigbee2mqtt.json', 'a bulb of Zigbee2MQTT');
    tell(at, 'zigbee2mqtt/bridge/state', { state: 'online' }, '-r');
    tell(at, 'zigbee2mqtt/Desk bulb/availability', { state: 'online' }, '-r');
    tell(at, 'zigbee2mqtt/Desk bulb', { state: 'ON', brightness: 127, color_temp: 370, linkquality: 80 });
    expect(await device(at, 'desk-bulb')).toMatchObject({
      online: true,
      values: { on: true, brightness: 50, color_temperature: 2703, linkquality: 80, color: null },
    });
    const next = await listen(at.mqttPort, 'zigbee2mqtt/+/set/#');
    await set(at, 'desk-bulb', { on: true, brightness: 100, color: '#ff0000' });
    const [topic, payload] = (await next()).split('/set ');
    expect(topic).toBe('zigbee2mqtt/Desk bulb');
    expect(JSON.parse(payload ?? '')).toEqual({ state: 'ON', brightness: 254, color: { x: 0.64, y: 0.33 } });
    await set(at, 'desk-bulb', { power_on_behavior: 'previous' });
    expect(await next()).toBe('zigbee2mqtt/Desk bulb/set/power_on_behavior previous');
    tell(at, 'zigbee2mqtt/Desk bulb/availability', { state: 'offline' }, '-r');
    expect((await device(at, 'desk-bulb')).online).toBe(false);
    for (const each of topics) tell(at, each, '', '-r');
    expect((await fetch(`${at.url}/api/v1/devices/desk-bulb/set`, { method: 'POST' })).ok).toBe(false);
  });

  testWithMosquittoClients('a climate and a fan of ESPHome', async () => {
    const at = await house();
    announced(at, 'esphome.json', 'a climate of ESPHome');
    const base = 'study-node/climate/study_heating';
    tell(at, `${base}/current_temperature/state`, '20.4', '-r');
    tell(at, `${base}/mode/state`, 'heat', '-r');
    expect(await device(at, 'study-node')).toMatchObject({
      room: 'Study',
      values: { temperature_heating: 20.4, mode_heating: 'heat' },
    });
    const next = await listen(at.mqttPort, `${base}/+/command`);
    await set(at, 'study-node', { target_temperature_low_heating: 19.5 });
    expect(await next()).toBe(`${base}/target_temperature_low/command 19.5`);
    await set(at, 'study-node', { mode_heating: 'heat_cool' });
    expect(await next()).toBe(`${base}/mode/command heat_cool`);
  });

  testWithMosquittoClients('a plug of Tasmota', async () => {
    const at = await house();
    announced(at, 'tasmota.json', 'a plug that measures');
    tell(at, 'tele/tasmota_1A2B3C/LWT', 'Online', '-r');
    tell(at, 'stat/tasmota_1A2B3C/RESULT', { POWER: 'OFF' });
    tell(at, 'tele/tasmota_1A2B3C/SENSOR', { ENERGY: { Power: 40, Total: 12.4 } });
    expect(await device(at, 'kitchen-plug')).toMatchObject({
      online: true,
      values: { on: false, power: 40, energy: 12.4 },
    });
    const next = await listen(at.mqttPort, 'cmnd/#');
    const { code } = await invoke(['device', 'set', 'kitchen-plug', 'on=true', '--data', at.dataDir]);
    expect(code).toBe(0);
    expect(await next()).toBe('cmnd/tasmota_1A2B3C/POWER ON');
  });
});
